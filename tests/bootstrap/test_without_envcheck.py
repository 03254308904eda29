"""What run-envcheck.py says by itself is what envcheck says: the same words, the same JSON, for the
same machine.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.bootstrap.machine import (
    BASE,
    OFFLINE,
    REPOSITORY,
    Learner,
    Ran,
    installation,
    other_pythons,
)
from tests.variants import variants

import envcheck
from envcheck_checks.courses.ml_for_software_engineers import COURSE, chapter2
from envcheck_checks.python.gaps import NEEDED, WANTED

ONLY = ("--only", "chapter2.python", "--only", "chapter2.pip")
OLD_PYTHONS = sorted(other_pythons())


def test_its_constants_are_the_projects(names: dict[str, Any]) -> None:
    """Where it stands alone it cannot read the project: what it repeats is the same."""
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    assert names["VERSION"] == names["envcheck_version"]() == envcheck.__version__
    assert f'requires-python = ">={names["OLDEST_HOST"][0]}.{names["OLDEST_HOST"][1]}"' in project
    assert f'name = "{names["DISTRIBUTION"]}"' in project
    assert names["PYTHONS"] == names["course_pythons"]() == chapter2.PYTHONS
    assert names["COURSE"] == {"id": COURSE.id, "revision": COURSE.revision, "title": COURSE.title}
    assert names["CHECKS"] == tuple(
        (one.id, one.title) for one in chapter2.CHECKS if one.required and "deep" not in one.traits
    )
    assert {row[0]: row[1] for row in names["NEEDED"]} == NEEDED
    assert dict(names["WANTED"]) == WANTED


def test_it_finds_its_checkout(names: dict[str, Any], script: Path) -> None:
    """What it reads beside itself is there: the source to install, the course's packages, and every
    page.
    """
    assert Path(names["checkout"]()) == script.parent
    assert names["course_packages"]() == [package.name for package in chapter2.STACK.packages]
    pages = sorted((REPOSITORY / "checks").rglob("pages/*.md"))
    assert pages
    for page in pages:
        found = Path(names["page_of"](page.stem))
        assert found.relative_to(script.parent) == page.relative_to(REPOSITORY)


def whole(learner: Learner, python: Path, *words: str) -> Ran:
    """The engine's answer to the first two tasks on the same machine, from this test's own
    environment.
    """
    done = subprocess.run(
        [*OFFLINE, sys.executable, "-I", "-X", "utf8", "-m", "envcheck", "chapter2", *ONLY, *words],
        env={**learner.environ(), "ENVCHECK_LAUNCHED_BY": str(python)},
        cwd=learner.work,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def alone(learner: Learner, python: Path, *words: str) -> Ran:
    """run-envcheck.py's own answer: without a network it cannot install envcheck."""
    return learner.run("chapter2", *words, python=python, before=OFFLINE)


def same(learner: Learner, python: Path) -> Ran:
    """Compare both in both formats; gives run-envcheck.py's own answer."""
    theirs, ours = (run(learner, python, "--format", "json") for run in (whole, alone))
    assert ours.report.keys() == theirs.report.keys()
    for name in (
        "schema",
        "envcheck",
        "course",
        "chapters",
        "target",
        "strict",
        "interrupted",
        "broken_plugins",
    ):
        assert ours.report[name] == theirs.report[name], name
    assert [told(one) for one in ours.report["diagnoses"]] == [
        told(one) for one in theirs.report["diagnoses"]
    ]
    for check in ("python", "pip"):
        assert timeless(ours.check(check)) == timeless(theirs.check(check))
    shown = [run(learner, python).out for run in (whole, alone)]
    assert first_rows(shown[1]) == first_rows(shown[0])
    if ours.check("python")["status"] == "fail":
        assert shown[1].partition("Next step:")[2].strip(), "no next step"
    return ours


def told(diagnosis: dict[str, Any]) -> dict[str, Any]:
    """What it says. The next step is its own: the engine's goes on to what the chapter needs, and
    knows more systems.
    """
    return {name: value for name, value in diagnosis.items() if name != "fixes"}


def timeless(check: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in check.items() if name not in ("started", "seconds")}


