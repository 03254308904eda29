"""What run-envcheck.py says of how it was started: words that start it again, in the same folder.

The file is cut short here: it prints those words and does nothing else.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.bootstrap.machine import BASE, REPOSITORY, other_pythons

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="lines of a POSIX shell"),
]
OLD = sorted(map(str, other_pythons().values()))
END = "sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A work folder; the file lies in another one, whose name has a space in it."""
    work, other = tmp_path / "work", tmp_path / "my envcheck"
    work.mkdir()
    other.mkdir()
    text = (REPOSITORY / "run-envcheck.py").read_text(encoding="utf-8")
    assert END in text
    file = other / "run-envcheck.py"
    file.write_text(text.replace(END, 'print(json.dumps(typed_words("its launcher")))'))
    file.chmod(0o755)
    return work


def words(line: str, folder: Path, python: Path | str = BASE) -> list[str]:
    """What is said where `line` is typed; the Python's folder is the first of PATH."""
    done = subprocess.run(
        ["sh", "-c", line],
        cwd=folder,
        env={"PATH": f"{Path(python).parent}:/usr/bin:/bin", "HOME": str(folder.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    said: list[str] = json.loads(done.stdout)
    return said


@pytest.mark.parametrize("python", [str(BASE), *OLD])
@pytest.mark.parametrize(
    "typed",
    [
        "{python} -W ignore '../my envcheck/run-envcheck.py'",
        "{name} '../my envcheck/run-envcheck.py'",
        "{python} '{root}/my envcheck/run-envcheck.py'",
        "cd '../my envcheck' && {python} run-envcheck.py",
    ],
)
def test_what_was_typed_starts_it_again(typed: str, python: str, folder: Path) -> None:
    """From the same folder, whatever Python it is; options of Python are kept."""
    line = typed.format(python=python, name=Path(python).name, root=folder.parent)
    said = words(f"{line} chapter2 --fix", folder, python)
    assert said[-1] == shlex.split(line)[-1]
    assert ("-W" in said) == ("-W" in line)
    place = folder.parent / "my envcheck" if line.startswith("cd") else folder
    assert words(f"{shlex.join(said)} chapter2", place, python) == said


def test_a_short_name_is_kept(folder: Path) -> None:
    """`python3` stays `python3`: nobody is made to type a long path."""
    file = "../my envcheck/run-envcheck.py"
    assert words(f"python3 {shlex.quote(file)} chapter2", folder) == ["python3", file]
    assert words(f"{BASE.parent}/python3 {shlex.quote(file)}", folder) == ["python3", file]


def test_started_as_a_program(folder: Path) -> None:
    """The Python that its first line has found, and the file."""
    said = words("'../my envcheck/run-envcheck.py' chapter2", folder)
    assert said == ["python3", "../my envcheck/run-envcheck.py"]


@pytest.mark.parametrize(
    ("variables", "shell"),
    [({"SHELL": "/usr/bin/fish"}, "fish"), ({"SHELL": "/bin/zsh"}, "posix"), ({}, "posix")],
)
def test_the_learners_shell(variables: dict[str, str], shell: str, folder: Path) -> None:
    """As the engine tells it."""
    file = folder.parent / "my envcheck" / "run-envcheck.py"
    file.write_text(file.read_text().replace('typed_words("its launcher")', "learners_shell()"))
    done = subprocess.run(
        [BASE, file],
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == shell
