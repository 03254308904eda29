"""What is said of Jupyter's pages where the one that opens works."""

from __future__ import annotations

from pathlib import Path

from tests.unit.checks.notebook.launching.test_judge import WAY, learner, server

from envcheck_checks.notebook.launching.exercise import ServerProof
from envcheck_checks.notebook.launching.page_warnings import warnings


def test_each_is_said(tmp_path: Path) -> None:
    """In their order; nothing where all works."""
    env = learner(tmp_path)
    assert warnings(env, WAY, server(), ServerProof(1, "", "")) == []
    proof = ServerProof(
        1, "", "", as_text="Editor", dead_address="https://hub.invalid: no such name"
    )
    codes = [warning.code for warning in warnings(env, WAY, server(), proof)]
    assert codes == ["jupyter-prints-dead-address", "notebooks-open-as-text"]
