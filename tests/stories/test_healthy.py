"""Machines that are odd and healthy: ready, no diagnosis, everything proved, nothing changed,
nothing left running.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.stories import stacks
from tests.stories.machine import Machine, MakeMachine, Seen, clone
from tests.stories.marked import VARIABLE, left_running, new_mark
from tests.variants import variants

pytestmark = pytest.mark.slow


def assert_ready(machine: Machine, seen: Seen) -> None:
    assert (seen.code, seen.report["verdict"], seen.diagnoses) == (0, "ready", []), seen.diagnoses
    proved = [
        seen.status(name)
        for name in (
            "python",
            "packages",
            "jupyter",
            "kernel-starts",
            "snippets",
            "notebook-launches",
            "tutorial",
        )
    ]
    assert proved == ["pass"] * 7
    typed = [one["typed"] for one in seen.report["checks"] if one["typed"]]
    assert all(line.endswith(" --allow-root") for line in typed)
    assert bool(typed) is (os.geteuid() == 0)


def with_lab_only(machine: Machine) -> None:
    machine.remove(
        "@site/notebook",
        "@site/notebook-*",
        "venv/bin/jupyter-notebook",
        "venv/etc/jupyter/jupyter_server_config.d/notebook.json",
    )


def read_only_environment(machine: Machine) -> None:
    machine.site.chmod(0o555)
    machine.as_a_plain_user()


def offline(machine: Machine) -> None:
    machine.wrap = ["unshare", "-n"]
    machine.limited("ip link set lo up")


def without_display(machine: Machine) -> None:
    machine.variables.update(DISPLAY="(unset)", WAYLAND_DISPLAY="(unset)")


def with_noise(machine: Machine) -> None:
    machine.write(
        "@site/banner.pth",
        "import sys; print('Welcome to Lab 3'); print('a warning', file=sys.stderr)\n",
    )


def with_a_dead_kernelspec_that_jupyter_ignores(machine: Machine) -> None:
    spec = {
        "argv": ["/gone/bin/python", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "old",
        "language": "python",
    }
    machine.write("home/.local/share/jupyter/kernels/python3/kernel.json", spec)


def in_the_c_locale(machine: Machine) -> None:
    machine.variables.update(LANG="C", LC_ALL="C")


def with_settings_of_their_own(machine: Machine) -> None:
    machine.write(
        "home/.jupyter/jupyter_server_config.py",
        "c.ServerApp.open_browser = False\nc.ServerApp.port = 9999\n",
    )
    machine.write("home/.ipython/profile_default/startup/00-hello.py", "hello = 42\n")
    machine.write("home/.config/matplotlib/matplotlibrc", "figure.figsize: 4, 3\n")


def with_python_switches(machine: Machine) -> None:
    machine.variables.update(
        PYTHONOPTIMIZE="1",
        PYTHONINSPECT="1",
        PYTHONWARNINGS="error::DeprecationWarning:nothing",
        PYTHONUNBUFFERED="1",
    )


def with_a_harmless_file(machine: Machine) -> None:
    machine.write("work/random_walk.py", "import random\n")
    machine.write("work/test.py", "assert True\n")


STORIES: dict[str, Callable[[Machine], None]] = {
    "plain": lambda machine: None,
    "JupyterLab without Notebook": with_lab_only,
    "read-only environment": read_only_environment,
    "offline": offline,
    "no display": without_display,
    "noise at every start": with_noise,
    "dead kernelspec of the user, in a venv": with_a_dead_kernelspec_that_jupyter_ignores,
    "locale C": in_the_c_locale,
    "settings of their own": with_settings_of_their_own,
    "switches in the environment": with_python_switches,
    "files with harmless names": with_a_harmless_file,
}


@pytest.mark.node
@pytest.mark.parametrize("story", variants(STORIES, ("plain",)))
def test_an_odd_machine_is_ready_and_stays_as_it_was(machine: Machine, story: str) -> None:
    """envcheck says ready, says nothing else, and leaves every byte of home, work folder and
    environment alone.
    """
    STORIES[story](machine)
    before = machine.fingerprint()
    seen = machine.check()
    assert_ready(machine, seen)
    assert machine.fingerprint() == before


@pytest.mark.whole
def test_a_path_with_spaces_and_accents(make_machine: MakeMachine) -> None:
    """Folders that people really have."""
    machine = make_machine(folder="Ünï cødé & more")
    for script in (machine.prefix / "bin").glob(
        "j*"
    ):  # pip writes such scripts through sh, since a shebang takes no space
        text = script.read_text()
        if text.startswith("#!"):
            script.unlink()
            first, _, rest = text.partition("\n")
            script.write_text(f"#!/bin/sh\n'''exec' \"{first[2:]}\" \"$0\" \"$@\"\n' '''\n{rest}")
            script.chmod(0o755)
    assert_ready(machine, machine.check())


@pytest.mark.whole
def test_a_full_installation_that_is_no_environment(make_machine: MakeMachine) -> None:
    """A Python from python.org or conda with the packages in its own folder."""
    machine = make_machine("installation")
    assert_ready(machine, machine.check())


@pytest.mark.whole
def test_an_environment_behind_a_link(machine: Machine) -> None:
    """sys.prefix keeps the link's path, scripts have the real one: it is the same environment."""
    link = machine.root / "link"
    link.symlink_to(machine.prefix)
    machine.python = link / "bin" / "python"
    assert_ready(machine, machine.check())


