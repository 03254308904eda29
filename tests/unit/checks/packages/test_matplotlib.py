"""matplotlib's files of the learner's, which envcheck's own programs never read: asked for by
matplotlib's rules.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import on

from envcheck.testing import interpreter
from envcheck_checks.packages import matplotlib
from envcheck_checks.packages.matplotlib import unreadable


@pytest.mark.parametrize("folder", ["home/.config/matplotlib", "home/.cache/matplotlib"])
@pytest.mark.parametrize(
    ("version", "code"), [("3.12.4", "matplotlibrc-unreadable"), ("3.13.0", "")]
)
def test_a_folder_that_is_a_link_to_itself(
    folder: str, version: str, code: str, tmp_path: Path
) -> None:
    """`Path.resolve` raises in a loop before Python 3.13, and matplotlib ends with it."""
    link = tmp_path / folder
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(link.name)
    env = on("linux", tmp_path, interpreter(version))
    found = unreadable(env)
    assert (found.code if found else "") == code


def test_a_style_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All styles are read with matplotlib.pyplot; what else lies beside them is not."""
    env = on("linux", tmp_path, interpreter())
    folder = tmp_path / "home/.config/matplotlib/stylelib"
    folder.mkdir(parents=True)
    for name in ("course.mplstyle", "notes.txt"):
        (folder / name).write_text("")
    assert unreadable(env) is None
    monkeypatch.setattr(matplotlib, "read_error", lambda file: "Permission denied")
    diagnosis = unreadable(env)
    assert diagnosis is not None
    assert "settings file course.mplstyle cannot be read" in diagnosis.summary
    assert diagnosis.evidence.looked_in == str(folder / "course.mplstyle")


def test_files_that_do_no_harm(tmp_path: Path) -> None:
    """Nothing, a link that leads nowhere, a folder of that name, a file that can be read."""
    env = on("linux", tmp_path, interpreter())
    folder = tmp_path / "home/.config/matplotlib"
    assert unreadable(env) is None
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.symlink_to(tmp_path / "gone")
    assert unreadable(env) is None
    folder.unlink()
    (folder / "matplotlibrc").mkdir(parents=True)
    assert unreadable(env) is None
    (folder / "matplotlibrc").rmdir()
    (folder / "matplotlibrc").write_text("")
    assert unreadable(env) is None
