"""A key of a course file, with where it comes from."""

from __future__ import annotations

from envcheck.adopt.writing.keys import Key


def test_a_key_without_some_of_it() -> None:
    table = Key("env", {"A": '"*"', "B C": '"*"'}, "a.py:1")
    assert table.line == 'env = { A = "*", "B C" = "*" }  # a.py:1'
    assert table.without({"A"}) == Key("env", {"B C": '"*"'}, "a.py:1")
    assert table.without({"A", "B C"}) is None
    assert Key("ports", ("1", "2"), "x").without({"2"}) == Key("ports", ("1",), "x")
    assert Key("conda", '"a"', "x").without({"conda"}) == Key("conda", '"a"', "x")
