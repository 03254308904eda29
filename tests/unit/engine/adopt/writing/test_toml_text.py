"""What others have written stands in TOML as it is."""

from __future__ import annotations

import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from envcheck.adopt.writing.toml_text import listed, plain, quoted, quoted_key

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(name=TEXTS, value=TEXTS)
def test_any_text(name: str, value: str) -> None:
    line = f"{quoted_key(name)} = {listed([value])}  # {plain(value)}"
    assert tomlkit.parse(line).unwrap() == {name: [value]}


def test_how_it_looks() -> None:
    assert quoted('a "b"\\c\n') == '"a \\"b\\"\\\\c\\U0000000a"'
    assert [*map(quoted_key, ("java", "spark-submit", "g++"))] == ["java", "spark-submit", '"g++"']
    assert plain("b\nö\U0001f600") == "b?ö?"