@pytest.mark.whole
@pytest.mark.linked
def test_the_environment_of_the_folder_is_used_and_its_activation_is_the_next_step(
    machine: Machine, healthy: Path
) -> None:
    """`.venv` in the work folder, not active: used, ready, with one warning whose next step
    activates it.
    """
    clone(healthy.parent.parent, machine.work / ".venv")
    machine.variables["PATH"] = "/usr/bin:/bin"
    seen = machine.check()
    assert (seen.code, seen.report["verdict"]) == (0, "ready")
    assert seen.report["target"]["located_by"] == ".venv in this folder"
    assert [code for code in seen.warnings if code != "pip-missing"] == ["environment-not-active"]
    assert seen.first["fixes"][0]["shell"]["posix"].startswith(". ")
    assert "~" not in seen.first["fixes"][0]["shell"]["cmd"]


@pytest.mark.whole
def test_packages_of_the_system_are_seen_through(healthy: Path, machine: Machine) -> None:
    """A venv with --system-site-packages takes what it lacks from the Python below it."""
    base = healthy.parent.parent
    below = machine.root / "below"
    below.mkdir()
    version = next((base / "lib").glob("python3*")).name
    empty = machine.root / "thin"
    subprocess.run(
        [str(healthy), "-m", "venv", "--without-pip", "--system-site-packages", str(empty)],
        check=True,
    )
    link = empty / "lib" / version / "site-packages" / "below.pth"
    link.write_text(f"{base / 'lib' / version / 'site-packages'}\n")
    machine.python = empty / "bin" / "python"
    seen = machine.check()
    assert seen.code == 0, seen.report["diagnoses"]
    assert not seen.errors


@pytest.mark.parametrize("name", variants(stacks.names(), ()))
def test_every_python_and_stack_that_the_course_allows(
    stack: Callable[[str], Path], machine: Machine, name: str
) -> None:
    """A real environment of each Python, each maker, and the oldest stack: ready, without
    a word.
    """
    machine.python = stack(name)
    tools = (
        machine.root / "tools"
    )  # an environment that uv made has no pip: uv is what the learner installs with
    tools.mkdir()
    (tools / "uv").symlink_to(Path(sys.executable).parent / "uv")
    machine.variables["PATH"] = f"{machine.python.parent}:{tools}:/usr/bin:/bin"
    assert_ready(machine, machine.check())


def test_nothing_is_left_running(machine: Machine) -> None:
    """No process carries this machine's mark after the run."""
    machine.variables[VARIABLE] = mark = new_mark()
    machine.check()
    assert not left_running(mark), left_running(mark)
