"""Where a course's lists and its notebooks do not fit: a module that the newest release does not have."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import notebook, of

from envcheck.adopt.judging.stumbles_of_lists import gone

NO_LONGER = "setuptools 82 and newer do not have it; list `setuptools<82`"


@pytest.mark.parametrize(
    ("listed", "cell", "told"),
    [
        ("numpy", "import pkg_resources", NO_LONGER),
        ("setuptools", "import numpy\nimport pkg_resources", NO_LONGER),
        ("Setuptools>=60", "from pkg_resources import parse_version", NO_LONGER),
        ("setuptools<82", "import pkg_resources", ""),
        ("setuptools==70.1", "import pkg_resources", ""),
        ("numpy", "!pip install setuptools==70\nimport pkg_resources", ""),
        ("numpy", "try:\n    import pkg_resources\nexcept ImportError:\n    pass", ""),
        ("pystan", "import pystan", "pystan 3 and newer do not have it; list `pystan<3`"),
        ("pystan~=2.19", "import pystan", ""),
        ("pystan", "import stan", ""),
    ],
)
def test_a_module_that_newer_releases_do_not_have(
    tmp_path: Path, listed: str, cell: str, told: str
) -> None:
    """The list is fulfilled by the newest, and the notebook ends at its import."""
    files = {
        "requirements.txt": f"{listed}\n",
        "a.ipynb": notebook(cell),
        "b.ipynb": notebook(cell),
    }
    stones = [stone.text for stone in gone(of(tmp_path, files))]
    assert [stone.partition(", and ")[2] for stone in stones] == ([told] if told else [])