def first_rows(text: str) -> str:
    """From the first line to what stands under the second check."""
    kept = re.split(r"(?m)^(?:Not ready|Could not|Ready|Nothing was)", text)[0]
    rows = re.split(r"(?m)^  (?=(?:ok|warn|FAIL|--|[?]{4}) )", kept)
    return "".join(row for row in rows if not re.match(r"(?:--|[?]{4}) ", row)).rstrip()


needs_namespaces = pytest.mark.usefixtures("namespaces")


@pytest.mark.slow
@needs_namespaces
def test_healthy_python(learner: Learner) -> None:
    """Two tasks proved, the rest without an answer: 3, never 0."""
    ran = same(learner, BASE)
    assert ran.code == 3
    assert {one["status"] for one in ran.report["checks"][2:]} == {"error"}
    assert ran.report["verdict"] == "undetermined"


@pytest.mark.whole
@pytest.mark.slow
@needs_namespaces
def test_python_without_pip(learner: Learner, tmp_path: Path) -> None:
    ran = same(learner, installation(tmp_path / "python", pip=False))
    assert ran.check("pip")["diagnoses"] == ["pip-missing"]


@pytest.mark.slow
@needs_namespaces
@pytest.mark.whole
def test_python_without_pip_and_ensurepip(learner: Learner, tmp_path: Path) -> None:
    """As on Debian without python3-venv."""
    ran = same(learner, installation(tmp_path / "python", pip=False, without=["ensurepip"]))
    assert ran.check("pip")["diagnoses"] == ["venv-missing"]


@pytest.mark.slow
@needs_namespaces
@pytest.mark.whole
def test_python_that_cannot_make_environments(learner: Learner, tmp_path: Path) -> None:
    ran = same(learner, installation(tmp_path / "python", without=["ensurepip"]))
    assert ran.check("pip")["diagnoses"] == ["venv-missing"]


@pytest.mark.slow
@needs_namespaces
@pytest.mark.whole
def test_python_with_a_broken_pip(learner: Learner, tmp_path: Path) -> None:
    python = installation(tmp_path / "python")
    next((tmp_path / "python").rglob("site-packages/pip/__init__.py")).write_text(
        "raise RuntimeError('half a pip')\n", encoding="utf-8"
    )
    ran = same(learner, python)
    assert ran.code == 1
    assert ran.codes == ["pip-broken"]


@pytest.mark.slow
@needs_namespaces
@pytest.mark.parametrize("missing", ["_ssl", "_lzma"])
@pytest.mark.whole
def test_python_with_a_gap(learner: Learner, tmp_path: Path, missing: str) -> None:
    ran = same(learner, installation(tmp_path / "python", without=[f"{missing}.*.so"]))
    assert ran.code == (1 if missing == "_ssl" else 3)


@pytest.mark.whole
@pytest.mark.slow
@needs_namespaces
@pytest.mark.parametrize("version", variants(OLD_PYTHONS, OLD_PYTHONS[-1:]))
def test_old_python(learner: Learner, version: str) -> None:
    """Whether it is too old for the course is the course's to say: envcheck's own minimum does not
    matter.
    """
    ran = same(learner, other_pythons()[version])
    too_old = tuple(map(int, version.split("."))) < tuple(
        map(int, chapter2.PYTHONS.strip(">=").split("."))
    )
    assert ran.check("python")["status"] == ("fail" if too_old else "pass")
    assert ran.code == (1 if too_old else 3)


@pytest.mark.slow
@needs_namespaces
@pytest.mark.whole
def test_environment_in_the_folder(learner: Learner) -> None:
    """The learner's environment goes before the launching Python here too."""
    subprocess.run([str(BASE), "-m", "venv", str(learner.work / ".venv")], check=True)
    ran = same(learner, BASE)
    assert ran.check("python")["diagnoses"] == ["environment-not-active"]


@pytest.mark.whole
@pytest.mark.slow
@needs_namespaces
def test_what_cannot_be_done_alone_is_said(learner: Learner) -> None:
    """Other commands, and a report into a file."""
    listed = learner.run("list", before=OFFLINE)
    assert (listed.code, listed.out) == (3, "")
    assert "`list` needs the whole envcheck" in listed.err
    learner.run(
        "chapter2",
        "--format",
        "json",
        "--output",
        str(learner.root / "report.json"),
        before=OFFLINE,
    )
    assert json.loads((learner.root / "report.json").read_text(encoding="utf-8"))["exit_code"] == 3
