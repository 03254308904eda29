"""Whose file it is, by the names of the systems that hand them out. Each pattern's source is named
in owner.py.
"""

from __future__ import annotations

import pytest

from envcheck.classroom.owner import Owner, owner_of


@pytest.mark.parametrize(
    ("place", "owner"),
    [
        # Moodle, mod/assign/classes/downloader.php: folders, since 3.1 the default
        ("Anna Müller_4711_assignsubmission_file/report.json", Owner("Anna Müller", "4711")),
        ("Anna Müller_4711_assignsubmission_file_/report.json", Owner("Anna Müller", "4711")),
        (
            "ML 101-Set-up-12/O'Neil Eve_12_assignsubmission_file/a/b.json",
            Owner("O'Neil Eve", "12"),
        ),
        ("Participant_99_assignsubmission_file/r.json", Owner("Participant", "99")),
        # the same without folders
        ("Ben Okafor_4712_assignsubmission_file_report.json", Owner("Ben Okafor", "4712")),
        # Canvas, lib/content_zipper.rb
        ("okaforben_81_55_report.json", Owner("okaforben", "81")),
        ("okaforben_LATE_81_55_report-1.json", Owner("okaforben", "81")),
        ("müllerannamaria_81_55_my_report.json", Owner("müllerannamaria", "81")),
        ("anon_x7Qz1_55_report.json", Owner("", "x7Qz1")),
        # nbgrader, docs/source/exchange: {step}/{student}/{assignment}/{file}
        ("submitted/bitdiddle/ps1/report.json", Owner("", "bitdiddle")),
        ("course101/submitted/hacker/ps1/report.json", Owner("", "hacker")),
        # Blackboard, as nbgrader's zip_collect reads it
        ("ps1_hacker_attempt_2016-01-30-15-30-10_report.json", Owner("", "hacker")),
        ("report.json", None),
        ("anna.json", None),
        ("week1/anna/report.json", None),
        ("submitted/report.json", None),
        ("my_report_2026.json", None),
    ],
)
def test_whose_it_is(place: str, owner: Owner | None) -> None:
    assert owner_of(place.split("/")) == owner


def test_nothing_is_nobodys() -> None:
    assert owner_of(()) is None
