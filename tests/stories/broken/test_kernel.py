"""The kernel: its spec, the files that IPython runs when it starts, its own parts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.machine import Machine, MakeMachine

pytestmark = pytest.mark.slow

SPEC = "venv/share/jupyter/kernels/python3/kernel.json"
PROFILE = "home/.ipython/profile_default"


def kernel_json(machine: Machine, **changes: object) -> None:
    argv = [str(machine.python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    machine.write(SPEC, {"argv": argv, "display_name": "Python 3", "language": "python", **changes})


def single_backslashes(machine: Machine) -> None:
    machine.write(
        SPEC,
        '{"argv": ["C:\\Users\\me\\python.exe", "-m", "ipykernel_launcher"], "display_name": "Python 3"}',
    )


def a_tree_too_deep(machine: Machine) -> None:
    machine.write(SPEC, '{"argv": ' + "[" * 100_000)


def no_argv(machine: Machine) -> None:
    machine.write(SPEC, {"display_name": "Python 3", "language": "python"})


def a_wrong_module(machine: Machine) -> None:
    kernel_json(
        machine, argv=[str(machine.python), "-m", "ipykernel_launch", "-f", "{connection_file}"]
    )


def no_connection_file(machine: Machine) -> None:
    kernel_json(machine, argv=[str(machine.python), "-m", "ipykernel_launcher"])


def a_starter_that_is_gone(machine: Machine) -> None:
    kernel_json(
        machine, metadata={"kernel_provisioner": {"provisioner_name": "campus-provisioner"}}
    )


def variables_as_a_list(machine: Machine) -> None:
    kernel_json(machine, env=["OMP_NUM_THREADS=1"])


def a_number_as_a_word(machine: Machine) -> None:
    usual = [str(machine.python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    kernel_json(machine, argv=[*usual, "--threads", 4])


def a_python_that_was_deleted(machine: Machine) -> None:
    kernel_json(
        machine,
        argv=[
            "/home/teacher/ml/.venv/bin/python",
            "-m",
            "ipykernel_launcher",
            "-f",
            "{connection_file}",
        ],
    )


def variables_of_another_python(machine: Machine) -> None:
    machine.write("old/zmq.py", "raise ImportError('made for Python 3.6')\n")
    kernel_json(machine, env={"PYTHONPATH": str(machine.root / "old")})


def options(*words: str) -> Callable[[Machine], None]:
    """A kernel.json whose command has these words behind the usual ones."""
    usual = ["-m", "ipykernel_launcher", "-f", "{connection_file}"]
    return lambda machine: kernel_json(machine, argv=[str(machine.python), *usual, *words])


def a_profile_of_another_course(machine: Machine) -> None:
    machine.write("home/.ipython/profile_course/startup/00.py", "import os\nos._exit(3)\n")
    options("--profile=course")(machine)


def hears_no_stop(machine: Machine) -> None:
    """As libraries for numbers do it, so that Ctrl-C ends nothing half-way."""
    machine.write(
        f"{PROFILE}/startup/40-safe.py",
        """\
        import signal
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        get_ipython().kernel.pre_handler_hook = lambda: None
        get_ipython().kernel.post_handler_hook = lambda: None
        """,
    )


def a_users_spec_of_another_python(machine: Machine) -> None:
    argv = ["/usr/bin/python3", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    machine.write(
        "home/.local/share/jupyter/kernels/python3/kernel.json",
        {"argv": argv, "display_name": "Python 3", "language": "python"},
    )


def a_file_where_the_profile_belongs(machine: Machine) -> None:
    machine.write("home/.ipython/profile_default", "")


def a_script_that_ends(machine: Machine) -> None:
    """It starts a Python when it is asked which, and no kernel."""
    script = machine.write(
        "home/bin/ml-kernel",
        f'#!/bin/sh\n[ "$1" = -m ] && echo "no licence server" >&2 && exit 3\nexec {machine.python} "$@"\n',
        0o755,
    )
    kernel_json(machine, argv=[str(script), "-m", "ipykernel_launcher", "-f", "{connection_file}"])


def a_module_of_a_cluster(machine: Machine) -> None:
    line = "module load python/3.11 && exec python -m ipykernel_launcher -f {connection_file}"
    kernel_json(machine, argv=["/bin/sh", "-c", line])


def a_profile_of_root(machine: Machine) -> None:
    machine.write("home/.ipython/profile_default/history.sqlite", "")
    machine.at("home/.ipython/profile_default").chmod(0o555)
    machine.as_a_plain_user()


def a_history_of_root(machine: Machine) -> None:
    """After one `sudo ipython` under a strict umask: complete, and closed."""
    for name in ("security", "log", "pid", "startup"):
        machine.at(f"home/.ipython/profile_default/{name}").mkdir(parents=True)
    machine.write("home/.ipython/profile_default/history.sqlite", "").chmod(0)
    machine.at("home/.ipython/profile_default").chmod(0o555)
    machine.as_a_plain_user()


def ipythons_folder_on_a_disk_that_is_gone(machine: Machine) -> None:
    machine.at("home/.ipython").symlink_to("/media/ada/disk/.ipython")


def goes_to_another_folder(machine: Machine) -> None:
    machine.write(f"{PROFILE}/startup/00-fine.py", "hello = 42\n")
    machine.write("home/data/README", "")
    line = "import os\nos.chdir(os.path.expanduser('~/data'))\n"
    machine.write(f"{PROFILE}/startup/50-data.py", line)


def for_all(name: str, code: str, diagnosis: str) -> Story:
    """A file of the environment's, which no profile has and every kernel runs."""

    def write(machine: Machine) -> None:
        machine.write("venv/etc/ipython/startup/00-fine.py", "hello = 42\n")
        machine.write(f"venv/etc/ipython/{name}", code)

    warns = diagnosis == "ipython-startup-raises"
    return Story(write, diagnosis, (f"etc/ipython/{name}",), fixed=True, warns=warns)


