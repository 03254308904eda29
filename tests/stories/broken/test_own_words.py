"""A `jupyter` on PATH that somebody wrote: it sets something before it starts the real one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.machine import SYSTEM_PATH, Machine, MakeMachine

pytestmark = pytest.mark.slow

ENDS = "raise SystemExit('the settings of last year')\n"


def first_on_path(machine: Machine, text: str) -> None:
    """The school's own folder of commands comes before the environment's."""
    machine.write("school/bin/jupyter", text.replace("{real}", str(machine.prefix / "bin")), 0o755)
    machine.variables["PATH"] = f"{machine.root}/school/bin:{machine.python.parent}:{SYSTEM_PATH}"


def a_folder_of_settings_that_end_it(machine: Machine) -> None:
    folder = machine.write("school/etc/jupyter_server_config.py", ENDS).parent
    first_on_path(
        machine, f'#!/bin/sh\nexport JUPYTER_CONFIG_DIR={folder}\nexec {{real}}/jupyter "$@"\n'
    )


def modules_of_another_year(machine: Machine) -> None:
    """Written in Python, and not by `exec`."""
    file = machine.write("school/lib/tornado.py", "raise ImportError('tornado of last year')\n")
    text = f"""\
        #!/usr/bin/python3
        import os, subprocess, sys

        os.environ["PYTHONPATH"] = {str(file.parent)!r}
        sys.exit(subprocess.call(["{{real}}/jupyter", *sys.argv[1:]]))
        """
    first_on_path(machine, text)


def a_runtime_folder_that_cannot_be(machine: Machine) -> None:
    first_on_path(
        machine,
        '#!/bin/bash\nJUPYTER_RUNTIME_DIR=/proc/no/folder exec {real}/jupyter "$@"\n',
    )


def edited(machine: Machine, name: str) -> None:
    """The environment's own command, with two lines more than pip wrote."""
    folder = machine.write("etc/jupyter_server_config.py", ENDS).parent
    lines = (machine.prefix / "bin" / name).read_text().splitlines(keepends=True)
    lines[1:1] = ["import os\n", f"os.environ['JUPYTER_CONFIG_DIR'] = {str(folder)!r}\n"]
    machine.write(f"venv/bin/{name}", "".join(lines), 0o755)


def their_own_command_edited(machine: Machine) -> None:
    edited(machine, "jupyter")


def what_it_starts_edited(machine: Machine) -> None:
    edited(machine, "jupyter-notebook")


STORIES = {
    "a folder of settings that end it": Story(
        a_folder_of_settings_that_end_it,
        "jupyter-command-spoils",
        ("school/bin/jupyter", "the settings of last year"),
        fixed=True,
        server=True,
    ),
    "modules of another year": Story(
        modules_of_another_year,
        "jupyter-command-spoils",
        ("school/bin/jupyter", "tornado of last year"),
        fixed=True,
        server=True,
    ),
    "a runtime folder that cannot be": Story(
        a_runtime_folder_that_cannot_be,
        "jupyter-command-spoils",
        ("school/bin/jupyter",),
        fixed=True,
        server=True,
    ),
    "their own command edited": Story(
        their_own_command_edited,
        "jupyter-command-spoils",
        ("venv/bin/jupyter",),
        fixed=True,
        server=True,
    ),
    "what it starts edited": Story(
        what_it_starts_edited,
        "jupyter-command-spoils",
        ("venv/bin/jupyter-notebook",),
        fixed=True,
        server=True,
    ),
}


@told(STORIES)
def test_a_command_with_words_of_its_own(
    story: Story, make_machine: MakeMachine, wheels: Path
) -> None:
    """Said of that script, and of nothing else; past it all works."""
    play(story, make_machine, wheels, without_cells=True)
