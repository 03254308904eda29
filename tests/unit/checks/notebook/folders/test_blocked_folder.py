"""Something else stands where a folder of Jupyter's belongs: what is moved, what is unset, and what
a person decides.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import file_at, on

from envcheck import Confidence, Rename, UnsetEnv
from envcheck_checks.notebook.folders.blocked_folder import diagnose_blocked, variable_naming


def test_a_folder_or_nothing_is_fine(tmp_path: Path) -> None:
    env = on("linux", tmp_path)
    folder = tmp_path / "home/.local/share/jupyter"
    assert diagnose_blocked(env, folder, "data") is None
    folder.mkdir(parents=True)
    assert diagnose_blocked(env, folder, "data") is None


@pytest.mark.parametrize(
    ("place", "confidence"),
    [(".local/share/jupyter", Confidence.SURE), (".local/share", Confidence.ASK)],
)
def test_a_file_in_its_place(tmp_path: Path, place: str, confidence: Confidence) -> None:
    """Jupyter's own name is moved aside; what lies above it is other programs' too."""
    env = on("linux", tmp_path)
    file = file_at(tmp_path / "home" / place)
    diagnosis = diagnose_blocked(env, tmp_path / "home/.local/share/jupyter", "data")
    assert diagnosis is not None
    assert diagnosis.code == "jupyter-folder-blocked"
    (fix,) = diagnosis.fixes
    assert fix.confidence is confidence
    (step,) = fix.steps
    assert isinstance(step, Rename)
    assert step.source == str(file)


def test_a_link_to_a_disk_that_is_gone(tmp_path: Path) -> None:
    """It may only wait for its disk: a person decides."""
    env = on("linux", tmp_path)
    folder = tmp_path / "home/.jupyter"
    folder.symlink_to("/media/ada/disk/.jupyter")
    diagnosis = diagnose_blocked(env, folder, "configuration")
    assert diagnosis is not None
    assert diagnosis.fixes[0].confidence is Confidence.ASK


def test_a_variable_that_names_a_file(tmp_path: Path) -> None:
    file = file_at(tmp_path / "notes.txt")
    env = on("linux", tmp_path, JUPYTER_DATA_DIR=str(file))
    diagnosis = diagnose_blocked(env, file, "data")
    assert diagnosis is not None
    assert diagnosis.fixes[0].steps == (UnsetEnv("JUPYTER_DATA_DIR"),)


def test_which_variable_put_it_there(tmp_path: Path) -> None:
    """The folder itself, or one above it; a folder beside it is no answer."""
    env = on("linux", tmp_path, XDG_DATA_HOME=str(tmp_path / "data"))
    assert variable_naming(env, tmp_path / "data/jupyter") == "XDG_DATA_HOME"
    assert variable_naming(env, tmp_path / "data2/jupyter") == ""
