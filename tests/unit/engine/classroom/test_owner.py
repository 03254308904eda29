"""Whose file it is, by the names of the systems that hand them out. Each pattern's source is named
in owner.py.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.classroom.owner import Owner, owner_of


@pytest.mark.parametrize(
    ("place", "owner"),
    [
        # Moodle, mod/assign/classes/downloader.php: folders, since 3.1 the default
        (
            "Anna Müller_4711_assignsubmission_file/report.json",
            Owner("Anna Müller", "Participant 4711"),
        ),
        (
            "Anna Müller_4711_assignsubmission_file_/report.json",
            Owner("Anna Müller", "Participant 4711"),
        ),
        (
            "ML 101-Set-up-12/O'Neil Eve_12_assignsubmission_file/a/b.json",
            Owner("O'Neil Eve", "Participant 12"),
        ),
        ("Participant_99_assignsubmission_file/r.json", Owner("Participant", "Participant 99")),
        # the same without folders
        (
            "Ben Okafor_4712_assignsubmission_file_report.json",
            Owner("Ben Okafor", "Participant 4712"),
        ),
        # Canvas, lib/content_zipper.rb
        ("okaforben_81_55_report.json", Owner("okaforben", "Canvas 81")),
        ("okaforben_LATE_81_55_report-1.json", Owner("okaforben", "Canvas 81")),
        ("müllerannamaria_81_55_my_report.json", Owner("müllerannamaria", "Canvas 81")),
        ("anon_x7Qz1_55_report.json", Owner("", "x7Qz1")),
        # nbgrader, docs/source/exchange: {step}/{student}/{assignment}/{file}
        ("submitted/bitdiddle/ps1/report.json", Owner("", "bitdiddle")),
        ("course101/submitted/hacker/ps1/report.json", Owner("", "hacker")),
        # Blackboard, as nbgrader's zip_collect reads it
        ("ps1_hacker_attempt_2016-01-30-15-30-10_report.json", Owner("", "hacker")),
        # a zip that was handed in is its learner's, whatever is called how in it
        ("okaforben_81_55_report.zip/report.json", Owner("okaforben", "Canvas 81")),
        ("okaforben_81_55_r.ZIP/mülleranna_4_9_r.json", Owner("okaforben", "Canvas 81")),
        (
            "Mal Lory_81_assignsubmission_file_r.zip/Anna Müller_4_assignsubmission_file/r.json",
            Owner("Mal Lory", "Participant 81"),
        ),
        ("ps1_hacker_attempt_2016-01-30-15-30-10_r.zip/anna_1_2_r.json", Owner("", "hacker")),
        # and so is a folder
        (
            "submitted/mallory/ps1/Anna Müller_4711_assignsubmission_file/r.json",
            Owner("", "mallory"),
        ),
        (
            "Mal Lory_81_assignsubmission_file/submitted/anna/ps1/r.json",
            Owner("Mal Lory", "Participant 81"),
        ),
        # somebody's own folder of that name
        (
            "submitted/Anna Müller_4711_assignsubmission_file/r.json",
            Owner("Anna Müller", "Participant 4711"),
        ),
        (
            "submitted/Anna Müller_4711_assignsubmission_file/a/r.json",
            Owner("Anna Müller", "Participant 4711"),
        ),
        ("ML_101_2_Setup/fox.json", None),
        ("report.json", None),
        ("anna.json", None),
        ("week1/anna/report.json", None),
        ("submitted/report.json", None),
        ("my_report_2026.json", None),
    ],
)
def test_whose_it_is(place: str, owner: Owner | None) -> None:
    assert owner_of(place.split("/")) == owner


PARTS = st.sampled_from(
    ("submitted", "anna", "Anna Müller_4_assignsubmission_file", "anna_4_9_r.zip", "x", "r.json")
)


@given(
    st.sampled_from(
        (
            ("Mal Lory_81_assignsubmission_file",),
            ("Mal Lory_81_assignsubmission_file_r.zip",),
            ("submitted", "mal", "ps1"),
            ("lorymal_81_55_r.zip",),
            ("ps1_mal_attempt_2016-01-30-15-30-10_r.zip",),
        )
    ),
    st.lists(PARTS, min_size=1, max_size=5),
)
def test_nobody_hands_in_for_another(own: tuple[str, ...], inside: list[str]) -> None:
    """Whatever they call what they hand in, it is theirs."""
    assert owner_of([*own, *inside]) == owner_of([*own, "r.json"])


def test_nothing_is_nobodys() -> None:
    assert owner_of(()) is None
