"""More machines that look broken and are not: nothing is said of them, and nothing in them is
changed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.ports import free_ports
from tests.stories.machine import Machine
from tests.stories.test_healthy import assert_ready
from tests.variants import variants

pytestmark = [pytest.mark.slow]


def variables(**given: str) -> Callable[[Machine], None]:
    return lambda machine: machine.variables.update(given)


def a_sitecustomize_that_raises(machine: Machine) -> None:
    machine.write("@site/sitecustomize.py", "raise RuntimeError('the proxy of last year')\n")


def a_pth_of_something_gone(machine: Machine) -> None:
    machine.write("@site/old-plugin.pth", "import old_plugin_that_is_gone\n/no/such/folder\n")


def a_user_site_that_a_venv_ignores(machine: Machine) -> None:
    machine.write(
        f"home/.local/lib/{machine.site.parent.name}/site-packages/pandas/__init__.py",
        "raise ImportError('an old pandas')\n",
    )


def no_spec_on_disk(machine: Machine) -> None:
    machine.remove("venv/share/jupyter/kernels/*")


def a_second_kernel_that_is_dead(machine: Machine) -> None:
    machine.write(
        "venv/share/jupyter/kernels/julia-1.6/kernel.json",
        {"argv": ["/gone/julia"], "display_name": "Julia", "language": "julia"},
    )


def names_that_hide_nothing(machine: Machine) -> None:
    machine.write(
        "work/numpy.ipynb", '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    )
    machine.write("work/pandas/notes.txt", "a folder, and no package\n")
    machine.write("work/matplotlib.png", b"\x89PNG")
    os.mkfifo(machine.work / "random.py")
    (machine.work / "socket.py").symlink_to("/gone/socket.py")
    (machine.work / "numpy.py").symlink_to("numpy.py")
    machine.write("numpy.py", "raise SystemExit('no module is looked for above the folder')\n")


def packages_that_no_check_uses(machine: Machine) -> None:
    machine.write("@site/torch/__init__.py", "raise ImportError('libcudart.so.11.0')\n")
    machine.write(
        "@site/torch-1.0.dist-info/METADATA",
        "Metadata-Version: 2.1\nName: torch\nVersion: 1.0\nRequires-Dist: numpy<1.20\n",
    )
    machine.write("@site/torch-1.0.dist-info/RECORD", "torch/__init__.py,,\n")


def code_of_their_own_on_pythonpath(machine: Machine) -> None:
    machine.write("lib/my_tools.py", "answer = 42\n")
    machine.variables["PYTHONPATH"] = f"{machine.root}/lib:/no/such/folder"


def a_startup_file_that_greets(machine: Machine) -> None:
    machine.variables["PYTHONSTARTUP"] = str(
        machine.write("home/.pystartup", "import readline, rlcompleter\nprint('hello')\n")
    )


def a_server_with_a_base_address(machine: Machine) -> None:
    machine.write(
        "home/.jupyter/jupyter_server_config.py",
        "c.ServerApp.base_url = '/course/'\nc.ServerApp.allow_origin = '*'\n",
    )


def a_server_without_a_token(machine: Machine) -> None:
    machine.write(
        "home/.jupyter/jupyter_server_config.py",
        "c.ServerApp.token = ''\nc.ServerApp.password = ''\nc.IdentityProvider.token = ''\n",
    )


HASH = "sha256:5a7a614698f4:" + hashlib.sha256(b"geheim" + b"5a7a614698f4").hexdigest()


def a_password_and_no_token(**server: str) -> Callable[[Machine], object]:
    """Whoever opens the page types it: as guides for a server of one's own have it. `server` are the
    classes that have the token and the password, by what the password is called.
    """
    tokens = {name: {"token": ""} for name in server.values()}
    for option, name in server.items():
        tokens[name][option] = HASH
    everywhere = {"ServerApp": {"ip": "0.0.0.0", **tokens.pop("ServerApp", {})}}
    return lambda machine: machine.write(
        "home/.jupyter/jupyter_notebook_config.json", {**tokens, **everywhere}
    )


def headers_with_which_the_page_works(machine: Machine) -> None:
    own = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; frame-ancestors 'self' https://hub.example.org"
    machine.write(
        "home/.jupyter/jupyter_server_config.json",
        {
            "ServerApp": {
                "tornado_settings": {
                    "headers": {
                        "Content-Security-Policy": own,
                        "Content-Security-Policy-Report-Only": "default-src 'none'",
                        "X-Frame-Options": "DENY",
                        "Cross-Origin-Embedder-Policy": "require-corp",
                        "Clear-Site-Data": '"cache"',
                        "Refresh": "1800",
                    }
                }
            }
        },
    )


def a_policy_that_names_their_port(machine: Machine) -> None:
    """Both pages have their scripts and their kernel from there; ours listens elsewhere."""
    site = "http://localhost:9999"
    policy = (
        f"script-src {site} 'unsafe-inline' 'unsafe-eval'; connect-src {site} ws://localhost:9999"
    )
    machine.write(
        "home/.jupyter/jupyter_server_config.py",
        f"""\
        c.ServerApp.port = 9999
        c.ServerApp.tornado_settings = {{"headers": {{"Content-Security-Policy": "{policy}"}}}}
        """,
    )


def a_broken_config_of_another_program(machine: Machine) -> None:
    machine.write("home/.jupyter/jupyter_console_config.py", "this is not python\n")
    machine.write("home/.jupyter/custom/custom.css", "} not css {")


def a_file_in_place_of_ipythons_folder(machine: Machine) -> None:
    machine.variables["IPYTHONDIR"] = str(
        machine.write("home/ipython", "IPython takes a temporary folder then\n")
    )


def a_profile_that_is_complete_and_closed(machine: Machine) -> None:
    """IPython keeps its history in memory then."""
    for name in ("security", "log", "pid", "startup"):
        machine.write(f"home/.ipython/profile_default/{name}/README", "")
    machine.at("home/.ipython/profile_default").chmod(0o555)
    machine.as_a_plain_user()


def files_that_jupyter_does_without(machine: Machine) -> None:
    """A file for its settings' folder, a dead link for the cookies' secret, no database for
    signatures.
    """
    machine.write("home/.jupyter", "")
    machine.write("home/.local/share/jupyter/nbsignatures.db", "no database\n")
    (
        machine.write("home/.local/share/jupyter/runtime/old").parent / "jupyter_cookie_secret"
    ).symlink_to("/gone/secret")


def a_kernel_behind_env(machine: Machine) -> None:
    kernel(machine, "/usr/bin/env", str(machine.python))


def a_kernel_behind_a_script(machine: Machine) -> None:
    kernel(
        machine,
        str(machine.write("home/campus-python", f'#!/bin/sh\n{machine.python} "$@"\n', 0o755)),
    )


def a_kernel_behind_a_shell(machine: Machine) -> None:
    """As on clusters, where a module is loaded first."""
    line = f"export OMP_NUM_THREADS=2; exec {machine.python} -m ipykernel_launcher -f {{connection_file}}"
    machine.write(
        "venv/share/jupyter/kernels/python3/kernel.json",
        {"argv": ["/bin/sh", "-c", line], "display_name": "Cluster", "language": "python"},
    )


def kernel(machine: Machine, *starts: str) -> None:
    argv = [*starts, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    machine.write(
        "venv/share/jupyter/kernels/python3/kernel.json",
        {"argv": argv, "display_name": "Python 3", "language": "python"},
    )


def cells_that_say_how_long_they_took(machine: Machine) -> None:
    """As the extension `autotime` does, and its cells write to the log of a C library too."""
    machine.write(
        "home/.ipython/profile_default/startup/time.py",
        """\
        import os
        def say(result):
            print("time: 217 µs (started: 2026-11-28 21:30:00)")
            os.write(2, b"INFO: one cell more\\n")
        get_ipython().events.register("post_run_cell", say)
        """,
    )


def tracebacks_of_somebody_else(machine: Machine) -> None:
    """As `rich.traceback.install()` does: the traceback is printed, and no error is sent."""
    machine.write(
        "home/.ipython/profile_default/startup/10-tracebacks.py",
        """\
        import sys
        def show(*words, **named):
            print("+-- Traceback --+", sys.exc_info()[0].__name__, sep="\\n")
        get_ipython()._showtraceback = get_ipython().showtraceback = show
        """,
    )


def pictures_that_stay_open(machine: Machine) -> None:
    config = "c.InlineBackend.close_figures = False\nc.InteractiveShell.xmode = 'Minimal'\n"
    machine.write("home/.ipython/profile_default/ipython_config.py", config)


def a_startup_file_that_reads_what_lies_beside_it(machine: Machine) -> None:
    """A package and a style in the folder of start-up files."""
    startup = "home/.ipython/profile_default/startup"
    machine.write(f"{startup}/coursetools/__init__.py", "SIZE = 6, 4\n")
    machine.write(f"{startup}/mine.mplstyle", "figure.figsize: 6, 4\n")
    machine.write(
        f"{startup}/00-style.py",
        """\
        import os
        import coursetools
        import matplotlib.pyplot as plt
        plt.style.use(os.path.join(os.path.dirname(__file__), "mine.mplstyle"))
        """,
    )


def a_startup_file_that_is_kept_elsewhere(machine: Machine) -> None:
    """In a repository of the learner's settings, beside what it reads."""
    machine.write("home/dotfiles/course.txt", "ml\n")
    code = (
        'from pathlib import Path\nPath(__file__).resolve().with_name("course.txt").read_text()\n'
    )
    kept = machine.write("home/dotfiles/10-course.py", code)
    startup = machine.at("home/.ipython/profile_default/startup")
    startup.mkdir(parents=True)
    (startup / kept.name).symlink_to(kept)