def startup(name: str, code: str) -> Story:
    def write(machine: Machine) -> None:
        machine.write(f"{PROFILE}/startup/00-fine.py", "hello = 42\n")
        machine.write(f"{PROFILE}/startup/{name}", code)

    return Story(write, "ipython-startup-breaks", (name,), fixed=True)


def config(code: str) -> Story:
    def write(machine: Machine) -> None:
        machine.write(f"{PROFILE}/ipython_kernel_config.py", f"c = get_config()\n{code}\n")

    return Story(write, "ipython-config-breaks", ("ipython_kernel_config.py",), fixed=True)


def loads_the_courses_settings(code: str) -> Story:
    """As IPython's guide has it: the usual profile loads another one's configuration."""

    def write(machine: Machine) -> None:
        load = "load_subconfig('ipython_config.py', profile='course')\n"
        machine.write(f"{PROFILE}/ipython_config.py", f"c = get_config()\n{load}")
        course = "home/.ipython/profile_course/ipython_config.py"
        machine.write(course, f"c = get_config()\n{code}\n")

    return Story(write, "ipython-config-breaks", ("profile_course/ipython_config.py",), fixed=True)


def a_startup_file_that_raises(machine: Machine) -> None:
    machine.write(f"{PROFILE}/startup/10-course.py", "import course_tools_of_last_year\n")


def a_config_with_a_typing_error(machine: Machine) -> None:
    machine.write(
        f"{PROFILE}/ipython_config.py", "c = get_config(\nc.InteractiveShell.autocall = 1\n"
    )


def an_extension_that_is_not_here(machine: Machine) -> None:
    code = 'c = get_config()\nc.InteractiveShellApp.extensions = ["autoreload", "line_profiler"]\n'
    machine.write(f"{PROFILE}/ipython_config.py", code)


def an_extension_of_the_kernels_own_config(machine: Machine) -> None:
    machine.write(
        f"{PROFILE}/ipython_kernel_config.json",
        {"InteractiveShellApp": {"extensions": ["course_magics"]}},
    )


def a_file_of_last_year_to_be_run(machine: Machine) -> None:
    code = "c = get_config()\nc.InteractiveShellApp.exec_files = ['/home/teacher/2023.py']\n"
    machine.write(f"{PROFILE}/ipython_kernel_config.py", code)


def a_kernelspec_with_a_zero(machine: Machine) -> None:
    """No program can be given such a variable."""
    words = ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": words, "display_name": "Python 3", "language": "python", "env": {"A": "a\0b"}}
    machine.write("venv/share/jupyter/kernels/python3/kernel.json", spec)


def a_python_start_file_that_raises(machine: Machine) -> None:
    file = machine.write("home/.pythonrc.py", "import readline_of_the_campus\n")
    machine.variables["PYTHONSTARTUP"] = str(file)


