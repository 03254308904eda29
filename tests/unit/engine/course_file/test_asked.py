"""For which systems a chapter, and one check of it, is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.course_file.asked import Only, systems_for, systems_of_any

SYSTEMS = st.lists(st.sampled_from(["windows", "macos", "linux"]), min_size=1, unique=True)
ROWS = st.builds(Only, SYSTEMS.map(tuple), st.lists(st.sampled_from("ab"), unique=True).map(tuple))


@pytest.mark.parametrize(
    ("only", "systems"),
    [
        ([], set()),
        ([Only(("windows",))], {"windows"}),
        ([Only(("windows",)), Only(("linux",))], {"linux"}),
        ([Only(("windows",), ("a",))], set()),
        ([Only(("windows",)), Only(("linux",), ("a",))], {"windows", "linux"}),
    ],
)
def test_any_check_of_a_chapter(only: list[Only], systems: set[str]) -> None:
    assert {*systems_of_any(only)} == systems


@given(st.lists(ROWS, max_size=4), st.sampled_from(["a", "b", "other"]))
def test_no_system_of_a_check_is_missing(only: list[Only], check: str) -> None:
    """A chapter is left out only where each of its checks would be."""
    if every := systems_of_any(only):
        assert {*systems_for(only, check)} <= {*every}
