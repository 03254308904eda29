"""The name that a learner chooses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.errors import UsageProblem
from envcheck.privacy import Scrubber
from envcheck.run.alias import LONGEST, Alias, chosen
from envcheck.run.scrub import scrubbed


@pytest.mark.parametrize("text", ["", "   ", "x" * 65, "a\x1b[31m", "a\u202eb"])
def test_what_is_no_name(text: str) -> None:
    with pytest.raises(UsageProblem, match="--as"):
        chosen(text)


def test_it_is_one_line() -> None:
    assert chosen("  Anna \t Müller\n") == "Anna Müller"


@given(st.text(max_size=80))
def test_any_text_is_a_name_or_a_reason(text: str) -> None:
    try:
        alias = chosen(text)
    except UsageProblem:
        return
    assert 0 < len(alias) <= LONGEST
    assert alias == " ".join(alias.split())


def test_the_scrubber_leaves_it_alone_and_nothing_else() -> None:
    """A learner may choose the very name that they have on their machine."""
    scrubber = Scrubber(home="/home/anna", user="anna", host="desk")
    shown = scrubbed((Alias("anna"), "/home/anna/ml", "/srv/anna/ml"), scrubber)
    assert shown == ("anna", "~/ml", "/srv/USER/ml")
