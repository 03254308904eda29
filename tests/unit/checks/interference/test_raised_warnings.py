"""Which variable makes an error of a warning."""

from __future__ import annotations

import pytest

from envcheck_checks.interference.raised_warnings import unset_filter


@pytest.mark.parametrize(
    ("filters", "error", "raised"),
    [
        ("error", "DeprecationWarning: old", True),
        ("e", "numpy.exceptions.VisibleDeprecationWarning: old", True),
        ("ignore,error::FutureWarning", "FutureWarning: soon", True),
        ("ignore", "DeprecationWarning: old", False),
        ("", "DeprecationWarning: old", False),
        ("error", "TypeError: a Warning: no", False),
        ("error", "", False),
    ],
)
def test_raised(filters: str, error: str, raised: bool) -> None:
    assert (unset_filter({"PYTHONWARNINGS": filters}, error) is not None) is raised
