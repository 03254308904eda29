"""The page that does not open by itself warns, and what leads it astray is found by trial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.described_machines import on, python_at

from envcheck import Diagnosis, Environment, Severity, UnsetEnv
from envcheck_checks.interference.trials import Removed, variables_of
from envcheck_checks.jupyter.check import LaunchWay
from envcheck_checks.jupyter.config_files import config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook.launching import other_page
from envcheck_checks.notebook.server.learners_server import Server

WAY = LaunchWay("notebook", ("python", "-m", "notebook"), "jupyter notebook")
TROUBLE = "/lab: status 500 for /lab"
LOG = "Traceback (most recent call last):\nValueError: Unknown scheme for proxy URL"
PROXY = "socks://127.0.0.1:7891/"


def learner(tmp_path: Path, variables: Mapping[str, str] | None = None) -> Environment:
    facts: dict[Any, object] = {learners_jupyter: LearnersJupyter({}, None), config_files: ()}
    more = variables or {}
    return on("linux", tmp_path, facts=facts, **more)  # type: ignore[arg-type]  # names of variables


def warnings(env: Environment, trouble: str = TROUBLE) -> list[Diagnosis]:
    running = SimpleNamespace(settled_log=lambda: LOG)
    return other_page.warnings(env, WAY, Server(cast(Any, running), Path(), Path()), trouble)


def works_only_without(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """The page works where all of these variables are away."""

    def tried(_env: object, _way: object, _end: float, removed: Sequence[Removed]) -> bool:
        return {*names} <= variables_of(removed).keys()

    monkeypatch.setattr(other_page, "other_page_works_without", tried)


def test_nothing_is_said_of_a_page_that_works(tmp_path: Path) -> None:
    assert warnings(learner(tmp_path), "") == []


def test_a_page_that_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    works_only_without(monkeypatch, "NONE_OF_THEIRS")
    (warning,) = warnings(learner(tmp_path))
    assert (warning.code, "/lab" in warning.summary) == ("other-page-broken", True)
    assert warning.evidence.found is not None
    assert warning.evidence.found.startswith("status 500 for /lab ValueError: Unknown scheme")
    assert not any(fix.automatic for fix in warning.fixes)


@pytest.mark.parametrize(
    "variables",
    [
        {"JUPYTERLAB_DIR": "/old"},
        {"ALL_PROXY": PROXY},
        {"ALL_PROXY": PROXY, "all_proxy": PROXY},
        {"HTTPS_PROXY": "ftp://old", "https_proxy": "ftp://old"},
    ],
    ids=" ".join,
)
def test_a_setting_without_which_it_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    """Of any name, and in both its spellings: all of them are then to be taken away."""
    works_only_without(monkeypatch, *variables)
    (warning,) = warnings(learner(tmp_path, variables))
    assert (warning.code, warning.severity) == ("other-page-broken", Severity.WARNING)
    (fix,) = warning.fixes
    assert fix.steps == tuple(UnsetEnv(name) for name in sorted(variables))
    assert fix.automatic
    assert all(name in warning.summary for name in variables)


def test_a_package_that_jupyterlab_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its absence is the cause, and what to install the fix; it stays a warning."""
    works_only_without(monkeypatch, "NONE_OF_THEIRS")
    python = python_at(tmp_path / "venv", {"jupyterlab": "4.6"}, kind="venv")
    rows = tuple(replace(row, requires=("async-lru>=1",)) for row in python.distributions)
    facts: dict[Any, object] = {learners_jupyter: LearnersJupyter({}, None), config_files: ()}
    env = on("linux", tmp_path, replace(python, distributions=rows), facts=facts)
    (warning,) = warnings(env)
    assert (warning.code, warning.severity) == ("other-page-broken", Severity.WARNING)
    assert warning.fixes[0].automatic
    assert "/lab" in warning.summary
