"""Which program a kernelspec's first word starts."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import command_at, on, python_at

from envcheck_checks.jupyter.facts import started_by


@pytest.mark.parametrize(
    ("word", "path", "started"),
    [
        ("python", "", "{python}"),
        ("python3.12", "", "{python}"),
        ("python3.9", "", "{folder}/bin/python3.9"),  # on the learner's PATH
        ("wrapper", "{folder}/own:$PATH", "{folder}/own/wrapper"),  # on the spec's
        ("wrapper", "", "wrapper"),  # nowhere
        ("/opt/gone/python", "", "/opt/gone/python"),
    ],
)
def test_what_is_started(tmp_path: Path, word: str, path: str, started: str) -> None:
    command_at(tmp_path / "bin" / "python3.9")
    command_at(tmp_path / "own" / "wrapper")
    python = python_at(tmp_path / "venv")
    known = {"folder": tmp_path, "python": python.executable}
    env = on("linux", tmp_path, python)
    assert started_by(env, python, word, path.format(**known)) == started.format(**known)
