"""A version that the course has left behind is drift; what an author decided beside it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.adopt.small_courses import notebook
from tests.unit.engine.adopt.writing.test_questions import changed_files

from envcheck.adopt.writing.moved import moved
from envcheck.versions import requirement

SPECIFIERS = ["", "==1.5", "==2.0", "==2.*", ">=1.5", ">=2.0", "~=2.0", "<2", "<3", "!=2.0"]
SPECIFIERS += [">=1.5,<3", ">=2.0,!=2.1", ">1", "===2.0", ">=1.5,<2"]


@pytest.mark.parametrize(
    ("row", "now", "new"),
    [
        ("pandas>=1.5", "pandas>=2.0", "pandas>=2.0"),
        ("pandas == 1.5", "pandas==2.0", "pandas ==2.0"),
        ("Pandas[excel]>=1.5", "pandas>=2.0", "Pandas[excel]>=2.0"),
        ("pandas>=1.5,<3", "pandas>=2.0", "pandas>=2.0,<3"),
        ("pandas<2", "pandas>=2.0", "pandas>=2.0"),
        ("pandas<2", "pandas==2.0", "pandas==2.0"),
        ("pandas>=2.2", "pandas>=2.0", ""),  # stricter
        ("pandas>=1.5", "pandas==2.0", ""),  # the author lets more in than a cell installs
        ("pandas<3", "pandas>=2.0", ""),
        ("pandas", "pandas>=2.0", ""),
        ("pandas>=1.5", "pandas", ""),
        ("pandas>=1.5; python_version > '3'", "pandas>=2.0", ""),
        ("pandas @ https://example.org/pandas.whl", "pandas>=2.0", ""),
        ("pandas>=2.0,!=2.1", "pandas>=2.0", ""),
    ],
)
def test_what_moved(row: str, now: str, new: str) -> None:
    assert moved(row, now) == new


@given(st.sampled_from(SPECIFIERS), st.sampled_from(SPECIFIERS))
def test_once_is_enough(have: str, now: str) -> None:
    """What is written is what a list may have, and stays: no course drifts for ever."""
    new = moved(f"pandas{have}", f"pandas{now}")
    assert not new or requirement(new, {}) is not None
    assert not moved(new or f"pandas{have}", f"pandas{now}")


def changed(root: Path, written: str, *cells: str) -> str:
    """What --yes makes of the file; --check has told it, and tells nothing after it."""
    files = {f"ch{at}/a.ipynb": notebook(cell) for at, cell in enumerate(cells, 1)}
    return changed_files(root, written, files)


TWO = 'course = "x"\nROW\n[chapter.ch1]\nfolder = "ch1"\n\n[chapter.ch2]\nfolder = "ch2"\n'
OLD = "%pip install seaborn==0.12\nimport seaborn"
NEW = "%pip install seaborn==0.13\nimport seaborn"


def test_a_cell_that_installs_another(tmp_path: Path) -> None:
    written = TWO.replace("ROW", 'packages = ["seaborn==0.12"]  # as Ann says\n')
    assert changed(tmp_path, written, NEW, NEW) == written.replace("0.12", "0.13")


def test_in_a_chapter(tmp_path: Path) -> None:
    """Its own; the other chapter's is another one."""
    row = 'packages = [\n  "seaborn==0.12",  # small\n]'
    written = TWO.replace("ROW", "").replace('"ch1"\n', f'"ch1"\n{row}\n')
    written += 'packages = ["seaborn==0.12"]\n'
    new = written.replace("0.12", "0.13", 1)
    assert changed(tmp_path, written, NEW, OLD) == new


@pytest.mark.parametrize(
    "row", ['packages = ["seaborn"]', 'packages = ["seaborn>=0.12"]', 'packages = ["seaborn==0.12"]\n# left out: seaborn']
)  # fmt: skip
def test_what_an_author_decided(tmp_path: Path, row: str) -> None:
    written = TWO.replace("ROW", f"{row}\n")
    assert changed(tmp_path, written, NEW, NEW) == written


def test_chapters_that_say_different_things(tmp_path: Path) -> None:
    """No version is written for both."""
    written = TWO.replace("ROW", 'packages = ["seaborn==0.12"]\n')
    assert changed(tmp_path, written, OLD, NEW) == written