def half_of_ipykernel(machine: Machine) -> None:
    machine.remove("@site/ipykernel/kernelapp.py")


def half_of_ipykernel_and_no_list(machine: Machine) -> None:
    half_of_ipykernel(machine)
    machine.remove_list_of_files("ipykernel")


def no_kernelspec_and_none_to_be_made(machine: Machine) -> None:
    """Jupyter makes one up where ipykernel can be imported; here it cannot, and so ipykernel's own
    command, which would write one, does not run.
    """
    machine.remove("venv/share/jupyter/kernels/python3", "@site/ipykernel/kernelspec.py")
    machine.remove_list_of_files("ipykernel")


def stack_data_gone(machine: Machine) -> None:
    machine.remove("@site/stack_data*")


STORIES = {
    "kernel.json with single backslashes": Story(
        single_backslashes, "kernelspec-broken-file", ("kernel.json",), fixed=True
    ),
    "kernel.json with a tree that is too deep": Story(
        a_tree_too_deep, "kernelspec-broken-file", ("kernel.json",), fixed=True
    ),
    "kernel.json without argv": Story(
        no_argv, "kernelspec-broken-file", ("kernel.json",), fixed=True
    ),
    "kernel.json with a wrong module": Story(
        a_wrong_module, "kernelspec-broken-file", ("ipykernel_launch",), fixed=True
    ),
    "kernel.json without a connection file": Story(
        no_connection_file, "kernelspec-broken-file", ("connection_file",), fixed=True
    ),
    "kernel.json with a provisioner that is gone": Story(
        a_starter_that_is_gone, "kernelspec-broken-file", ("kernel.json",), fixed=True
    ),
    "kernel.json with variables as a list": Story(
        variables_as_a_list, "kernelspec-broken-file", ("env",), fixed=True
    ),
    "kernel.json with a number as a variable": Story(
        lambda machine: kernel_json(machine, env={"OMP_NUM_THREADS": 4}),
        "kernelspec-broken-file",
        ("OMP_NUM_THREADS has 4, which is no text",),
        fixed=True,
    ),
    "kernel.json with nothing as a variable": Story(
        lambda machine: kernel_json(machine, env={"PYTHONPATH": None}),
        "kernelspec-broken-file",
        ("PYTHONPATH has null",),
        fixed=True,
    ),
    "kernel.json with a number as a word": Story(
        a_number_as_a_word, "kernelspec-broken-file", ("argv has 4",), fixed=True
    ),
    "kernel.json of a Python that was deleted": Story(
        a_python_that_was_deleted,
        "kernelspec-dead-interpreter",
        ("/home/teacher/ml/.venv/bin/python",),
        fixed=True,
        always=True,
    ),
    "kernel.json with variables of another Python": Story(
        variables_of_another_python, "kernelspec-variables-break", ("PYTHONPATH",), fixed=True
    ),
    "kernel.json with an option that draws elsewhere": Story(
        options("--matplotlib=agg"), "kernelspec-variables-break", ("--matplotlib",), fixed=True
    ),
    "kernel.json with a profile that ends": Story(
        a_profile_of_another_course, "kernelspec-variables-break", ("--profile",), fixed=True
    ),
    "startup file that hears no stop": Story(
        hears_no_stop, "ipython-startup-breaks", ("40-safe.py", "cannot be stopped"), fixed=True
    ),
    "a user's kernel of the system's Python": Story(
        a_users_spec_of_another_python,
        "kernelspec-other-python",
        ("/usr/bin/python3",),
        fixed=True,
        kind="installation",
    ),
    "a file where the profile belongs": Story(
        a_file_where_the_profile_belongs,
        "ipython-folder-blocked",
        ("profile_default",),
        fixed=True,
    ),
    "a profile of root": Story(
        a_profile_of_root, "ipython-folder-unwritable", ("security",), fixed=True
    ),
    "kernel.json with a script that ends at once": Story(
        a_script_that_ends, "kernelspec-broken-file", ("no licence server",), fixed=True
    ),
    "kernel.json with a module of a cluster": Story(
        a_module_of_a_cluster, "kernelspec-broken-file", ("/bin/sh (exit code 127)",), fixed=True
    ),
    "a history of root in a profile that is closed": Story(
        a_history_of_root,
        "ipython-folder-unwritable",
        ("history.sqlite may not be read",),
        fixed=True,
    ),
    "IPython's folder on a disk that is gone": Story(
        ipythons_folder_on_a_disk_that_is_gone, "ipython-folder-blocked", ("/media/ada/disk",)
    ),
    "startup file that goes to another folder": Story(
        goes_to_another_folder,
        "ipython-startup-leads-away",
        ("50-data.py", "cells run in"),
        warns=True,
        fixed=True,
    ),
    "startup file that waits for an answer": startup(
        "50-wait.py", "import time\nwhile not globals().get('ready'):\n    time.sleep(1)\n"
    ),
    "startup file that ends the process": startup(
        "20-license.py", "import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\n"
    ),
    "startup file that overwrites print": startup(
        "30-short.py", "import builtins\nbuiltins.print = lambda *words: None\n"
    ),
    "config with a value of the wrong kind": config("c.InteractiveShell.cache_size = 'large'"),
    "config that draws pictures elsewhere": config("c.IPKernelApp.matplotlib = 'agg'"),
    "config with a picture format that is none": config("c.InlineBackend.figure_formats = ['bmp']"),
    "the course's settings draw what no page shows": loads_the_courses_settings(
        "c.InlineBackend.figure_formats = {'pdf'}"
    ),
    "the course's settings end the kernel": loads_the_courses_settings(
        "raise SystemExit('configured for the campus')"
    ),
    "config that exits": config("raise SystemExit('configured for the campus')"),
    "the environment's startup file that ends the process": for_all(
        "startup/10-a.py", "import os\nos._exit(3)\n", "ipython-startup-breaks"
    ),
    "the environment's startup file that raises": for_all(
        "startup/10-a.py", "import course_tools_of_last_year\n", "ipython-startup-raises"
    ),
    "the environment's setting that IPython refuses": for_all(
        "ipython_config.py", "c.InteractiveShell.colors = 17\n", "ipython-config-breaks"
    ),
    "startup file that raises": Story(
        a_startup_file_that_raises,
        "ipython-startup-raises",
        ("10-course.py",),
        warns=True,
        fixed=True,
    ),
    "config with a typing error": Story(
        a_config_with_a_typing_error,
        "ipython-config-ignored",
        ("ipython_config.py",),
        warns=True,
        fixed=True,
    ),
    "an extension of IPython's that is not here": Story(
        an_extension_that_is_not_here,
        "ipython-start-incomplete",
        ("`line_profiler`", "ipython_config.py, line 2", "No module named"),
        warns=True,
    ),
    "an extension in the kernel's own config": Story(
        an_extension_of_the_kernels_own_config,
        "ipython-start-incomplete",
        ("`course_magics`", "ipython_kernel_config.json, line 1"),
        warns=True,
    ),
    "a file of last year that IPython runs": Story(
        a_file_of_last_year_to_be_run,
        "ipython-start-incomplete",
        ("/home/teacher/2023.py", "ipython_kernel_config.py, line 2"),
        warns=True,
    ),
    "PYTHONSTARTUP that raises": Story(
        a_python_start_file_that_raises,
        "ipython-start-incomplete",
        (".pythonrc.py",),
        warns=True,
        fixed=True,
    ),
    "config in JSON that was cut short": Story(
        lambda machine: machine.write(f"{PROFILE}/ipython_config.json", '{"InteractiveShell": {'),
        "ipython-config-ignored",
        ("ipython_config.json",),
        warns=True,
        fixed=True,
    ),
    "a variable of the kernelspec's with a zero in it": Story(
        a_kernelspec_with_a_zero, "kernelspec-variables-break", ("env block",), fixed=True
    ),
    "half of ipykernel": Story(half_of_ipykernel, "package-incomplete", ("ipykernel",), fixed=True),
    "half of ipykernel, and no list of its files": Story(
        half_of_ipykernel_and_no_list, "package-damaged", ("kernelapp",), fixed=True
    ),
    "no kernelspec, and none to be made": Story(
        no_kernelspec_and_none_to_be_made, "package-damaged", ("ipykernel",), fixed=True
    ),
    "a package that IPython needs is missing": Story(
        stack_data_gone, "dependency-missing", ("stack-data",), fixed=True
    ),
}


@told(STORIES)
def test_a_broken_kernel(story: Story, make_machine: MakeMachine, wheels: Path) -> None:
    """One cause, named by the file it stands in, and the kernel answers after the fix."""
    # A kernel is started in the same way without a server; dead ones behind a server are in
    # test_unhealthy.py.
    play(story, make_machine, wheels, without_server=True)