def a_kernel_with_the_courses_profile(machine: Machine) -> None:
    """kernel.json names it, and it is there."""
    machine.write("home/.ipython/profile_course/startup/00.py", "GREETING = 'hello'\n")
    usual = [str(machine.python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    machine.write(
        "venv/share/jupyter/kernels/python3/kernel.json",
        {"argv": [*usual, "--profile=course"], "display_name": "ML", "language": "python"},
    )


def new_notebooks_in_a_folder_of_their_own(machine: Machine) -> None:
    machine.write("work/drafts/plan.txt", "first the data\n")
    machine.write(
        "home/.jupyter/jupyter_server_config.py",
        "c.ContentsManager.untitled_notebook = 'drafts/Untitled'\n",
    )


def names_of_numpy_everywhere(machine: Machine) -> None:
    """As `--pylab=inline` gives them: its `bool`, `sum` and `any` stand in place of Python's."""
    config = "c.IPKernelApp.pylab = 'inline'\n"
    machine.write("home/.ipython/profile_default/ipython_kernel_config.py", config)


def settings_of_pip_that_do_no_harm(machine: Machine) -> None:
    machine.write(
        "home/.config/pip/pip.conf", "[global]\ntimeout = 60\ndisable-pip-version-check = true\n"
    )


def localhost_by_version_6_alone(machine: Machine) -> None:
    """Jupyter listens at ::1 then, and browsers ask there."""
    hosts = machine.write("hosts", "::1 localhost\n127.0.0.1 box\n")
    machine.wrap = ["unshare", "-m"]
    machine.limited(f"mount --bind {hosts} /etc/hosts")


def a_script_that_starts_the_environment(machine: Machine) -> None:
    """`python` in `~/bin` and an alias lead to this very Python."""
    file = f'#!/bin/sh\nexec {machine.python} "$@"\n'
    machine.write("home/bin/python", file, 0o755)
    machine.write(
        "home/.bashrc", f'python3() {{ {machine.python} "$@"; }}\nalias pip="python -m pip"\n'
    )
    machine.variables.update(
        SHELL="/bin/bash",
        VIRTUAL_ENV=str(machine.prefix),
        PATH=f"{machine.home}/bin:{machine.environ['PATH']}",
    )


def a_folder_that_bash_finds(machine: Machine) -> None:
    """An older guide's line has the `~` in quotes, and bash takes it for the home all the same."""
    (machine.home / "ml").symlink_to(machine.prefix)
    machine.variables.update(PATH="~/ml/bin:/usr/local/bin:/usr/bin:/bin", SHELL="/bin/bash")


def a_service_called_jupyter(machine: Machine) -> None:
    """Kubernetes names it in variables; a file sets the one port, which is free."""
    machine.variables.update(
        JUPYTER_PORT="tcp://10.96.0.1:8888",
        JUPYTER_SERVICE_PORT="8888",
        JUPYTER_SERVICE_HOST="10.96.0.1",
    )
    machine.write(
        "home/.jupyter/jupyter_server_config.py",
        f"c.ServerApp.port = {free_ports(1)[0]}\nc.ServerApp.port_retries = 0\n",
    )


def a_jupyter_of_their_own(text: str) -> Callable[[Machine], None]:
    """The first on PATH is a script that starts the environment's."""

    def make(machine: Machine) -> None:
        words = text.replace("{real}", str(machine.prefix / "bin" / "jupyter"))
        machine.write("tools/jupyter", words.replace("{home}", str(machine.home)), 0o755)
        machine.variables["PATH"] = f"{machine.root}/tools:{machine.environ['PATH']}"

    return make


def uvs_own_without_uv(machine: Machine) -> None:
    """uv makes environments without pip, and lies where this terminal does not look any more."""
    machine.remove("@site/pip", "@site/pip-*", "venv/bin/pip*")
    settings = machine.prefix / "pyvenv.cfg"
    machine.write(str(settings), f"{settings.read_text()}uv = 0.13.9\n")


STORIES: dict[str, Callable[[Machine], object]] = {
    "sitecustomize that raises": a_sitecustomize_that_raises,
    "a .pth of something that is gone": a_pth_of_something_gone,
    "a user site that a venv ignores": a_user_site_that_a_venv_ignores,
    "no kernelspec on disk": no_spec_on_disk,
    "a second kernel that is dead": a_second_kernel_that_is_dead,
    "names that hide nothing": names_that_hide_nothing,
    "packages that no check uses": packages_that_no_check_uses,
    "code of their own on PYTHONPATH": code_of_their_own_on_pythonpath,
    "a startup file that greets": a_startup_file_that_greets,
    "a server with a base address": a_server_with_a_base_address,
    "a password and no token": a_password_and_no_token(password="ServerApp"),
    "a password by its newer name": a_password_and_no_token(
        hashed_password="PasswordIdentityProvider"
    ),
    "a password and no token by the oldest name": a_password_and_no_token(password="NotebookApp"),
    "a service that is called jupyter": a_service_called_jupyter,
    "a server without a token": a_server_without_a_token,
    "localhost by version 6 alone": localhost_by_version_6_alone,
    "a script that starts the environment": a_script_that_starts_the_environment,
    "headers with which the page works": headers_with_which_the_page_works,
    "a policy that names their port": a_policy_that_names_their_port,
    "a broken config of another program": a_broken_config_of_another_program,
    "a file in place of IPython's folder": a_file_in_place_of_ipythons_folder,
    "a profile that is complete and closed": a_profile_that_is_complete_and_closed,
    "files that Jupyter does without": files_that_jupyter_does_without,
    "a kernel behind /usr/bin/env": a_kernel_behind_env,
    "a kernel behind a script that waits for it": a_kernel_behind_a_script,
    "a kernel behind a shell": a_kernel_behind_a_shell,
    "cells that say how long they took": cells_that_say_how_long_they_took,
    "tracebacks of somebody else": tracebacks_of_somebody_else,
    "pictures that stay open": pictures_that_stay_open,
    "names of numpy everywhere": names_of_numpy_everywhere,
    "a startup file that reads what lies beside it": a_startup_file_that_reads_what_lies_beside_it,
    "a startup file that is kept elsewhere": a_startup_file_that_is_kept_elsewhere,
    "a kernel with the course's profile": a_kernel_with_the_courses_profile,
    "new notebooks in a folder of their own": new_notebooks_in_a_folder_of_their_own,
    "settings of pip that do no harm": settings_of_pip_that_do_no_harm,
    "a folder on PATH that bash alone finds": a_folder_that_bash_finds,
    "a jupyter that a shell starts": a_jupyter_of_their_own('#!/bin/sh\nexec {real} "$@"\n'),
    "a jupyter with a runtime folder of its own": a_jupyter_of_their_own(
        '#!/bin/sh\nexport JUPYTER_RUNTIME_DIR={home}\n{real} "$@"\n'
    ),
    "a jupyter behind another Python": a_jupyter_of_their_own(
        "#!/usr/bin/python3\nimport os, sys\nos.environ['MY'] = '1'\n"
        "os.execv('{real}', ['{real}', *sys.argv[1:]])\n"
    ),
    "uv's own environment without uv": uvs_own_without_uv,
    "development mode": variables(PYTHONDEVMODE="1", PYTHONPROFILEIMPORTTIME="1"),
    "a debugger that is gone": variables(
        PYTHONBREAKPOINT="gone.debugger", PYTHONSAFEPATH="1", PYTHONNOUSERSITE="1"
    ),
    "Jupyter's paths to nowhere": variables(
        JUPYTER_PATH="/gone/share/jupyter", JUPYTER_CONFIG_PATH="/gone/etc/jupyter"
    ),
    "a library that cannot be preloaded": variables(LD_PRELOAD="/gone/libfake.so"),
    "a temporary folder that is gone": variables(TMPDIR="/gone/tmp"),
    "a token and a port of their own": variables(
        JUPYTER_TOKEN="secret-of-mine", JUPYTER_PORT="9876"
    ),
    "a leftover of another Jupyter": variables(
        JPY_PARENT_PID="gone", JPY_SESSION_NAME="/gone/lesson.ipynb"
    ),
}
ALWAYS = ("names that hide nothing",)


@pytest.mark.parametrize(
    "story",
    variants(STORIES, ALWAYS),
)
def test_a_machine_that_only_looks_broken(machine: Machine, story: str) -> None:
    """Ready, without a word, and byte for byte as it was."""
    STORIES[story](machine)
    before = machine.fingerprint()
    assert_ready(machine, machine.check())
    assert machine.fingerprint() == before


@pytest.mark.whole
@pytest.mark.parametrize(
    "named",
    [{"JUPYTER_PLATFORM_DIRS": "1"}, {"JUPYTER_DATA_DIR": "{home}/data"}],
    ids=["the system's own", "one of theirs"],
)
def test_folders_that_jupyter_would_make_stay_unmade(
    machine: Machine, named: dict[str, str]
) -> None:
    """Other data folders than the usual one, and none of them is made."""
    machine.variables.update(
        {name: value.format(home=machine.home) for name, value in named.items()}
    )
    before = machine.fingerprint()
    assert_ready(machine, machine.check())
    assert machine.fingerprint() == before


@pytest.mark.whole
def test_whole_installations_are_no_exception(make_machine: Callable[..., Machine]) -> None:
    """A Python that is no environment, with everything in it, and a user site that has nothing to
    do with the chapter.
    """
    machine = make_machine("installation")
    folder: Path = machine.home / ".local" / "lib" / machine.site.parent.name / "site-packages"
    machine.write(str(folder / "cowsay.py"), "print('moo')\n")
    assert_ready(machine, machine.check())


@pytest.mark.whole
@pytest.mark.parametrize(
    "first", ["~/here/bin/python", "{prefix}/bin/python", "{resource_dir}/../../../../bin/python"]
)
def test_a_kernelspec_in_jupyters_own_words(machine: Machine, first: str) -> None:
    """Jupyter takes `~` for the home, and fills in its names in braces: it is this Python."""
    (machine.home / "here").symlink_to(machine.prefix)
    words = [first, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": words, "display_name": "Python 3", "language": "python"}
    machine.write(str(machine.prefix / "share/jupyter/kernels/python3/kernel.json"), spec)
    assert_ready(machine, machine.check())
