"""Parts of the standard library: some end the chapter, some are missed by a few files only."""

from __future__ import annotations

from dataclasses import replace

from envcheck.testing import interpreter
from envcheck_checks.python.gaps import find_gap, warn_of_optional_gaps


def test_what_is_needed_and_what_is_only_good_to_have() -> None:
    whole = interpreter()
    assert find_gap(whole) is None
    assert warn_of_optional_gaps(whole) == []
    without_ssl = find_gap(replace(whole, gaps={"_ssl": "No module named '_ssl'"}))
    assert without_ssl is not None
    assert without_ssl.code == "python-standard-library-gap"
    without_lzma = replace(whole, gaps={"_lzma": "No module named '_lzma'"})
    assert find_gap(without_lzma) is None
    assert [one.code for one in warn_of_optional_gaps(without_lzma)] == ["python-optional-gap"]
