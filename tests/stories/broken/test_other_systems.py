"""Causes that are at home on other systems, as far as they can be built on this one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.conda.place import can_be_activated
from tests.stories.machine import Machine, MakeMachine
from tests.stories.test_healthy import assert_ready

pytestmark = pytest.mark.slow


def only_conda_in_its_usual_place(machine: Machine) -> None:
    """A whole Python with conda's mark in ~/miniconda3, and a PATH on which no Python can
    be found.
    """
    place = machine.home / "miniconda3"
    machine.prefix.rename(place)
    for script in (place / "bin").iterdir():
        if script.is_file() and not script.is_symlink() and script.read_bytes()[:2] == b"#!":
            text = script.read_bytes().replace(str(machine.prefix).encode(), str(place).encode())
            script.unlink()
            script.write_bytes(text)
            script.chmod(0o755)
    machine.python = place / "bin" / "python"
    (place / "conda-meta").mkdir()
    can_be_activated(machine, place)
    machine.variables["PATH"] = str(machine.root)


def vscode_with_a_python_that_is_gone(machine: Machine) -> None:
    machine.write(
        "work/.vscode/settings.json",
        '{"python.defaultInterpreterPath": "${workspaceFolder}/.old/bin/python"} // ours\n',
    )


def pages_opened_by_an_editor(machine: Machine) -> None:
    machine.write("venv/bin/firefox", "#!/bin/sh\n", 0o755)
    machine.write("home/.config/mimeapps.list", "[Default Applications]\ntext/html=code.desktop\n")
    machine.write(
        "home/.local/share/applications/code.desktop",
        "[Desktop Entry]\nExec=code %F\nCategories=Development;IDE;\n",
    )
    machine.variables["DISPLAY"] = ":9"


def two_openmp_runtimes(machine: Machine) -> None:
    """A module that does what the second copy does when it is loaded: it ends the process, unless
    it is told not to.
    """
    machine.write("venv/lib/libiomp5.so", b"one")
    machine.write("@site/boosted/lib/libomp.so", b"another")
    old = machine.at("@site/seaborn/__init__.py").read_text(encoding="utf-8")
    ends = "import os\nif os.environ.get('KMP_DUPLICATE_LIB_OK') != 'TRUE':\n    os.abort()\n"
    machine.write("@site/seaborn/__init__.py", ends + old)


STORIES = {
    "conda, and no Python on PATH": Story(
        only_conda_in_its_usual_place,
        "conda-not-on-path",
        ("miniconda3",),
        kind="installation",
        fixed=True,
    ),
    "VS Code with a Python that is gone": Story(
        vscode_with_a_python_that_is_gone,
        "vscode-other-python",
        (".old/bin/python",),
        warns=True,
        fixed=None,
    ),
    "pages opened by an editor": Story(
        pages_opened_by_an_editor, "page-opens-in-editor", ("code.desktop",), warns=True, fixed=None
    ),
    "two OpenMP runtimes": Story(two_openmp_runtimes, "openmp-twice", ("libiomp5.so", "libomp.so")),
}


@told(STORIES)
def test_a_cause_of_other_systems(story: Story, make_machine: MakeMachine, wheels: Path) -> None:
    """Named as it would be there, and mended where that is safe to do."""
    play(story, make_machine, wheels)


@pytest.mark.whole
def test_settings_of_editor_and_conda_that_fit(machine: Machine) -> None:
    """VS Code's settings name the course's environment, and a list for conda lies about that nobody
    needs: nothing is said.
    """
    machine.write(
        "work/.vscode/settings.json",
        json.dumps({"python.defaultInterpreterPath": str(machine.python)}),
    )
    machine.write("work/environment.yml", "dependencies:\n  - vs2015_runtime=14.27=h5e58377_2\n")
    assert_ready(machine, machine.check())
