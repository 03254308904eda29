"""Files, folders and zips, hostile ones too."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from tests.unit.engine.classroom.class_reports import NOW, document

from envcheck.classroom import sources
from envcheck.classroom.handed_in import Handed, Unreadable
from envcheck.classroom.overview import Asked, overview
from envcheck.classroom.owner import Owner, owner_of
from envcheck.classroom.roster import Learner, letters
from envcheck.classroom.unreachable import Content
from envcheck.errors import UsageProblem

REPORT = json.dumps(document()).encode()


def zipped(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def all_of(*places: Path) -> dict[str, Content]:
    return {"/".join(file.parts): file.content for file in sources.files([*map(str, places)])}


def test_a_folder_of_folders_and_zips(tmp_path: Path) -> None:
    (tmp_path / "anna").mkdir()
    (tmp_path / "anna" / "report.json").write_bytes(REPORT)
    (tmp_path / "rest.zip").write_bytes(zipped(ben__report=REPORT, **{"__MACOSX__._x": b"x"}))
    (tmp_path / ".DS_Store").write_bytes(b"x")
    found = all_of(tmp_path)
    assert {*found} == {"anna/report.json", "rest.zip/ben/report"}
    assert all(isinstance(content, Handed) for content in found.values())


def test_a_single_file_is_called_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "anna.json").write_bytes(REPORT)
    assert [*all_of(tmp_path / "anna.json")] == ["anna.json"]


def test_a_zip_bomb_is_read_no_further_than_a_report_is_long(tmp_path: Path) -> None:
    (tmp_path / "bomb.zip").write_bytes(zipped(bomb=b" " * 50_000_000))
    (found,) = all_of(tmp_path).values()
    assert isinstance(found, Unreadable)
    assert "larger" in found.reason


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("x.zip", zipped(**{"inner.zip": zipped(a=b"1")}), "unpack it first"),
        ("x.zip", zipped(a=REPORT)[:-30], ""),
        ("x.json", b"\x00\x01", "not JSON"),
    ],
)
def test_what_cannot_be_read_has_its_reason(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    found = all_of(tmp_path)
    assert found
    assert all(isinstance(one, Unreadable) and reason in one.reason for one in found.values())


def test_a_damaged_entry_takes_no_other_down(tmp_path: Path) -> None:
    data = bytearray(zipped(a=REPORT, b=REPORT))
    data[60] ^= 0xFF  # inside of the first entry's data
    (tmp_path / "x.zip").write_bytes(bytes(data))
    found = all_of(tmp_path)
    assert isinstance(found["x.zip/b"], Handed)
    assert isinstance(found["x.zip/a"], Unreadable)


def owners(*places: str) -> list[Owner | None]:
    return [owner_of(file.names) for file in sources.files(places)]


MAL = Owner("lorymal", "Canvas 81")


@pytest.mark.parametrize("name", ["lorymal_81_55_report.zip", "lorymal_81_55_report.json"])
def test_a_zip_that_was_handed_in_is_its_learners(tmp_path: Path, name: str) -> None:
    """Whatever it is called, and whatever is called how in it."""
    for inner in ("report.json", "mülleranna_4711_9_report.json"):
        (tmp_path / name).write_bytes(zipped(**{inner: REPORT}))
        assert owners(str(tmp_path)) == [MAL]
    other = tmp_path / "Mal Lory_81_assignsubmission_file_r.zip"
    other.write_bytes(zipped(r=REPORT))
    assert owners(str(other)) == [Owner("Mal Lory", "Participant 81")]
    assert owners(str(tmp_path / name), str(other))[0] == MAL


MAL_LORY = Learner("Mal Lory", frozenset({"mal lory", "canvas 81"}), letters("Mal Lory"))
ANNA = Learner("Anna Week", frozenset({"canvas 2"}), letters("Anna Week"))
FOX, NAMELESS = document(alias="fox"), document(alias=None)


@pytest.mark.parametrize(
    ("name", "inside", "roster", "names"),
    [
        # whose the zip is by the roster, whatever lies in it
        ("lorymal_81_55_r.zip", {"r.json": FOX}, [MAL_LORY], ["Mal Lory"]),
        ("lorymal_LATE_81_55_r.zip", {"weekanna_2_9_r.json": NAMELESS}, [MAL_LORY], ["Mal Lory"]),
        # a number alone, and a name alone, are anybody's
        ("week_2_55_r.zip", {"r.json": FOX}, [MAL_LORY, ANNA], ["Anna Week", "Mal Lory", "fox"]),
        ("lorymal_2_55_r.zip", {"r.json": FOX}, [MAL_LORY, ANNA], ["Anna Week", "Mal Lory", "fox"]),
        # without a roster what says nothing is its owner's, where it is the only one
        ("lorymal_81_55_r.zip", {"r.json": NAMELESS}, None, ["lorymal"]),
        ("lorymal_81_55_r.zip", {"r.json": FOX}, None, ["fox"]),
        (
            "week_1_2_reports.zip",
            {"a.json": NAMELESS, "b.json": NAMELESS},
            None,
            ["week_1_2_reports.zip/a.json", "week_1_2_reports.zip/b.json"],
        ),
    ],
)
def test_a_zip_that_is_all_there_is(
    tmp_path: Path,
    name: str,
    inside: dict[str, dict[str, object]],
    roster: list[Learner] | None,
    names: list[str],
) -> None:
    """It is somebody's where the system that hands it out says so, and nobody is merged with others."""
    entries = {inner: json.dumps(report).encode() for inner, report in inside.items()}
    (tmp_path / name).write_bytes(zipped(**entries))
    files = sources.files([str(tmp_path / name)])
    seen = overview(files, roster, Asked("chapter2"), NOW)
    assert sorted(one.name for one in seen.people) == names


