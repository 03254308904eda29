"""The environment that was activated has everything, and another Python stands before it on PATH."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.checks.pip.test_other_environment import WHOLE, environment
from tests.unit.described_machines import STACK, command_at, on, python_at, said

from envcheck import UsePython
from envcheck.environment import Located
from envcheck.model import Diagnosis
from envcheck.process import Ending
from envcheck_checks.commands.facts import prefix_of_running
from envcheck_checks.pip import behind


def found(
    tmp_path: Path,
    variable: str = "CONDA_PREFIX",
    rule: str = "python3 on PATH",
    order: tuple[str, ...] = ("shims", "ml/bin"),
) -> Diagnosis | None:
    """pyenv's Python is met, and `ml` is activated."""
    command_at(tmp_path / "shims" / "python")
    python = python_at(tmp_path / "versions" / "3.12", {"pip": "24"}, kind="pyenv")
    more = {
        variable: str(tmp_path / "ml"),
        "PATH": os.pathsep.join(str(tmp_path / place) for place in order),
        "CONDA_SHLVL": "2",
    }
    located = Located((python.executable,), rule)
    env = on("linux", tmp_path, python, located=located, **more)  # type: ignore[arg-type]  # names of variables
    return behind.diagnose(env, STACK, python, ["numpy"])


def test_condas_comes_first_when_it_is_stacked(tmp_path: Path) -> None:
    environment(tmp_path / "ml", WHOLE)
    diagnosis = found(tmp_path)
    assert diagnosis is not None and diagnosis.code == "environment-behind-another"
    assert "without numpy; the environment `ml`" in diagnosis.summary
    assert diagnosis.evidence.found.endswith(f"by {tmp_path}/shims")
    python = f"{tmp_path}/ml/bin/python"
    assert diagnosis.fixes[0].steps == (UsePython(python, "conda", stacked=True),)


def test_a_venvs_own_script_puts_it_first(tmp_path: Path) -> None:
    place = environment(tmp_path / "ml", WHOLE)
    (place / "conda-meta" / "history").unlink()
    (place / "conda-meta").rmdir()
    diagnosis = found(tmp_path, "VIRTUAL_ENV")
    assert diagnosis is not None
    assert diagnosis.fixes[0].steps == (UsePython(f"{tmp_path}/ml/bin/python", "venv"),)


@pytest.mark.parametrize(
    ("order", "rule", "lacks"),
    [
        (("ml/bin", "shims"), "python3 on PATH", ""),
        (("shims",), "python3 on PATH", ""),
        (("shims", "ml/bin"), "--python 3.12", ""),
        (("shims", "ml/bin"), "python3 on PATH", "numpy"),
    ],
)
def test_nothing_where_it_is_not_the_cause(
    order: tuple[str, ...], rule: str, lacks: str, tmp_path: Path
) -> None:
    """It is first, not on PATH, not asked about, or lacks something too."""
    environment(tmp_path / "ml", {name: own for name, own in WHOLE.items() if name != lacks})
    assert found(tmp_path, rule=rule, order=order) is None


@pytest.mark.parametrize(
    ("order", "leads", "rule", "told"),
    [
        (("shims", "ml/bin"), "other", "python3 on PATH", True),
        (("shims", "ml/bin"), "ml", "python3 on PATH", False),
        (("ml/bin", "shims"), "other", "python3 on PATH", False),
        (("shims",), "other", "python3 on PATH", False),
        (("shims", "ml/bin"), "other", "--python", False),
    ],
)
def test_only_python_is_another(
    order: tuple[str, ...],
    leads: str,
    rule: str,
    told: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is examined is whole, and a `python` before it leads elsewhere; unless it leads here, comes
    later, or the learner named a Python.
    """
    environment(tmp_path / "ml", WHOLE)
    command_at(tmp_path / "shims" / "python")
    python = python_at(tmp_path / "ml")
    path = os.pathsep.join(str(tmp_path / place) for place in order)
    located = Located((python.executable,), rule)
    env = on("linux", tmp_path, python, located=located, PATH=path)
    monkeypatch.setattr(
        behind, prefix_of_running.__name__, lambda env, python: str(tmp_path / leads)
    )
    warnings = behind.warnings(env, python)
    assert bool(warnings) is told
    for warning in warnings:
        assert "`python` alone is another Python here: the environment `ml`" in warning.summary
        assert warning.evidence.found == f"{tmp_path}/shims/python, of {tmp_path}/other"
        assert isinstance(warning.fixes[0].steps[0], UsePython)


@pytest.mark.parametrize(
    ("answer", "late", "told"),
    [("my snake", False, True), ("", False, True), ("42", False, False), ("", True, False)],
)
def test_what_is_typed_is_no_python(
    answer: str, late: bool, told: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program of that name, in the folder that the learner is in, which PATH names as `.`; a Python
    that says nothing of itself, and one that takes long, may be one.
    """
    environment(tmp_path / "ml", WHOLE)
    command_at(tmp_path / "work" / "python")
    monkeypatch.chdir(tmp_path / "work")
    python = python_at(tmp_path / "ml")
    located = Located((python.executable,), "python3 on PATH")
    path = os.pathsep.join((".", str(tmp_path / "ml/bin")))
    env = on("linux", tmp_path, python, located=located, PATH=path)
    monkeypatch.setattr(behind, prefix_of_running.__name__, lambda *_: None)
    ended = replace(said(answer), ending=Ending.TIMED_OUT if late else Ending.EXITED)
    monkeypatch.setattr(type(env), "run", lambda *_, **__: ended)
    warnings = behind.warnings(env, python)
    assert bool(warnings) is told
    for warning in warnings:
        assert warning.summary == (
            "`python` alone is no Python here: the environment `ml` stands behind it on PATH, and "
            "`python -m pip install` installs nothing"
        )
        assert warning.evidence.found.startswith(f"{tmp_path}/work/python, which does not answer")
