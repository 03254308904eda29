"""Courses rehearsed by their own way of installing: Poetry for real, and the conda that stands in for it;
and on a Python that uv fetches, from a list of ours, with a Python of this machine packed as uv's are.
"""

from __future__ import annotations

import json
import platform
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
from tests.stories.conda.place import put_conda
from tests.stories.machine import Machine, MakeMachine
from tests.stories.test_projects import programs
from tests.stories.test_rehearsal import pythons
from tests.stories.test_rehearsal import rehearsed as of_folder

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


@pytest.mark.whole
def test_conda(
    make_machine: MakeMachine, wheels: Path, healthy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """conda's list is installed by conda, with its own Python; what its channel lacks is the one cause."""
    monkeypatch.setenv("ENVCHECK_STORY_HEALTHY", str(healthy.parent.parent))
    machine = make_machine("linked")
    machine.installs_from(wheels)
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


NOBODY = "http://127.0.0.1:9/simple/"
FETCHING = """\
course = "fixture"
python = ">=3.{older},<3.{after}"
packages = ["pip"]

[chapter.tools]
jupyter = false
"""


def catalogue(folder: Path, python: Path, minor: int) -> Path:
    """uv's list of what it may fetch, with one Python in it: this one, packed as uv's own are."""
    home = python.resolve().parent.parent
    archive = folder / "python.tar.gz"
    without = ("test", "tests", "__pycache__", "idlelib", "site-packages", "include", "share")

    def kept(info: tarfile.TarInfo) -> tarfile.TarInfo | None:
        parts = Path(info.name).parts
        left_out = any(part in without or part.startswith("config-") for part in parts)
        return None if left_out or info.name.endswith(".a") else info

    with tarfile.open(archive, "w:gz", compresslevel=1) as packed:
        for name in ("bin", "lib"):
            packed.add(home / name, f"python/{name}", filter=kept)
    release = {
        "name": "cpython",
        "arch": {"family": platform.machine(), "variant": None},
        "os": "linux",
        "libc": "gnu",
        "major": 3,
        "minor": minor,
        "patch": 99,
        "prerelease": "",
        "url": archive.as_uri(),
        "sha256": None,
        "variant": None,
        "build": "20261101",
    }
    key = f"cpython-3.{minor}.99-linux-{platform.machine()}-gnu"
    file = folder / "downloads.json"
    file.write_text(json.dumps({key: release}))
    return file


@pytest.mark.whole
@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: the Python is packed for it")
def test_a_python_that_uv_fetches(tmp_path: Path) -> None:
    """Where uv's settings allow it, the course is rehearsed on one that this machine does not have;
    where they do not, the matrix says so.
    """
    there = pythons()
    if len(there) < 2:
        pytest.skip("only on a machine with two Pythons")
    (older, place), (newest, packed) = there[0], there[-1]
    home = place.resolve().parent.parent
    (tmp_path / "pyenv/versions").mkdir(parents=True)
    (tmp_path / "pyenv/versions" / f"3.{older}.0").symlink_to(home)
    course = tmp_path / "course"
    course.mkdir()
    (course / "envcheck.toml").write_text(FETCHING.format(older=older, after=newest + 1))
    more = {"PATH": "/usr/sbin", "HOME": str(tmp_path), "PYENV_ROOT": str(tmp_path / "pyenv")}
    more["UV_PYTHON_DOWNLOADS_JSON_URL"] = str(catalogue(tmp_path, packed, newest))
    made = of_folder(course, NOBODY, **more)
    minors = [python["version"].split(".")[1] for python in made["pythons"]]
    assert (minors, made["not_fetched"]) == ([str(older), str(newest)], None)
    assert [cell["state"] for cell in made["cells"]] == ["ready", "ready"], made["cells"]
    without = of_folder(course, NOBODY, **more, UV_PYTHON_DOWNLOADS="manual")
    assert (len(without["pythons"]), without["exit_code"]) == (1, 0)
    assert without["not_fetched"]["versions"] == [f"3.{newest}"]
    assert "set to 'manual'" in without["not_fetched"]["reason"]
