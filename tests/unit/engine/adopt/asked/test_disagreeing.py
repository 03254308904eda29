"""Two files that disagree, of whichever kind they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.adopt.small_courses import notebook, of

from envcheck.adopt.asked.alternatives import Listing
from envcheck.adopt.asked.disagreeing import disagreements
from envcheck.adopt.judging.stumbling import stumbles
from envcheck.declared.declared import Declared


def disagree(*requirements: str) -> list[tuple[str, str]]:
    rows = [
        Declared(text, "a.txt", line, on_index=True) for line, text in enumerate(requirements, 1)
    ]
    return [(row.here.text, row.other.text) for row in disagreements([Listing("a.txt", (*rows,))])]


@pytest.mark.parametrize(
    ("first", "then", "is_one"),
    [
        ("numpy==1.20", "numpy>=2", True),
        ("numpy>=2", "NumPy==1.20", True),
        ("numpy==2.2.*", "numpy>=2.3", True),
        ("numpy==2.2.*", "numpy<2.2", True),
        ("numpy==1.20", "numpy==1.21", True),
        ("numpy==1.20", "numpy!=1.20", True),
        ("numpy==1.20", "numpy==1.20.0", False),
        ("numpy==2.2.*", "numpy>2.2.3,<2.2.5", False),
        ("numpy==2.2.*", "numpy~=2.2.3", False),
        ("numpy==2.*", "numpy==2.2.6", False),
        ("numpy>=2", "numpy<1", False),
        ("numpy==1.20", "numpy", False),
        ("numpy==1.20", "pandas==2", False),
        ("numpy==1.20; python_version < '3.9'", "numpy>=2", False),
    ],
)  # fmt: skip
def test_of_packages(first: str, then: str, is_one: bool) -> None:
    assert bool(disagree(first, then)) is is_one
    assert bool(disagree(then, first)) is is_one


VERSIONS = st.sampled_from(["==1.2", "==1.2.*", "===1.2", ">=1.3", "<1", "~=1.2", "!=1.2", "==x", ">=1,<3", "== 1.2.0a1"])  # fmt: skip


@given(VERSIONS, VERSIONS)
def test_in_any_order(first: str, then: str) -> None:
    assert bool(disagree(f"a{first}", f"a{then}")) is bool(disagree(f"a{then}", f"a{first}"))


def test_four_pythons(tmp_path: Path) -> None:
    """Each is told, and the one that is past its end; those that another list stands for too."""
    files = {
        "a.ipynb": notebook("import numpy"),
        ".binder/runtime.txt": "python-3.10\n",
        "environment.yml": "dependencies:\n  - python=3.11\n  - numpy==1.20\n",
        ".python-version": "3.13\n",
        "pyproject.toml": "[project]\nname = 'c'\nrequires-python = '<3.10'\ndependencies = ['numpy']\n",
        "requirements.txt": "numpy>=2\n",
    }
    told = [str(stone) for stone in stumbles(of(tmp_path, files), date(2026, 11, 30))]
    python = [row for row in told if "python" in row.partition("  ")[2]]
    assert len([row for row in python if "here, and `python" in row]) == 3, told
    assert sum("`numpy" in row and "here, and `numpy" in row for row in told) == 1, told
    assert [row for row in told if "3.10 is pinned here; its last day was 2026-10-31" in row], told
