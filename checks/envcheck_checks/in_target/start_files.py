# What Python runs by itself when it starts: .pth files, sitecustomize and usercustomize. Started
# without them, as `python -S -c SOURCE MARKER`, it lists these files; with files after the marker
# it starts all of the others, and then a module whose name and words follow a `--`.
import json
import os
import runpy
import site
import sys

marker = sys.argv[1]
words = [*sys.argv[2:], "--"]
# Where a file really lies: Fedora's `lib64` is a link to `lib`, and Python reads each .pth by both names.
named = words[: words.index("--")]
left_out = set(os.path.realpath(path) for path in named if path)
program = words[words.index("--") + 1 : -1]


def say(value):
    sys.stdout.flush()
    os.write(1, (marker + json.dumps(value) + marker + "\n").encode("ascii"))


def say_where_it_prints(value):
    """By the way that a start-up file can close: what is printed."""
    out = getattr(sys.stdout, "buffer", sys.stdout)
    out.write((marker + json.dumps(value) + marker + "\n").encode("ascii"))
    out.flush()


def state():
    """What the start-up files have left this Python with."""
    umask = os.umask(0)
    os.umask(umask)
    return {"started": True, "path": sys.path, "folder": os.getcwd(), "umask": umask}


def folders():
    added = []
    real = site.addsitedir
    site.addsitedir = lambda folder, *rest: added.append(folder)
    site.venv(set())
    site.ENABLE_USER_SITE = site.check_enableusersite()
    site.addusersitepackages(set())
    site.addsitepackages(set())
    site.addsitedir = real
    return [
        folder
        for number, folder in enumerate(added)
        if os.path.isdir(folder) and folder not in added[:number]
    ]


def files():
    places = folders()
    paths = []
    for name in ("sitecustomize.py", "usercustomize.py"):
        paths += [
            os.path.join(place, name)
            for place in sys.path + places
            if place and os.path.isfile(os.path.join(place, name))
        ][:1]
    for place in places:
        paths += [
            os.path.join(place, name) for name in sorted(os.listdir(place)) if name.endswith(".pth")
        ]
    real = [os.path.realpath(path) for path in paths]
    return [path for number, path in enumerate(paths) if real[number] not in real[:number]]


def start_others():
    names = set(os.path.basename(path) for path in named)
    real = site.addpackage

    def addpackage(folder, name, known_paths):
        return (
            known_paths
            if os.path.realpath(os.path.join(folder, name)) in left_out
            else real(folder, name, known_paths)
        )

    site.addpackage = addpackage
    if "sitecustomize.py" in names:
        site.execsitecustomize = lambda: None
    if "usercustomize.py" in names:
        site.execusercustomize = lambda: None
    site.main()


def leave_out_of_ipython():
    """Files of IPython's that every kernel of an environment or a machine runs."""
    from IPython.core.shellapp import InteractiveShellApp
    from traitlets.config import loader

    run = InteractiveShellApp._exec_file

    def run_others(self, name, *rest, **more):
        return None if os.path.realpath(name) in left_out else run(self, name, *rest, **more)

    def of_others(load):
        def load_config(self, *rest, **more):
            if os.path.realpath(os.path.join(self.path or "", self.filename)) in left_out:
                raise loader.ConfigFileNotFound("left out")
            return load(self, *rest, **more)

        return load_config

    InteractiveShellApp._exec_file = run_others
    for kind in (loader.PyFileConfigLoader, loader.JSONFileConfigLoader):
        kind.load_config = of_others(kind.load_config)


if program:
    start_others()
    if any("ipython" in os.path.realpath(path).split(os.sep) for path in named):
        leave_out_of_ipython()
    sys.argv = program
    runpy.run_module(program[0], run_name="__main__", alter_sys=True)
elif named:
    start_others()
    say_where_it_prints(state())
else:
    say({"files": files(), "prefix": sys.prefix, "environment": sys.prefix != sys.base_prefix})
