"""Zips that lie, explode, or are damaged: each is named with its reason, and hides nobody."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.engine.classroom.test_sources import REPORT, all_of, zipped

from envcheck.classroom import sources, zips
from envcheck.classroom.handed_in import LARGEST, Handed, Unreadable

EXPLODED = 120_000_000  # bytes


def packed(method: int, **entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def lying(data: bytes, size: int) -> bytes:
    """The same zip, which says another size of what is in it, in both places where it does."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(signature) + offset
        changed[start : start + 4] = struct.pack("<I", size)
    return bytes(changed)


def overlapping(count: int) -> bytes:
    """Every entry is the same bytes: a small zip that becomes as large as one likes."""
    body = packed(zipfile.ZIP_DEFLATED, a=b" " * LARGEST)
    central = body.index(b"PK\x01\x02")
    entry, end = body[central : body.index(b"PK\x05\x06")], body[body.index(b"PK\x05\x06") :]
    entries = entry * count
    tail = end[:8] + struct.pack("<HHII", count, count, len(entries), central) + end[20:]
    return body[:central] + entries + tail


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: zipped(a=b" " * EXPLODED), "huge when unpacked"),
        (lambda: packed(zipfile.ZIP_BZIP2, a=b" " * 50_000_000), "unusual way"),
        (lambda: packed(zipfile.ZIP_LZMA, a=REPORT), "unusual way"),
        (lambda: overlapping(2000), "huge when unpacked"),
        (lambda: lying(zipped(a=b" " * 5_000_000), 100), "damaged"),
        (lambda: lying(zipped(a=REPORT), len(REPORT) - 10), "damaged"),
        (lambda: zipped(**{f"{number}": b"" for number in range(40)}), "more than 20"),
    ],
)
def test_what_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[], bytes], reason: str
) -> None:
    """The reports beside it are read."""
    monkeypatch.setattr(sources, "MOST_IN_ZIP", 20 if "20" in reason else 10_000)
    (tmp_path / "bad.zip").write_bytes(make())
    (tmp_path / "good.json").write_bytes(REPORT)
    found = all_of(tmp_path)
    assert isinstance(found.pop("good.json"), Handed)
    [bad] = {*found.values()}
    assert isinstance(bad, Unreadable) and reason in bad.reason


def test_a_zip_that_says_too_much_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(lying(zipped(a=REPORT), 4_000_000))
    [found] = all_of(tmp_path / "x.zip").values()
    assert isinstance(found, (Handed, Unreadable))


def test_a_list_that_is_a_bomb(tmp_path: Path) -> None:
    """What an export says of its reports may be no way in either."""
    for data in (
        packed(zipfile.ZIP_BZIP2, **{zips.KEPT: b" " * 50_000_000}),
        zipped(**{zips.KEPT: b"[" * 500_000, "a": REPORT}),
    ):
        (tmp_path / "x.zip").write_bytes(data)
        assert all(isinstance(one, Handed) for one in all_of(tmp_path / "x.zip").values())


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_no_damage_raises(tmp_path: Path, method: int) -> None:
    """A few bytes are others, anywhere: in names, sizes, offsets, what is packed."""
    drawn = random.Random(method)
    whole = packed(method, **{"a.json": REPORT, "é/b.json": REPORT, zips.KEPT: b"{}"})
    for _ in range(120):
        data = bytearray(whole)
        for _ in range(drawn.choice([1, 2, 5])):
            data[drawn.randrange(len(data))] = drawn.choice([0, 255, drawn.randrange(256)])
        (tmp_path / "x.zip").write_bytes(bytes(data))
        assert all(isinstance(one, (Handed, Unreadable)) for one in all_of(tmp_path).values())
