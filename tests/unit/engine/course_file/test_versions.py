"""Versions in a course file: what is taken means to PEP 440 what it means to a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.course_file.kinds import Wrong
from envcheck.course_file.versions import Versions
from envcheck.versions import allows

NUMBERS = st.lists(st.integers(0, 30), min_size=1, max_size=3).map(lambda n: ".".join(map(str, n)))
SIGNS = st.sampled_from(["==", "===", "!=", "<=", ">", ">=", "<", "~="])


@given(SIGNS, NUMBERS, st.booleans())
def test_a_version_and_its_first_repair_are_taken_alike(
    sign: str, number: str, of_command: bool
) -> None:
    """3.11 and 3.11.1 are one to who writes `3.11`: both are taken, or none, or it is refused."""
    text = f"{sign}{number}"
    try:
        taken = Versions(any_version=of_command).read(text, ())
    except Wrong:
        return
    if number.count(".") < (1 if of_command else 2):
        assert allows(taken, f"{number}.0.0") is allows(taken, f"{number}.1")


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("==3.11", "==3.11.*"),
        ("===3.11", "==3.11.*"),
        ("!=3.11", "!=3.11.*"),
        ("<=3.11", "<3.12"),
        (">=3.9,<=3.11", ">=3.9,<3.12"),
        (">3.11", ">=3.12"),
    ],
)
def test_what_is_refused_has_a_proposal(text: str, proposed: str) -> None:
    with pytest.raises(Wrong, match="did you mean") as refused:
        Versions().read(text, ())
    assert refused.value.reason.endswith(f'; did you mean "{proposed}"?')


@pytest.mark.parametrize("text", ["==3.11.4", "==3.11.*", ">=3.10,<4", "~=3.11", "!=3.9.7"])
def test_what_is_taken(text: str) -> None:
    assert Versions().read(text, ()) == text


def test_a_command_may_have_versions_of_two_numbers() -> None:
    assert Versions(any_version=True).read("==4.3", ()) == "==4.3"
