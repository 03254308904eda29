"""Courses rehearsed by their own way of installing: Poetry for real, and the conda that stands in for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.stories.conda.place import put_conda
from tests.stories.machine import Machine, MakeMachine
from tests.stories.test_projects import programs

pytestmark = pytest.mark.slow

COURSE = """\
course = "fixture"
requires = ["{file}"]

[chapter.week1]
jupyter = false
"""
POETRY = """\
[tool.poetry]
name = "tables"
version = "0.1.0"
description = ""
authors = []
package-mode = false

[tool.poetry.dependencies]
python = ">=3.10"
six = "^1.16"

[[tool.poetry.source]]
name = "index"
url = "https://pypi.org/simple/"
priority = "primary"
"""
ENVIRONMENT = """\
name: tables
dependencies:
  - python
  - numpy
  - pip:
      - six
"""


def rehearsed(machine: Machine, *words: str) -> dict[str, Any]:
    """What `envcheck rehearse` says, and that it leaves the course as it was."""
    before = sorted(machine.work.rglob("*"))
    done = machine.run("rehearse", "--again", "--format", "json", *words, timeout=280)
    assert done.stdout.startswith("{"), f"{done.stdout[:500]}\n{done.stderr[-2000:]}"
    assert sorted(machine.work.rglob("*")) == before
    made: dict[str, Any] = json.loads(done.stdout)
    assert made["exit_code"] == done.returncode
    return made


@pytest.mark.whole
def test_poetry(machine: Machine) -> None:
    """What Poetry's table asks for is installed by Poetry; what cannot be had is the one cause."""
    machine.variables["PATH"] = f"{programs('poetry')}:{machine.environ['PATH']}"
    machine.write("work/envcheck.toml", COURSE.format(file="pyproject.toml"))
    machine.write("work/pyproject.toml", POETRY)
    own = ("--python", str(machine.prefix / "bin/python"))
    made = rehearsed(machine, *own)
    assert (made["way"], [cell["state"] for cell in made["cells"]]) == ("poetry", ["ready"]), made
    machine.write("work/pyproject.toml", POETRY.replace("^1.16", "^99"))
    (cell,) = rehearsed(machine, *own)["cells"]
    assert (cell["state"], cell["report"]) == ("not-ready", None)
    assert "six" in json.dumps(cell["cause"])


def test_conda(
    make_machine: MakeMachine, wheels: Path, healthy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """conda's list is installed by conda, with its own Python; what its channel lacks is the one cause."""
    monkeypatch.setenv("ENVCHECK_STORY_HEALTHY", str(healthy.parent.parent))
    machine = make_machine()
    machine.variables["PIP_FIND_LINKS"] = str(wheels)
    put_conda(machine)
    machine.write("work/envcheck.toml", COURSE.format(file="environment.yml"))
    machine.write("work/environment.yml", ENVIRONMENT.replace("six", "packaging"))
    made = rehearsed(machine)
    assert (made["way"], [cell["state"] for cell in made["cells"]]) == ("conda", ["ready"]), made
    assert made["pythons"] == [{"version": "of environment.yml", "executable": None}]
    machine.write("work/environment.yml", ENVIRONMENT.replace("numpy", "no-such-thing-of-ours"))
    (cell,) = rehearsed(machine)["cells"]
    assert (cell["state"], cell["report"]) == ("not-ready", None)
    assert "no-such-thing-of-ours" in json.dumps(cell["cause"])
