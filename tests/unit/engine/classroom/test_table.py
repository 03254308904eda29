"""The separator, the encoding and the heading of a table, whatever stands above it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.classroom.table import SEPARATORS, fold, read_table
from envcheck.errors import UsageProblem

KNOWN = {"vorname", "nachname", "email", "name"}
ROWS = (("Vorname", "Nachname", "Email"), ("Anna", "Müller", "a@x.org"), ("Bo", "Ek", "b@x.org"))


def written(folder: Path, text: str, encoding: str = "utf-8") -> str:
    file = folder / "any.csv"
    file.write_bytes(text.encode(encoding))
    return str(file)


@given(
    st.sampled_from(SEPARATORS),
    st.lists(st.text("ab, ;\t:3", max_size=40), max_size=3),
    st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")),
)
def test_a_title_of_any_signs_stands_above_any_table(
    own_folder: Path, separator: str, titles: list[str], encoding: str
) -> None:
    text = "".join(f"{line}\n" for line in [*titles, *map(separator.join, ROWS)])
    table = read_table(written(own_folder, text, encoding), KNOWN)
    assert table.heading == [fold(name) for name in ROWS[0]]
    assert [tuple(row) for row in table.rows[table.start + 1 :]] == [*ROWS[1:]]


def test_a_title_with_a_known_word_is_no_heading(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "Name,WS 2026\nVorname;Nachname\nAnna;Müller\n"), KNOWN)
    assert table.rows[table.start + 1 :] == [["Anna", "Müller"]]


def test_one_column_of_names_with_commas(tmp_path: Path) -> None:
    """It is as wide as its heading."""
    table = read_table(written(tmp_path, "Name\nMüller, Anna\nEk, Bo\n"), KNOWN)
    assert table.rows[1] == ["Müller, Anna"]


def test_what_has_no_column_that_we_know(tmp_path: Path) -> None:
    """Also where another sign than its own would make it a list of names."""
    with pytest.raises(UsageProblem, match="no column that names learners"):
        read_table(written(tmp_path, "Colour,Size\nred,1\n"), KNOWN)
    assert read_table(written(tmp_path, "Anna Müller\n"), KNOWN).start == -1
