"""What could not be sent: kept for 30 days, the newest twenty, and only if it is whole."""

from __future__ import annotations

from pathlib import Path

from tests.unit.engine.sending.conftest import parcel_to, report
from tests.unit.engine.sending.strict_server import CODE

from envcheck.sending.keys import key_of
from envcheck.sending.own_folder import OwnFolder
from envcheck.sending.unsent import DAY, KEPT_FOR, MOST, forget, keep, waiting

LINK = f"https://class.example.org/{CODE}"
NOW = 1_800_000_000.0


def test_for_thirty_days(tmp_path: Path) -> None:
    """Kept again it grows no younger, and it goes when it is seen to be too old for a day."""
    folder = OwnFolder(tmp_path / "envcheck" / "class")
    what = parcel_to(LINK)
    keep(folder, what, NOW)
    keep(folder, what, NOW + 29 * DAY)
    [one] = waiting(folder, NOW + KEPT_FOR - 1)
    assert one.parcel.body == what.body and one.since == NOW
    for late in (0.0, 0.5, 1.0):
        assert [*folder.names()]
        assert [*waiting(folder, NOW + KEPT_FOR + late * DAY)] == []
    assert [*folder.names()] == []
    keep(folder, what, NOW)
    forget(folder, what)
    assert [*folder.names()] == []


def test_a_clock_that_is_wrong_for_a_while_takes_nothing(tmp_path: Path) -> None:
    """A battery is empty and it is 1970, or it is some year to come; and nothing is kept for ever."""
    folder = OwnFolder(tmp_path / "envcheck" / "class")
    what = parcel_to(LINK)
    keep(folder, what, NOW)
    assert [*waiting(folder, NOW + 3000 * DAY)] == []
    [one] = waiting(folder, NOW + DAY)
    assert one.since == NOW
    assert [*waiting(folder, NOW + 31 * DAY)] == []
    assert [*folder.names()] != []
    assert [*waiting(folder, NOW + 32 * DAY)] == []
    assert [*folder.names()] == []
    keep(folder, what, NOW)
    [one] = waiting(folder, 100 * DAY)
    assert one.since == 100 * DAY and one.parcel.body == what.body
    for late in (31, 32):
        assert [*waiting(folder, (100 + late) * DAY)] == []
    assert [*folder.names()] == []


def test_the_newest_twenty(tmp_path: Path) -> None:
    folder = OwnFolder(tmp_path / "envcheck" / "class")
    for number in range(MOST + 3):
        keep(folder, parcel_to(LINK, report(seconds=float(number))), NOW + number)
    assert [one.since for one in waiting(folder, NOW + 60)] == [NOW + n for n in range(3, MOST + 3)]


def test_what_is_damaged_is_gone_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    folder = OwnFolder(tmp_path / "envcheck" / "class")
    keep(folder, parcel_to(LINK), NOW)
    [name] = folder.names()
    whole = folder.read(name)
    assert whole is not None
    key = key_of(folder, parcel_to(LINK).place, "fox")
    for damaged in (
        b"", b"[]", whole[:-20], whole.replace(b"https", b"http"), whole.replace(CODE.encode(), b"X"),
        whole.replace(b'"body": "', b'"body": "A'),
    ):  # fmt: skip
        folder.write(name, damaged)
        assert [*waiting(folder, NOW)] == []
        assert [*folder.names()] == [folder.path.joinpath(n).name for n in folder.names()]
        assert name not in folder.names()
    assert key_of(folder, parcel_to(LINK).place, "fox") == key


def test_keys(tmp_path: Path) -> None:
    """One for a learner and class; a file that holds none is replaced, and none is kept nowhere."""
    folder = OwnFolder(tmp_path / "envcheck" / "class")
    place = parcel_to(LINK).place
    key = key_of(folder, place, "fox")
    assert key == key_of(folder, place, "fox") != key_of(folder, place, "ant")
    [name] = [one for one in folder.names() if folder.read(one) == key.encode()]
    folder.write(name, b"short")
    assert len(key_of(folder, place, "fox")) == 64
    assert key_of(folder, place, "fox") != key
    assert key_of(None, place, "fox") != key_of(None, place, "fox")
    assert not any(CODE in name or "fox" in name for name in folder.names())
