"""What lies in Jupyter's own folders: read where it is there, and no fault where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import file_at, on
from tests.unit.plain_user import as_plain_user

from envcheck import Diagnosis, Rename
from envcheck.testing import described, interpreter
from envcheck_checks.notebook.folders.folder_contents import diagnose_contents, writes_settings

FILES = [
    ("runtime", "jupyter_cookie_secret"),
    ("data", "notebook_secret"),
    ("configuration", "migrated"),
]


def diagnosed(folder: Path, name: str) -> Diagnosis | None:
    with as_plain_user():
        home = {"HOME": str(folder.parent)}
        return diagnose_contents(described(variables=home, python=interpreter()), folder, name)


@pytest.mark.parametrize(("name", "file"), FILES)
def test_a_file_that_may_not_be_read(open_folder: Path, name: str, file: str) -> None:
    """It is moved aside: Jupyter makes a new one only where there is none."""
    secret = file_at(open_folder / file)
    secret.chmod(0)
    diagnosis = diagnosed(open_folder, name)
    assert diagnosis is not None
    assert diagnosis.code == "jupyter-file-unreadable"
    assert file in diagnosis.summary
    (step,) = diagnosis.fixes[0].steps
    assert isinstance(step, Rename)
    assert step.source == str(secret)


@pytest.mark.parametrize(("name", "file"), FILES)
def test_a_file_that_may_be_read_or_is_not_there(open_folder: Path, name: str, file: str) -> None:
    assert diagnosed(open_folder, name) is None
    file_at(open_folder / file).chmod(0o666)
    file_at(open_folder / "nbsignatures.db").chmod(0o666)
    assert diagnosed(open_folder, name) is None


@pytest.mark.parametrize("mode", [0o444, 0o400, 0o000])
def test_signatures_that_may_not_be_written(open_folder: Path, mode: int) -> None:
    """No notebook can be saved; a new list is made where there is none."""
    signatures = file_at(open_folder / "nbsignatures.db")
    signatures.chmod(mode)
    diagnosis = diagnosed(open_folder, "data")
    assert diagnosis is not None
    assert diagnosis.summary == (
        "a file in Jupyter's data folder cannot be written (Permission denied): nbsignatures.db"
    )
    (step,) = diagnosis.fixes[0].steps
    assert isinstance(step, Rename)
    signatures.unlink()
    signatures.mkdir()  # Jupyter does without
    assert diagnosed(open_folder, "data") is None


def test_a_dead_link_is_no_cookie_secret(open_folder: Path) -> None:
    """Jupyter makes the file behind it."""
    (open_folder / "jupyter_cookie_secret").symlink_to(open_folder / "gone")
    assert diagnosed(open_folder, "runtime") is None


def test_a_closed_folder_of_kernels(open_folder: Path) -> None:
    """Jupyter's pages would find no kernel."""
    kernels = open_folder / "kernels"
    kernels.mkdir()
    assert diagnosed(open_folder, "data") is None
    kernels.chmod(0)
    diagnosis = diagnosed(open_folder, "data")
    kernels.chmod(0o755)
    assert diagnosis is not None
    assert diagnosis.code == "jupyter-file-unreadable"
    assert diagnosis.evidence.looked_in == str(kernels)


@pytest.mark.parametrize(
    ("migrated", "ipython", "writes"),
    [(True, True, False), (False, True, True), (False, False, False)],
)
def test_when_jupyter_moves_settings_as_it_starts(
    tmp_path: Path, migrated: bool, ipython: bool, writes: bool
) -> None:
    """Where IPython was used and Jupyter never was."""
    env = on("linux", tmp_path)
    config = tmp_path / "home/.jupyter"
    if migrated:
        file_at(config / "migrated")
    if ipython:
        file_at(tmp_path / "home/.ipython/profile_default/startup/README")
    assert writes_settings(env, config) is writes
