"""A folder in which there is no package, of something that is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.described_machines import WHOLE, file_at, on, python_at

from envcheck_checks.installed import left_over

SAYS = "AttributeError: module 'pyarrow' has no attribute '__version__'"


def judged(tmp_path: Path, output: str, packages: dict[str, str] = WHOLE) -> list[tuple[str, bool]]:
    env = on("linux", tmp_path, python_at(tmp_path / "venv", packages))
    told = left_over.diagnose(env, output, "pandas cannot be imported")
    return [(told.evidence.looked_in, told.fixes[0].automatic)] if told is not None else []


@pytest.mark.parametrize(
    "output",
    [
        SAYS,
        "ImportError: cannot import name 'lib' from 'pyarrow' (unknown location)",
        "ModuleNotFoundError: No module named 'pyarrow.lib'",
        "ImportError: Can't determine version for pyarrow",
    ],
)
def test_in_all_words(tmp_path: Path, output: str) -> None:
    assert judged(tmp_path, output) == []
    file_at(tmp_path / "venv/site/pyarrow/include/api.h")
    assert judged(tmp_path, output) == [(str(tmp_path / "venv/site/pyarrow"), True)]
    assert judged(tmp_path, "ValueError: 'pyarrow'") == []


def test_a_package_is_not_left_over(tmp_path: Path) -> None:
    """One that has something in it, one of something that is installed, one that somebody lists."""
    file_at(tmp_path / "venv/site/pyarrow/api.h")
    assert judged(tmp_path, SAYS, {**WHOLE, "pyarrow": "15.0"}) == []
    file_at(tmp_path / "venv/site/seaborn-0.13.2.dist-info/RECORD", "pyarrow/api.h,,\n")
    assert judged(tmp_path, SAYS, {**WHOLE, "seaborn": "0.13.2"}) == []
    (tmp_path / "venv/site/seaborn-0.13.2.dist-info/RECORD").unlink()
    assert judged(tmp_path, SAYS) != []
    file_at(tmp_path / "venv/site/pyarrow/__init__.py")
    assert judged(tmp_path, SAYS) == []


def test_modules_in_it_may_be_somebodys(tmp_path: Path) -> None:
    """Who keeps no list of files: a person decides."""
    file_at(tmp_path / "venv/site/pyarrow/tools/x.py")
    assert [automatic for _, automatic in judged(tmp_path, SAYS)] == [False]


def test_a_folder_into_which_nobody_may_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not seen is not moved."""
    file_at(tmp_path / "venv/site/pyarrow/api.h")
    monkeypatch.setattr(Path, "iterdir", refused)
    assert judged(tmp_path, SAYS) == []


def refused(place: Path) -> Iterator[Path]:
    raise PermissionError(13, "Permission denied", str(place))
