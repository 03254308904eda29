"""Files and folders of the learner's with the name of a module that a notebook loads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.machine import Machine, MakeMachine

pytestmark = pytest.mark.slow

# Which files are written into the work folder; the first is the one that hides a module.
FILES: dict[str, tuple[str, ...]] = {
    "pandas.py": ("pandas.py",),
    "a package seaborn": ("seaborn/__init__.py", "seaborn/plots.py"),
    "statistics.py": ("statistics.py",),
    "calendar.py beside harmless files": ("calendar.py", "test.py", "homework_1.py", "data.csv"),
    "queue.py": ("queue.py",),
    "email as a package": ("email/__init__.py",),
    "tornado.py": ("tornado.py",),
    "dateutil.py": ("dateutil.py",),
}
# A kernel has loaded these before it looks into the folder: a warning, since a script of the
# learner's would meet them.
LOADED_BEFORE = (
    "statistics.py",
    "calendar.py",
    "email",
    "queue.py",
    "tornado.py",
    "dateutil.py",
    "code.py",
)


def story_of(files: tuple[str, ...]) -> Story:
    def write(machine: Machine) -> None:
        for name in files:
            machine.write(f"work/{name}", f"print('this is {name}')\nanswer = 42\n")

    name = Path(files[0]).parts[0]
    waits = name in LOADED_BEFORE
    return Story(
        write,
        "file-hides-module",
        (f"`{name}`", "hides"),
        warns=waits,
        fixed=True,
        always=name == "pandas.py",
    )


def written_over_by_a_download(machine: Machine) -> None:
    machine.write("work/code.py", "import sys\nsys.exit('the homework starts here')\n")


def queue_where_only_python_m_starts_jupyter(machine: Machine) -> None:
    """The folder of the environment's commands is not on PATH: `python -m notebook` is the only
    way, and looks here first.
    """
    machine.variables["PATH"], machine.name_python = "/usr/bin:/bin", True
    machine.write("work/homework.py", "answer = 42\n")
    machine.write("work/queue.py", "answer = 42\n")


def seaborn_of_another_python(machine: Machine) -> None:
    """Bytecode that an old Python left beside a script of this name, which is gone."""
    machine.write("work/calendar.ipynb", "{}")
    machine.write("work/seaborn.pyc", b"\x03\xf3\r\n" + bytes(12))


def numpy_compiled_in_class(machine: Machine) -> None:
    machine.write("work/numpy.abi3.so", b"\x7fELF, cut short")


def led_here_by_a_variable(value: str, name: str) -> Callable[[Machine], None]:
    """`export PYTHONPATH=$PYTHONPATH:/x` where it was not set: an empty entry is the folder that one is
    in, and a kernel takes from it what is the learner's own.
    """

    def breaks(machine: Machine) -> None:
        machine.write("x/my_tools.py", "answer = 42\n")
        machine.write(f"work/{name}", "raise ImportError('my own file')\n")
        machine.variables["PYTHONPATH"] = value.format(root=machine.root)

    return breaks


STORIES = {name: story_of(files) for name, files in FILES.items()}
for led, value in {"an empty": ":{root}/x", "a dot as an": ".", "their own": "{root}/work"}.items():
    STORIES[f"random.py and {led} entry of PYTHONPATH"] = Story(
        led_here_by_a_variable(value, "random.py"),
        "file-hides-module",
        ("`random.py`", "hides"),
        fixed=True,
    )
STORIES["jinja2.py and an empty entry of PYTHONPATH"] = Story(
    led_here_by_a_variable("{root}/x:", "jinja2.py"),
    "file-hides-module",
    ("`jinja2.py`", "hides"),
    fixed=True,
    server=True,
)
STORIES["code.py that exits"] = Story(
    written_over_by_a_download, "file-hides-module", ("`code.py`",), warns=True, fixed=True
)
STORIES["seaborn.pyc of another Python"] = Story(
    seaborn_of_another_python, "file-hides-module", ("`seaborn.pyc`", "hides"), fixed=True
)
STORIES["a compiled numpy"] = Story(
    numpy_compiled_in_class, "file-hides-module", ("`numpy.abi3.so`", "hides"), fixed=True
)
STORIES["queue.py where only python -m starts Jupyter"] = Story(
    queue_where_only_python_m_starts_jupyter,
    "file-hides-module",
    ("`queue.py`", "python -m notebook"),
    fixed=True,
    server=True,
)


@told(STORIES)
def test_a_file_that_hides_a_module(story: Story, make_machine: MakeMachine, wheels: Path) -> None:
    """The file is named, and renaming it is all."""
    # The kernel meets the file first; the one that the server meets is marked.
    play(story, make_machine, wheels, without_server=True)
