"""Homebrew's Python, which its maker keeps to itself (PEP 668), under both of its prefixes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, file_at, on, python_at, said

from envcheck import Diagnosis, Environment, Run, Tell, UsePython
from envcheck.model import Step
from envcheck_checks.pip import cannot_install, dry_run
from envcheck_checks.pip.venv import bare_environment
from envcheck_checks.pip.version import pip_itself


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dry_run, "config_files", lambda *_: ())


def brewed(folder: Path, prefix: str, *, managed: bool = True) -> Environment:
    """A Mac whose `python3` is Homebrew's, without the course's packages."""
    place = folder / prefix / "opt/python@3.13"
    bare = python_at(place, {"pip": "25.0"}, "3.13.1", kind="homebrew")
    stdlib = place / "Frameworks/Python.framework/Versions/3.13/lib/python3.13"
    if managed:
        file_at(stdlib / "EXTERNALLY-MANAGED", "[externally-managed]\n")
    python = replace(bare, paths={**bare.paths, "stdlib": str(stdlib)})
    ran = said("pip 25.0")
    return on("darwin", folder, python, facts={bare_environment: ran, pip_itself: ran})


def decided(env: Environment) -> Diagnosis | None:
    return cannot_install.diagnose(env, STACK)


def commands(steps: Sequence[Step]) -> list[tuple[str, ...]]:
    return [step.argv for step in steps if isinstance(step, Run)]


@pytest.mark.parametrize("prefix", ["opt/homebrew", "usr/local"])
def test_an_environment_is_made_and_nothing_forced(tmp_path: Path, prefix: str) -> None:
    """No word of pip's that breaks Homebrew's packages, and nothing is installed into its folder."""
    env = brewed(tmp_path, prefix)
    found = decided(env)
    assert found is not None
    assert found.code == "python-externally-managed"
    assert "Homebrew's Python" in found.summary
    assert "operating system" not in f"{found.summary} {found.evidence}"
    (fix,) = found.fixes
    made, *installs = commands(fix.steps)
    assert made[1:3] == ("-m", "venv")
    assert all(str(tmp_path / prefix) not in words[0] for words in installs)
    assert not any(word in str(fix) for word in ("--break-system-packages", "--user", "sudo"))
    assert isinstance(fix.steps[-1], UsePython)
    assert not any(isinstance(step, Tell) for step in fix.steps)


def test_a_brew_from_before_pep_668(tmp_path: Path) -> None:
    """Without the mark pip would not refuse: it is not this cause."""
    found = decided(brewed(tmp_path, "opt/homebrew", managed=False))
    assert found is None or found.code != "python-externally-managed"


def test_an_environment_made_from_it_is_in_order(tmp_path: Path) -> None:
    """Its own marks stay with Homebrew's: pip installs there."""
    stdlib = tmp_path / "opt/homebrew/opt/python@3.13/lib/python3.13"
    file_at(stdlib / "EXTERNALLY-MANAGED", "[externally-managed]\n")
    own = python_at(tmp_path / "ml/.venv", {"pip": "25.0"})
    python = replace(own, paths={**own.paths, "stdlib": str(stdlib)})
    ran = said("pip 25.0")
    env = on("darwin", tmp_path, python, facts={bare_environment: ran, pip_itself: ran})
    found = decided(env)
    assert found is None or found.code != "python-externally-managed"
