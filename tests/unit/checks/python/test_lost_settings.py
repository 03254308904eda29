"""An environment whose pyvenv.cfg no Python can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck import Rename, Run
from envcheck.processes.process import Ending, Finished
from envcheck.target.interpreter import Trouble, Unusable
from envcheck_checks.python import lost_settings


def dead(python: Path) -> Unusable:
    command = (str(python),)
    return Unusable(Trouble.FAILS, command, Finished(command, Ending.EXITED, 1, "", "", 0.1))


def environment(folder: Path, settings: bytes) -> Path:
    """Its python, a link to the one that it was made from."""
    base = folder / "base" / "python3"
    base.parent.mkdir()
    base.touch()
    (folder / "venv" / "bin").mkdir(parents=True)
    (folder / "venv" / "pyvenv.cfg").write_bytes(settings)
    (folder / "venv" / "bin" / "python").symlink_to(base)
    return folder / "venv" / "bin" / "python"


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_it_is_written_anew_by_the_python_below(tmp_path: Path, encoding: str) -> None:
    python = environment(tmp_path, "home = /usr/José/bin\n".encode(encoding))
    diagnosis = lost_settings.unreadable(dead(python))
    assert diagnosis is not None
    aside, anew = diagnosis.fixes[0].steps
    assert isinstance(aside, Rename)
    assert isinstance(anew, Run)
    assert (aside.source, anew.argv[0]) == (
        str(tmp_path / "venv" / "pyvenv.cfg"),
        str(tmp_path / "base" / "python3"),
    )


@pytest.mark.parametrize("settings", [b"", b"home = /usr/bin\n", "home = /José\n".encode()])
def test_a_file_that_can_be_read(tmp_path: Path, settings: bytes) -> None:
    assert lost_settings.unreadable(dead(environment(tmp_path, settings))) is None


def test_no_file_and_no_python_below(tmp_path: Path) -> None:
    python = environment(tmp_path, b"\xff\xfe")
    python.unlink()
    python.touch()  # a copy
    assert lost_settings.unreadable(dead(python)) is None
    (tmp_path / "venv" / "pyvenv.cfg").unlink()
    assert lost_settings.unreadable(dead(python)) is None