def test_a_zip_of_the_whole_class_is_nobodys(tmp_path: Path) -> None:
    """It is called as the instructor likes."""
    (tmp_path / "week_1_2_reports.zip").write_bytes(zipped(fox=REPORT, owl=REPORT))
    assert owners(str(tmp_path / "week_1_2_reports.zip")) == [None, None]


@pytest.mark.parametrize(
    "place",
    [
        "submitted",
        "./submitted",
        "submitted/anna",
        "submitted/anna/ps1",
        "submitted/anna/ps1/r.json",
    ],
)
def test_nbgraders_own_folder(tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """From above, from inside, and by a pattern of the shell."""
    file = tmp_path / "submitted" / "anna" / "ps1" / "r.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(REPORT)
    monkeypatch.chdir(tmp_path)
    assert owners(place) == [Owner("", "anna")]
    assert owners(str(tmp_path / place)) == [Owner("", "anna")]
    for inside in ("submitted", "submitted/anna"):
        monkeypatch.chdir(tmp_path / inside)
        assert owners("." if inside == "submitted" else "..") == [Owner("", "anna")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only on systems with named pipes")
def test_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    """Below a folder, behind a link, and named itself."""
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "link.zip").symlink_to(tmp_path / "pipe.json")
    found = {**all_of(tmp_path), **all_of(tmp_path / "pipe.json")}
    assert [isinstance(one, Unreadable) and one.reason for one in found.values()] == [
        "not a plain file"
    ] * 2


def test_links(tmp_path: Path) -> None:
    (tmp_path / "dead.json").symlink_to(tmp_path / "gone.json")
    (found,) = all_of(tmp_path).values()
    assert isinstance(found, Unreadable)
    assert "link" in found.reason


def test_a_place_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="no file or folder"):
        all_of(tmp_path / "gone")


def test_more_files_than_a_class_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST_FILES", 2)
    for number in range(3):
        (tmp_path / f"{number}.json").write_bytes(REPORT)
    with pytest.raises(UsageProblem, match="name the folder"):
        all_of(tmp_path)
