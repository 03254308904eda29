"""No room in the temporary folder for what is to be installed."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from tests.unit.described_machines import STACK, on, python_at

from envcheck import Diagnosis
from envcheck_checks.pip import no_room


def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_mb: float) -> Diagnosis | None:
    monkeypatch.setattr(psutil, "disk_usage", lambda _: SimpleNamespace(free=free_mb * 1e6))
    python = python_at(tmp_path / "venv", {})
    env = on("linux", tmp_path, python, TMPDIR=str(tmp_path / "tmp"))
    return no_room.diagnose(env, STACK, python, ["numpy>=1.17"], ["numpy"])


@pytest.mark.parametrize(
    ("free_mb", "code"), [(1, "disk-full"), (120, "temporary-folder-full"), (4000, None)]
)
def test_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_mb: float, code: str | None
) -> None:
    found = asked(tmp_path, monkeypatch, free_mb)
    assert (found.code if found else None) == code
    if found is not None:
        assert found.evidence.looked_in == str(tmp_path / "tmp")


def test_a_folder_that_nobody_can_look_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise FileNotFoundError

    python = python_at(tmp_path / "venv", {})
    env = on("linux", tmp_path, python)
    monkeypatch.setattr(psutil, "disk_usage", refuse)
    assert no_room.diagnose(env, STACK, python, ["numpy>=1.17"], ["numpy"]) is None
