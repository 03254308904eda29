"""Settings under which pip installs nothing, or elsewhere: which are named, and what is done about
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Confidence, Diagnosis, Environment, Fix, Rename, Run, Severity, Tell, UnsetEnv
from envcheck.target.interpreter import Interpreter
from envcheck_checks.index.config_files import Setting
from envcheck_checks.pip import dry_run, pip_settings, unreadable

WHAT = "seaborn is not installed"


def learner(
    tmp_path: Path,
    kind: str = "venv",
    *,
    user_site: bool = False,
    pip: str = "24.0",
    **variables: Any,
) -> tuple[Environment, Interpreter]:
    python = replace(
        python_at(tmp_path / "venv", {"pip": pip} if pip else {}, kind=kind),
        user_site_enabled=user_site,
    )
    return on("linux", tmp_path, python, **variables), python


def _set(name: str, value: str) -> dict[str, Any]:
    return {name: value}


def met(env: Environment, python: Interpreter, *requirements: str) -> Diagnosis | None:
    mend = Fix(
        "install it",
        (Run((python.executable, "-m", "pip", "install", *(requirements or ("seaborn>=0.11",)))),),
    )
    return pip_settings.find_blocking_settings(env, mend, WHAT)


@pytest.fixture(autouse=True)
def no_file_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pip reads /etc too."""
    monkeypatch.setattr(
        dry_run, "config_files", lambda *_: (str(tmp_path / "home/.config/pip/pip.conf"),)
    )


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Fill in the settings under which pip would install nothing: no pip is started."""
    names: set[str] = set()

    def tried(env: Environment, python: Interpreter, settings: Mapping[str, Setting]) -> str:
        return "Hashes are required" if names & set(settings) else ""

    monkeypatch.setattr(dry_run, "_tried", tried)
    monkeypatch.setattr(unreadable, "_ask", lambda *_: "")
    return names


@pytest.mark.parametrize("variable", ["PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON"])
def test_a_variable_that_sends_it_elsewhere(
    tmp_path: Path, variable: str, refusing: set[str]
) -> None:
    """It is taken out, and then the same is installed; a program can do both."""
    found = met(*learner(tmp_path, **_set(variable, "/somewhere")))
    assert found is not None
    assert found.code == "pip-installs-elsewhere"
    assert WHAT in found.summary
    assert variable in found.evidence.found
    first, then = found.fixes[0].steps
    assert first == UnsetEnv(variable)
    assert isinstance(then, Run)
    assert found.fixes[0].automatic


def test_user_in_an_environment(tmp_path: Path, refusing: set[str]) -> None:
    """A venv does not see the user site; an environment of conda's does, and finds there what was
    installed.
    """
    found = met(*learner(tmp_path, PIP_USER="1"))
    assert found is not None
    assert found.code == "pip-installs-elsewhere"
    assert met(*learner(tmp_path, PIP_USER="0")) is None
    assert met(*learner(tmp_path, "conda-env", user_site=True, PIP_USER="yes")) is None


@pytest.mark.parametrize("variable", ["PIP_DRY_RUN", "PIP_NO_DEPS"])
def test_a_variable_that_leaves_it_undone(
    tmp_path: Path, variable: str, refusing: set[str]
) -> None:
    found = met(*learner(tmp_path, **_set(variable, "1")))
    assert found is not None
    assert (found.code, found.fixes[0].steps[0]) == ("pip-setting-breaks", UnsetEnv(variable))


def test_what_only_pip_can_tell(tmp_path: Path, refusing: set[str]) -> None:
    """The one setting that a trial shows is named, the others stay."""
    refusing.add("require-hashes")
    found = met(*learner(tmp_path, PIP_REQUIRE_HASHES="1", PIP_NO_BINARY="none", PIP_TIMEOUT="60"))
    assert found is not None
    assert (found.code, found.note) == ("pip-setting-breaks", "Hashes are required")
    assert [step for step in found.fixes[0].steps if isinstance(step, UnsetEnv)] == [
        UnsetEnv("PIP_REQUIRE_HASHES")
    ]


def test_a_constraint_that_forbids_every_version(tmp_path: Path, refusing: set[str]) -> None:
    file = file_at(
        tmp_path / "work/constraints.txt", "# last year's\nseaborn<0.11  # for the robots\n"
    )
    found = met(*learner(tmp_path, PIP_CONSTRAINT=str(file)))
    assert found is not None
    assert (found.code, found.evidence.found) == ("pip-setting-breaks", f"PIP_CONSTRAINT={file}")
    assert met(*learner(tmp_path, PIP_CONSTRAINT=str(file)), "pandas>=1.0") is None


def test_a_file_with_nothing_else_in_it_is_moved_aside(tmp_path: Path, refusing: set[str]) -> None:
    file = file_at(tmp_path / "home/.config/pip/pip.conf", "[install]\ntarget = /somewhere\n")
    found = met(*learner(tmp_path))
    assert found is not None
    assert found.evidence.looked_in == str(file)
    assert found.fixes[0].steps[0] == Rename(str(file), f"{file}.envcheck-backup-1")
    assert found.fixes[0].automatic


def test_a_file_with_something_of_worth_is_left_to_a_person(
    tmp_path: Path, refusing: set[str]
) -> None:
    """The address of an index is not moved away with the line that does harm."""
    file = file_at(
        tmp_path / "home/.config/pip/pip.conf",
        "[global]\nindex-url = https://pypi.example.org/simple\ntarget = /somewhere\n",
    )
    found = met(*learner(tmp_path))
    assert found is not None
    first = found.fixes[0].steps[0]
    assert isinstance(first, Tell)
    assert str(file) in first.text
    assert (found.fixes[0].confidence, found.fixes[0].automatic) == (Confidence.ASK, False)


def test_without_an_index(tmp_path: Path, refusing: set[str]) -> None:
    """With no folder to take from nothing comes; whether a page of links has it, only the network
    could tell.
    """
    found = met(*learner(tmp_path, PIP_NO_INDEX="1"))
    assert found is not None
    assert found.code == "pip-no-index"
    assert (
        met(*learner(tmp_path, PIP_NO_INDEX="1", PIP_FIND_LINKS="https://example.org/wheels"))
        is None
    )


def test_a_fix_in_which_pip_takes_no_part(tmp_path: Path) -> None:
    """conda's and uv's installations, and an environment without pip: nothing is asked."""
    env, _ = learner(tmp_path, PIP_TARGET="/somewhere")
    assert (
        pip_settings.find_blocking_settings(
            env, Fix("by conda", (Run(("conda", "install", "seaborn")),)), WHAT
        )
        is None
    )
    assert met(*learner(tmp_path, pip="", PIP_TARGET="/somewhere")) is None


def test_settings_that_do_no_harm_start_nothing(tmp_path: Path) -> None:
    """A described machine would say so."""
    env, python = learner(
        tmp_path,
        PIP_INDEX_URL="https://pypi.example.org",
        PIP_CACHE_DIR="/cache",
        PIP_FIND_LINKS="/wheels",
    )
    assert met(env, python) is None


def warned(tmp_path: Path, kind: str = "venv", **how: Any) -> list[Diagnosis]:
    env, _ = learner(tmp_path, kind, **how)
    return pip_settings.warnings(env)


@pytest.mark.parametrize(
    ("variable", "code"),
    [
        ("PIP_DRY_RUN", "pip-setting-breaks"),
        ("PIP_NO_DEPS", "pip-setting-breaks"),
        ("PIP_REQUIRE_HASHES", "pip-setting-breaks"),
        ("PIP_REQUIRE_VIRTUALENV", "pip-setting-breaks"),
        ("PIP_USER", "pip-installs-elsewhere"),
        ("PIP_TARGET", "pip-installs-elsewhere"),
    ],
)
def test_nothing_is_missing_yet(
    tmp_path: Path, variable: str, code: str, refusing: set[str]
) -> None:
    """What would keep the next package away is a warning, and its fix installs nothing."""
    refusing.update({"require-hashes", "require-virtualenv"})
    (one,) = warned(tmp_path, **_set(variable, "1"))
    assert (one.code, one.severity) == (code, Severity.WARNING)
    assert one.fixes[0].steps == (UnsetEnv(variable),)


@pytest.mark.parametrize(
    ("kind", "variable"),
    [("installation", "PIP_USER"), ("venv", "PIP_TIMEOUT"), ("venv", "PIP_NO_INDEX")],
)
def test_what_does_no_harm_is_not_warned_of(
    tmp_path: Path, kind: str, variable: str, refusing: set[str]
) -> None:
    """The user's own packages are found by a Python that is no environment; that no index is asked
    is another check's.
    """
    assert warned(tmp_path, kind, **_set(variable, "1")) == []


def test_a_manager_needs_no_pip(tmp_path: Path, refusing: set[str]) -> None:
    assert warned(tmp_path, pip="", PIP_TARGET="/somewhere") == []


def test_constraints_that_are_there_are_not_tried(tmp_path: Path) -> None:
    """They refuse some packages, and nobody knows which come next; a described machine would say
    that pip was started.
    """
    file = file_at(tmp_path / "work/constraints.txt", "numpy<3\n")
    assert warned(tmp_path, PIP_CONSTRAINT=str(file)) == []


def test_constraints_that_are_gone(tmp_path: Path, refusing: set[str]) -> None:
    refusing.add("constraint")
    (one,) = warned(tmp_path, PIP_CONSTRAINT=str(tmp_path / "gone.txt"))
    assert (one.code, one.severity) == ("pip-setting-breaks", Severity.WARNING)
