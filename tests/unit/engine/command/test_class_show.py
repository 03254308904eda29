"""`envcheck class show`: from the words of the command line to the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.unit.engine.classroom.class_reports import STUCK, document

from envcheck.command.cli import cli
from envcheck.errors import UsageProblem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two learners' reports as Moodle hands them out, one ready and one not."""
    for name, value in (("Anna Müller_1", document()), ("Ben Okafor_2", STUCK)):
        place = tmp_path / "class" / f"{name}_assignsubmission_file"
        place.mkdir(parents=True)
        (place / "report.json").write_text(json.dumps(value), encoding="utf-8")
    return tmp_path / "class"


def show(*words: object) -> Result:
    return CliRunner().invoke(cli, ["class", "show", *map(str, words)])


def test_somebody_is_not_ready(folder: Path) -> None:
    done = show(folder)
    assert done.exit_code == 1
    assert "ML, chapter 2: 2 reports of 2 learners." in done.output


def test_all_are_ready(folder: Path) -> None:
    assert show(folder / "Anna Müller_1_assignsubmission_file").exit_code == 0


def test_somebody_of_the_roster_is_silent(folder: Path, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("Full name\nAnna Müller\nKim Park\n", encoding="utf-8")
    done = show(folder / "Anna Müller_1_assignsubmission_file", "--roster", roster)
    assert done.exit_code == 1
    assert "Kim Park" in done.output


def test_nothing_could_be_read(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    assert show(tmp_path).exit_code == 3


@pytest.mark.parametrize("format", ["text", "html", "csv", "json"])
def test_every_format_goes_to_a_file_too(folder: Path, tmp_path: Path, format: str) -> None:
    file = tmp_path / "out"
    done = show(folder, "--format", format, "--output", file)
    assert (done.exit_code, done.output) == (1, "")
    assert "Ben Okafor" in file.read_text(encoding="utf-8")


def test_a_spreadsheet_sees_that_the_table_is_in_utf_8(folder: Path, tmp_path: Path) -> None:
    """By the file's first bytes; a program that reads the screen gets none."""
    show(folder, "--format", "csv", "--output", tmp_path / "class.csv")
    written = (tmp_path / "class.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfname,")
    assert show(folder, "--format", "csv").stdout_bytes == written[3:]


def test_a_projector_is_no_table(folder: Path) -> None:
    done = show(folder, "--projector", "--format", "csv")
    assert isinstance(done.exception, UsageProblem)


def test_old_reports_are_stale(folder: Path) -> None:
    done = show(folder / "Anna Müller_1_assignsubmission_file", "--days", "0.0001")
    assert done.exit_code == 1
    assert "older than 0.0001 days" in done.output
