# What the learner's own Jupyter makes of this machine: folders, its kernelspecs, and what can be
# launched. Started as `python -c SOURCE MARKER` in the learner's folder.
import json
import os
import re
import sys
import traceback

marker = sys.argv[1]
sys.path[:] = [
    entry for entry in sys.path if entry not in ("", os.getcwd())
]  # `jupyter` is a script: its folder comes first, not this one
answer = {"errors": {}}


def part(name):
    def run(function):
        try:
            answer[name] = function()
        except BaseException as error:
            answer["errors"][name] = {
                "error": type(error).__name__,
                "message": str(error)[:1500],
                "missing": getattr(error, "name", None),
                "files": [frame[0] for frame in traceback.extract_tb(sys.exc_info()[2])][-12:],
            }

    return run


MOST_KERNELS = 200
LONGEST_NAME = 200  # of what a person is shown; a file may hold millions of letters


def command(spec):
    """The words as Jupyter hands them to the system: its names in braces filled in, where this
    Jupyter knows them, and `~/` taken for the home (jupyter_client's manager.py and launcher.py).
    """
    from jupyter_client.manager import KernelManager

    replacements = {"resource_dir": spec.resource_dir}
    if "prefix" in str(KernelManager.format_kernel_cmd.__code__.co_consts):
        replacements["prefix"] = sys.prefix
    words = list(spec.argv)
    for name, value in replacements.items():
        words = [word.replace("{" + name + "}", value) for word in words]
    return [os.path.expanduser(word) for word in words]


def refuse_other_than_text(kernel_spec):
    """JSON has numbers, too; a command and its variables are text, and Jupyter raises as it starts
    the kernel.
    """
    words = [("argv", word) for word in kernel_spec.argv]
    for name, value in [*words, *dict(kernel_spec.env or {}).items()]:
        if not isinstance(value, str):
            raise TypeError(
                "%s has %s, which is no text" % (name, json.dumps(value)[:LONGEST_NAME])
            )


def shown(kernel_spec):
    refuse_other_than_text(kernel_spec)
    return {
        "argv": command(kernel_spec),
        "env": dict(kernel_spec.env or {}),
        "display_name": kernel_spec.display_name[:LONGEST_NAME],
        "interrupt_mode": getattr(kernel_spec, "interrupt_mode", "signal"),
        "folder": kernel_spec.resource_dir,
        "language": kernel_spec.language[:LONGEST_NAME],
    }


@part("launchers")
def launchers():
    from importlib.util import find_spec

    versions = {}
    for name in (
        "notebook",
        "jupyterlab",
        "nbclassic",
        "jupyter_server",
        "ipykernel",
        "IPython",
        "jupyter_client",
        "jupyter_core",
        "jupyter",
    ):
        try:
            spec = find_spec(name)
        except Exception:  # a damaged package
            continue
        if spec is not None and spec.origin:
            versions[name] = spec.origin
    return versions


@part("core")
def core():
    import jupyter_core
    from jupyter_core import paths

    config = paths.jupyter_config_path()
    if tuple(map(int, re.findall(r"\d+", jupyter_core.__version__)[:3])) < (4, 11, 2):
        config.insert(0, os.getcwd())  # until then the folder's own files came first
    return {
        "version": jupyter_core.__version__,
        "config": config,
        "data": paths.jupyter_path(),
        "user_config": paths.jupyter_config_dir(),
        "user_data": paths.jupyter_data_dir(),
        "runtime": paths.jupyter_runtime_dir(),
    }


@part("spec")
def spec():
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        kernel_spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        raise
    return shown(kernel_spec)


@part("kernels")
def kernels():
    from jupyter_client.kernelspec import KernelSpecManager

    manager = KernelSpecManager()
    all_of_them = {}
    for name in sorted(manager.find_kernel_specs())[:MOST_KERNELS]:
        try:
            all_of_them[name] = shown(manager.get_kernel_spec(name))
        except Exception:  # Jupyter's pages leave it out of their menus as well
            continue
    return all_of_them


@part("client")
def client():
    import jupyter_client

    return {"version": jupyter_client.__version__}


sys.stdout.flush()
os.write(1, (marker + json.dumps(answer) + marker + "\n").encode("ascii"))
os._exit(0)
