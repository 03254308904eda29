"""Programs of Binder's apt.txt and of devcontainers; a script's own packages; a Python's own file."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import course, notebook

from envcheck.adopt.asked.machine import programs
from envcheck.adopt.judging.stumbling import stumbles
from envcheck.adopt.needed.course import read
from envcheck.adopt.reading.inline import installed, names
from envcheck.adopt.reading.tree import tree
from envcheck.adopt.writing import new_file

DEVCONTAINER = """\
{
  // as VS Code writes it: "java"
  "image": "mcr.microsoft.com/devcontainers/python:3", /* "http://x" */
  "features": {
    "ghcr.io/devcontainers/features/java:1": {"version": "17"},
    "ghcr.io/devcontainers/features/git:1": {},
  },
}
"""


def test_programs(tmp_path: Path) -> None:
    """Those that run; compilers and libraries are for building, which learners' pip does not."""
    files = {
        "binder/apt.txt": "build-essential graphviz  # dot\nopenjdk-17-jre\nlibpq-dev\n",
        ".devcontainer/devcontainer.json": DEVCONTAINER,
        "other/apt.txt": "ffmpeg",
    }
    rows = [(row.name, row.file, row.line) for row in programs(tree(course(tmp_path, files)))]
    assert rows == [
        ("java", ".devcontainer/devcontainer.json", 5),
        ("dot", "binder/apt.txt", 1),
    ]


def test_a_devcontainer_that_is_none(tmp_path: Path) -> None:
    for text in ("", "[", "[]", '{"features": 3}', "{" * 2000):
        assert programs(tree(course(tmp_path, {".devcontainer.json": text}))) == ()


MADE = """\
{
  "postCreateCommand": "pip install --user 'zzqx[all]>=1.2' cowsay && pip install -r course/list.txt; pip install jupyter",
  "onCreateCommand": {"tools": "echo pip", "more": ["python", "-m", "pip", "install", "zzpy"]}
}
"""


def test_what_a_devcontainer_installs(tmp_path: Path) -> None:
    """Its names are the course's own words, and its lists hold for all; with Jupyter a check of its
    own is concerned.
    """
    files = {
        ".devcontainer/devcontainer.json": MADE,
        "course/list.txt": "numpy\n",
        "course/a.py": "import json\n",
        "w1/a.ipynb": notebook("import numpy, zzpy, zzqx"),
        "w2/a.ipynb": notebook("import numpy"),
    }
    reading = read(course(tmp_path, files))
    assert [listing.name for listing in reading.lists.of_all] == ["course/list.txt"]
    assert {each.requirement for each in reading.asked} == {"zzqx>=1.2", "cowsay", "zzpy"}
    assert reading.questions == ()
    assert {each.row.line for each in reading.asked} == {2, 3}


@pytest.mark.parametrize(
    "value", ["3", "[1]", "{}", '{"a": {"b": "pip install zzqx"}}', "null", '"pip install -r ../a"']
)
def test_a_command_that_is_none(tmp_path: Path, value: str) -> None:
    files = {".devcontainer.json": f'{{"postCreateCommand": {value}}}', "a.ipynb": notebook("1")}
    assert read(course(tmp_path, files)).asked == ()


def test_notebooks_in_another_language(tmp_path: Path) -> None:
    """They need its program; the name of its kernel is no other course's Python."""
    kernel = {"kernelspec": {"name": "ir", "language": "R"}}
    files = {
        "w1/a.ipynb": notebook("library(dplyr)", **kernel),
        "w2/a.ipynb": notebook("import numpy"),
    }
    reading = read(course(tmp_path, files))
    lines = [line for line in new_file.text(reading).splitlines() if line.startswith("commands")]
    assert lines == ['commands = { R = "*" }  # w1/a.ipynb is in another language than Python']
    assert not any("kernel" in stone.text for stone in stumbles(reading))
    course(tmp_path, {"binder/apt.txt": "r-base\n", "README.md": "`R --version`\n"})
    assert 'commands = { R = "*" }  # w1' not in new_file.text(read(tmp_path))


SCRIPT = """\
# /// script
# requires-python = ">=3.11"
# dependencies = ["zzqx>=1", "Py_YAML"]
# ///
import zzqx, numpy
"""


def test_a_script_that_says_what_it_needs(tmp_path: Path) -> None:
    """PEP 723: what stands in its block is installed when it is run, and for nothing else."""
    assert names(installed(SCRIPT)) == {"zzqx", "py-yaml"}
    assert installed(SCRIPT.replace("[", "[[[")) == ()
    reading = read(course(tmp_path, {"ch1/a.py": SCRIPT, "ch2/b.py": "import zzqx, numpy"}))
    assert [[need.distribution for need in part.needs] for part in reading.parts] == [
        ["numpy"],
        ["numpy"],
    ]
    assert [row.module for row in reading.questions] == ["zzqx"]


def test_a_file_of_python_alone(tmp_path: Path) -> None:
    """It is named where no list says a Python: two would only contradict each other."""
    files = {
        "runtime.txt": "python-3.11",
        "requirements.txt": "numpy",
        "a.ipynb": notebook("import numpy"),
    }
    names = [listing.name for listing in read(course(tmp_path / "a", files)).lists.of_all]
    assert names == ["requirements.txt", "runtime.txt"]
    files["environment.yml"] = "dependencies: [python=3.12, zzqx]"
    names = [listing.name for listing in read(course(tmp_path / "b", files)).lists.of_all]
    assert names == ["environment.yml", "requirements.txt"]
