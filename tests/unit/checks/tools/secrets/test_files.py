"""Files for secrets: by their names, and by who may read them."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from envcheck.environment import Environment
from envcheck.model import Run
from envcheck.testing import described, fails, passes, skips
from envcheck_checks.tools.secrets.codes import SECRET_FILE_OPEN
from envcheck_checks.tools.secrets.files import below, is_secret, secret_files

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")


def learner(tmp_path: Path) -> Environment:
    """A course folder beside an empty home."""
    course, home = tmp_path / "course", tmp_path / "home"
    course.mkdir()
    home.mkdir()
    return described(
        folder=course, scratch=tmp_path / "scratch", variables={"HOME": str(home), "PATH": ""}
    )


@pytest.mark.parametrize(
    ("name", "secret"),
    [(".env", True), ("conf/.env", True), (".env.example", False), ("notes.txt", False)],
)
def test_a_file_for_secrets_is_known_by_its_name(name: str, secret: bool) -> None:
    """An example with empty values is none."""
    assert is_secret(name) is secret


@posix
def test_a_file_that_others_may_read_is_closed_by_a_command(tmp_path: Path) -> None:
    """The learner's own file: `chmod 600` is a step that --fix can carry out."""
    env = learner(tmp_path)
    file = env.folder / ".env"
    file.write_text("A=1\n")
    file.chmod(0o644)
    diagnosis = fails(secret_files(), env, SECRET_FILE_OPEN)
    assert diagnosis.evidence.found == f"{file}: mode 644"
    assert diagnosis.fixes[0].steps == (Run(("chmod", "600", str(file))),)
    file.chmod(0o600)
    assert "1 of 1 files for secrets" in passes(secret_files(), env).summary


@posix
def test_a_windows_disk_in_wsl_is_skipped(tmp_path: Path) -> None:
    """Its rights are in lists that are not read here."""
    env = described(
        folder=Path("/mnt/c/ml"),
        scratch=tmp_path,
        variables={"WSL_DISTRO_NAME": "Ubuntu", "HOME": str(tmp_path)},
    )
    assert "Windows disk" in skips(secret_files(), env)


def test_environments_are_left_out(tmp_path: Path) -> None:
    """What lies in a virtual environment is not the learner's own."""
    for folder in (tmp_path / "mine", tmp_path / "venv"):
        folder.mkdir()
        (folder / ".env").touch()
    (tmp_path / "venv" / "pyvenv.cfg").touch()
    assert list(below(tmp_path, time.monotonic() + 10)) == [tmp_path / "mine" / ".env"]
    assert list(below(tmp_path, time.monotonic() - 1)) == []
