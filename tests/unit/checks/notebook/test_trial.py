"""A server that is tried again: what is told of it, and what cannot be told."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.unit.described_machines import on

from envcheck_checks.jupyter.check import LaunchWay
from envcheck_checks.notebook import exercise, server, trial
from envcheck_checks.notebook.no_answer import no_answer

WAY = LaunchWay("notebook", ("python", "-m", "notebook"), "jupyter notebook")


@pytest.mark.parametrize("step", ["exercise_server", "shut_down"])
@pytest.mark.parametrize(
    ("error", "told"),
    [(None, True), (TimeoutError(), None), (ConnectionResetError(), False)],
    ids=["works", "late", "fails"],
)
def test_what_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    error: Exception | None,
    told: bool | None,
) -> None:
    """What was waited for in vain tells nothing: the next trial may run beside it."""

    def does(*_: object) -> None:
        if error is not None:
            raise no_answer("serve the page", error)

    tried = SimpleNamespace(
        wait_up=lambda _: True, running=SimpleNamespace(end=lambda: None, code=None)
    )
    monkeypatch.setattr(server, "start", lambda *_: tried)
    for name in ("exercise_server", "shut_down"):
        monkeypatch.setattr(exercise, name, does if name == step else lambda *_: None)
    assert trial.works_without(on("linux", tmp_path), WAY, []) is told
