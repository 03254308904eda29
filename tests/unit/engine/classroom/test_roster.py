"""Rosters as systems and spreadsheets export them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.classroom import roster
from envcheck.errors import UsageProblem

MOODLE_PARTICIPANTS = '﻿"First name","Last name","Email address"\nAnna,Müller,anna@example.org\nBen,Okafor,ben@example.org\n'
MOODLE_GRADING = (
    "Identifier,Full name,Email address,Status,Grade\n"
    "Participant 4711,Anna Müller,anna@example.org,Submitted for grading,\n"
    "Participant 4712,Ben Okafor,ben@example.org,No submission,\n"
)
CANVAS_GRADEBOOK = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Set-up (12)\n"
    "    Points Possible,,,,,10\n"
    '"Müller, Anna",81,s81,anna,ML 101,\n'
    '"Okafor, Ben",82,s82,ben,ML 101,\n'
    '"Student, Test",99,,t,ML 101,\n'
)
NBGRADER = "id,first_name,last_name,email\nanna,Anna,Müller,\nben,Ben,Okafor,\n"
SPREADSHEET = '"ML 101, autumn";;\n;;\nNachname;Vorname;E-Mail\nMüller;Anna;anna@example.org\nOkafor;Ben;ben@example.org\n'
PLAIN = "Anna Müller\nBen Okafor\n"
ALIASES = "alias,name\nfox,Anna Müller\nowl,Ben Okafor\n"
ALL = {
    "Moodle's participants": MOODLE_PARTICIPANTS,
    "Moodle's grading worksheet": MOODLE_GRADING,
    "Canvas's gradebook": CANVAS_GRADEBOOK,
    "nbgrader": NBGRADER,
    "a spreadsheet with a title": SPREADSHEET,
    "a list of names": PLAIN,
    "aliases": ALIASES,
}


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> str:
    file = tmp_path / "roster.csv"
    file.write_bytes(text.encode(encoding))
    return str(file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("text", ALL.values(), ids=ALL)
def test_everybody_is_found(tmp_path: Path, text: str, encoding: str) -> None:
    """In every encoding, and without the rows that are no learners."""
    found = roster.read(written(tmp_path, text.lstrip("\ufeff"), encoding))
    assert len(found) == 2
    anna, ben = found
    assert roster.letters("Müller, Anna") & anna.names
    assert roster.letters("okaforben") & ben.names


def test_excel_writes_tabs_in_utf_16(tmp_path: Path) -> None:
    text = "Full name\tUsername\nAnna Müller\tanna\n"
    (anna,) = roster.read(written(tmp_path, text, "utf-16"))
    assert (anna.name, "anna" in anna.ids) == ("Anna Müller", True)


def test_a_title_with_commas_above_semicolons(tmp_path: Path) -> None:
    text = (
        "Kurs: Data Science, Gruppe 1, WS 2026, Raum 3\n"
        "Vorname;Nachname;E-Mail-Adresse\nAnna;Müller;anna@example.org\n"
    )
    (anna,) = roster.read(written(tmp_path, text))
    assert (anna.name, "anna@example.org" in anna.ids) == ("Anna Müller", True)


def test_all_names_of_a_system_lead_to_the_learner(tmp_path: Path) -> None:
    anna = roster.read(written(tmp_path, CANVAS_GRADEBOOK))[0]
    assert {"81", "s81", "anna"} <= anna.ids
    anna = roster.read(written(tmp_path, MOODLE_GRADING))[0]
    assert {"participant 4711", "anna@example.org", "anna"} <= anna.ids
    assert "4711" not in anna.ids


def test_the_number_of_a_system_is_that_of_its_own_column(tmp_path: Path) -> None:
    """Moodle's for an assignment, Canvas's own; another number of the school's is neither."""
    text = "First name,Last name,ID number\nAnna,Müller,31\nBob,Stone,7\n"
    anna, bob = roster.read(written(tmp_path, text))
    for learner in (anna, bob):
        assert not [word for word in learner.ids if " 7" in word]
    called = roster.Called((anna, bob))
    assert called.find_learner(roster.moodle_number("7"), "Anna Müller") is anna
    assert called.find_learner(roster.canvas_number("7"), "mülleranna") is anna
    anna, _ = roster.read(written(tmp_path, CANVAS_GRADEBOOK))
    assert roster.Called([anna]).find_learner(roster.canvas_number("81"), "") is anna
    assert roster.Called([anna]).find_learner(roster.moodle_number("81"), "") is None
    german = "Identifier,Full name\nTeilnehmer/in4711,Anna Müller\n"
    (anna,) = roster.read(written(tmp_path, german))
    assert roster.Called([anna]).find_learner(roster.moodle_number("4711"), "") is anna


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Colour,Size\nred,1\n", "no column that names learners"),
        ("", "holds no text"),
        ("Full name,Email\n", "names nobody"),
        ("PK\x03\x04", "save it as CSV"),
    ],
)
def test_what_is_no_roster_is_told_by_name(tmp_path: Path, text: str, words: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(UsageProblem, match=words) as told:
        roster.read(file)
    assert file in str(told.value)


def test_a_roster_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="cannot be read"):
        roster.read(str(tmp_path / "none.csv"))


@given(st.text(max_size=200))
def test_any_text_is_a_roster_or_a_reason(own_folder: Path, text: str) -> None:
    file = own_folder / "any.csv"
    file.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
    try:
        assert roster.read(str(file))
    except UsageProblem as problem:
        assert str(file) in str(problem)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller, Anna", "annamüller"),
        ("Anna Maria Müller", "MULLER Anna-Maria"),
        ("O'Neil, Eve", "Eve O Neil"),
    ],
)
def test_names_meet_in_any_order(one: str, other: str) -> None:
    assert roster.letters(one) & roster.letters(other)


def test_other_names_do_not_meet() -> None:
    assert not roster.letters("Anna Müller") & roster.letters("Anne Müller")
    assert not roster.letters("") & roster.letters("")
