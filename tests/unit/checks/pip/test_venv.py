"""A Python that cannot make environments: a warning, or the root where one is what the chapter needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, on, python_at, said

from envcheck import Diagnosis, Environment, Severity, Tell
from envcheck.processes.process import Finished
from envcheck_checks.pip import cannot_install, dry_run
from envcheck_checks.pip.venv import bare_environment, find_missing_venv
from envcheck_checks.pip.version import pip_itself

RUNS = said("pip 24.0 from /x/pip (python 3.12)")
BROKEN = said(stderr="ImportError: no venv here", code=1)
GAP = {"ensurepip": "not in /usr/lib/python3.12"}


@pytest.fixture(autouse=True)
def no_file_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """pip reads /etc too."""
    monkeypatch.setattr(dry_run, "config_files", lambda *_: ())


def learner(
    tmp_path: Path,
    kind: str = "system",
    gaps: Mapping[str, str] = GAP,
    made: Finished = RUNS,
    pip: Finished = RUNS,
) -> Environment:
    python = replace(python_at(tmp_path / "usr", {"pip": "24.0"}, kind=kind), gaps=gaps)
    return on("linux", tmp_path, python, facts={bare_environment: made, pip_itself: pip})


def root(env: Environment) -> Diagnosis | None:
    found = cannot_install.diagnose(env, STACK)
    return found if found is not None and found.code == "venv-missing" else None


def test_it_is_the_root_where_an_environment_is_the_fix(tmp_path: Path) -> None:
    """What installs that part comes first, and then the environment with all that is needed."""
    found = root(learner(tmp_path))
    assert found is not None
    assert (found.severity, found.evidence.found) == (Severity.ERROR, "no ensurepip")
    (fix,) = found.fixes
    assert isinstance(fix.steps[0], Tell)
    assert not fix.automatic
    assert len(fix.steps) > 2


def test_a_venv_that_raises_is_one_too(tmp_path: Path) -> None:
    found = root(learner(tmp_path, gaps={}, made=BROKEN))
    assert found is not None
    assert found.evidence.found == "ImportError: no venv here"
    assert isinstance(found.fixes[0].steps[0], Tell)


def test_where_pip_fails_too_something_else_may_stand_behind_both(tmp_path: Path) -> None:
    """A variable, say; that is asked where pip fails."""
    assert root(learner(tmp_path, gaps={}, made=BROKEN, pip=BROKEN)) is None


@pytest.mark.parametrize("kind", ["venv", "conda-env"])
def test_an_environment_needs_none(tmp_path: Path, kind: str) -> None:
    env = learner(tmp_path, kind)
    assert root(env) is None
    assert find_missing_venv(env) is None


def test_nothing_is_missing(tmp_path: Path) -> None:
    """Then it is a warning."""
    found = find_missing_venv(learner(tmp_path))
    assert found is not None
    assert (found.code, found.severity) == ("venv-missing", Severity.WARNING)
