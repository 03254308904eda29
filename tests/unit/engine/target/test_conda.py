"""conda's environments wherever they are kept, and what its own notes say."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import command_at, file_at

from envcheck.target import conda
from envcheck.target.conda_packages import distributions


def made(place: Path) -> Path:
    file_at(place / "conda-meta" / "history")
    return place


def test_environments_wherever_they_are(tmp_path: Path) -> None:
    """Beside conda, below the home, in folders that settings and variables name, and in conda's own
    list; each once.
    """
    home = tmp_path / "home"
    root = made(tmp_path / "opt" / "conda")
    expected = [
        root,
        made(root / "envs" / "one"),
        made(home / "miniforge3"),
        made(home / ".conda" / "envs" / "two"),
        made(tmp_path / "by-variable" / "three"),
        made(home / "courses" / "four"),
        made(tmp_path / "by-setting" / "five"),
        made(tmp_path / "six"),
    ]
    file_at(
        home / ".condarc",
        f"channels:\n  - conda-forge\nenvs_dirs:\n  - ~/courses\n  - '{tmp_path}/by-setting'\nssl_verify: true\n",
    )
    file_at(home / ".conda" / "environments.txt", f"{tmp_path}/six\n{root}/envs/one\n/gone\n")
    variables = {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "CONDA_EXE": str(command_at(root / "bin" / "conda")),
        "CONDA_ENVS_DIRS": str(tmp_path / "by-variable"),
    }
    assert sorted(conda.environments(variables)) == sorted(expected)
    (tmp_path / "link").symlink_to(root)
    assert len(conda.environments(variables, str(tmp_path / "link"))) == len(expected)


def test_nothing_of_conda(tmp_path: Path) -> None:
    assert conda.environments({"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}) == []
    assert not [*conda.records(tmp_path), *map(str, conda.cut_records(tmp_path))]
    assert conda.channels(tmp_path) == []
    assert conda.base_of({"PATH": "/nowhere"}, str(tmp_path)) is None


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ('{"name": "numpy"}\n', False),
        ("{}", False),
        ("", True),
        ('{"name": "num', True),
        ("\0" * 80, True),
    ],
)
def test_notes_that_end_before_their_end(text: str, cut: bool, tmp_path: Path) -> None:
    """A disk that was full leaves them; what the file's name says is still known."""
    file = file_at(tmp_path / "conda-meta" / "python-dateutil-2.9.0-py_0.json", text)
    file_at(tmp_path / "conda-meta" / "pinned", "")
    assert conda.cut_records(tmp_path) == ([file] if cut else [])
    assert conda.records(tmp_path) == [conda.Record("python-dateutil", "2.9.0", "py_0")]


def test_versions_without_starting_anything(tmp_path: Path) -> None:
    site = tmp_path / "lib" / "python3.12" / "site-packages"
    for name in ("numpy-2.0.0.dist-info", "Jupyter_Client-8.6.dist-info", "broken.dist-info"):
        (site / name).mkdir(parents=True)
    assert distributions(tmp_path) == {"numpy": "2.0.0", "jupyter-client": "8.6"}
