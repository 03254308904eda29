"""The alias of a user, however users are called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import text

from envcheck.hub.alias import alias_of
from envcheck.run.alias import chosen


@pytest.mark.parametrize("name", ["anna", "anna@example.org", "<b>anna</b>", "Ännä Müller"])
def test_a_name_is_its_alias(name: str) -> None:
    assert alias_of(name) == name


@given(text(min_size=1, max_size=200), text(min_size=1, max_size=200))
def test_any_name_has_an_alias(name: str, other: str) -> None:
    """One that `--as` takes, and another for another."""
    assert chosen(alias_of(name)) == alias_of(name)
    assert (alias_of(name) == alias_of(other)) == (name == other)
