"""pip that is absent, broken, or disturbed by a variable."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, WHOLE, command_at, file_at, on, python_at, said
from tests.unit.described_projects import made

from envcheck import Diagnosis, Outcome, Rename, Run, Severity, Tell
from envcheck.model import Fine
from envcheck.target import systems
from envcheck_checks.diagnosis.failure import Retry
from envcheck_checks.pip import not_running, own_start

BROKEN = said(stderr="ImportError: cannot import name main", code=1)
ABSENT = said(stderr="No module named pip", code=1)
WITH_PIP = {**WHOLE, "pip": "24.0"}


@pytest.fixture(autouse=True)
def pip_fails_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is run once more."""
    monkeypatch.setattr(own_start, "retry", lambda *_, **__: Retry(lambda _removed: False))


def judged(tmp_path: Path, packages: dict[str, str], stderr: str) -> Outcome:
    env = on("linux", tmp_path, python_at(tmp_path / "venv", packages))
    return not_running.diagnose(env, STACK, said(stderr=stderr, code=1))


def test_pip_is_absent(tmp_path: Path) -> None:
    """It matters where something must still be installed."""
    whole = judged(tmp_path, WHOLE, "No module named pip")
    assert isinstance(whole, Diagnosis)
    assert (whole.code, whole.severity) == ("pip-missing", Severity.WARNING)
    bare = judged(tmp_path, {}, "No module named pip")
    assert isinstance(bare, Diagnosis)
    assert bare.severity is Severity.ERROR


@pytest.mark.parametrize("place", ["", "bin", "home/.local/bin", "home/.cargo/bin"])
@pytest.mark.parametrize("packages", [{}, WHOLE])
def test_uvs_own_environment_has_none_by_design(
    tmp_path: Path, place: str, packages: dict[str, str]
) -> None:
    """Wherever its installer has put uv; where there is none any more, only what is missing counts."""
    if place:
        command_at(tmp_path / place / "uv")
    env = on("linux", tmp_path, python_at(tmp_path / "venv", packages, kind="uv"))
    outcome = not_running.diagnose(env, STACK, ABSENT)
    assert isinstance(outcome, Fine) is bool(place or packages)


@pytest.mark.parametrize("gaps", [{}, {"ensurepip": "No module named 'ensurepip'"}])
@pytest.mark.parametrize("packages", [{}, WHOLE])
def test_debian_without_pip(
    gaps: dict[str, str],
    packages: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The part that makes environments, and then `.venv`, filled with all that the chapter needs:
    never apt's pip, which may not install there, nor ensurepip, which refuses.
    """
    monkeypatch.setattr(systems, "family", lambda: "debian")
    monkeypatch.setattr(systems, "OWN_PYTHON", str(command_at(tmp_path / "usr" / "python3.12")))
    python = replace(python_at(tmp_path / "usr", packages, kind="system"), gaps=gaps)
    diagnosis = not_running.diagnose(on("linux", tmp_path, python), STACK, ABSENT)
    assert isinstance(diagnosis, Diagnosis)
    (fix,) = diagnosis.fixes
    told = [step.text for step in fix.steps if isinstance(step, Tell)]
    assert told == (["Install that part: sudo apt install python3-venv"] if gaps else [])
    make, fill = (step.argv for step in fix.steps if isinstance(step, Run))
    assert make[1:3] == ("-m", "venv")
    assert fill[0].endswith(".venv/bin/python")
    assert set(STACK.everything) <= set(fill)


def test_a_projects_manager_needs_no_pip(tmp_path: Path) -> None:
    """PDM and uv make environments without it."""
    env, _ = made("pdm", tmp_path)
    outcome = not_running.diagnose(env, STACK, ABSENT)
    assert isinstance(outcome, Fine)
    assert outcome.summary == "no pip in this environment; PDM installs into it"


def test_pip_is_broken_in_a_managers_project(tmp_path: Path) -> None:
    """pip is put there again; what is missing is the manager's to install."""
    env, _ = made("poetry", tmp_path, {"pip": "24.0"})
    broken = not_running.diagnose(env, STACK, BROKEN)
    assert isinstance(broken, Diagnosis)
    commands = [" ".join(step.argv) for step in broken.fixes[0].steps if isinstance(step, Run)]
    assert [line for line in commands if "pip install" in line] == []
    assert commands[-1].startswith("poetry add notebook")
    assert not broken.fixes[0].automatic


def test_pip_is_broken(tmp_path: Path) -> None:
    """ensurepip mends it only once what is left of it is moved aside."""
    file_at(tmp_path / "venv/site/pip/__init__.py")
    broken = judged(tmp_path, WITH_PIP, "ImportError: cannot import name main")
    assert isinstance(broken, Diagnosis)
    assert (broken.code, broken.evidence.found) == (
        "pip-broken",
        "ImportError: cannot import name main",
    )
    assert isinstance(broken.fixes[0].steps[0], Rename)


def test_a_variable_breaks_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env = on("linux", tmp_path, python_at(tmp_path / "venv", WITH_PIP), PYTHONPATH="/lib")
    works = Retry(bool)  # once anything is removed
    monkeypatch.setattr(own_start, "retry", lambda _env, late: works)
    diagnosis = not_running.diagnose(env, STACK, BROKEN)
    assert isinstance(diagnosis, Diagnosis)
    assert diagnosis.code == "pythonpath-breaks"
