"""RECORD, the list of a distribution's files, as tools have written it and as disks have
left it.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from envcheck.target.interpreter import Distribution
from envcheck_checks.installed.record_file import digests, has_zeros, recorded


def plots(folder: Path, record: str | bytes | None) -> Distribution:
    entry = folder / "plots-1.0.dist-info"
    entry.mkdir(exist_ok=True)
    if record is not None:
        (entry / "RECORD").write_bytes(record if isinstance(record, bytes) else record.encode())
    return Distribution("plots", "1.0", str(folder), entry.name)


@pytest.mark.parametrize(
    ("record", "files"),
    [
        ("a.py,sha256=x,12\n", [("a.py", 12)]),
        ("a.py,,\n\nb.py,sha256=y,3", [("a.py", 0), ("b.py", 3)]),
        ("a.py\nb.py,sha256=x\n", [("a.py", 0), ("b.py", 0)]),
        ('"a, b.py",sha256=x,7\r\n', [("a, b.py", 7)]),
        ("a.py,sha256=x,-1\nb.py,sha256=x,many\n", [("a.py", 0), ("b.py", 0)]),
        ("", []),
        (None, []),
    ],
)
def test_files_with_their_sizes(
    tmp_path: Path, record: str | None, files: list[tuple[str, int]]
) -> None:
    """A size that is none counts as not given; no list is an empty one."""
    assert recorded(plots(tmp_path, record)) == files


def test_digests_are_those_that_are_given(tmp_path: Path) -> None:
    """With their algorithm; a hash may hold `=` at its end."""
    text = "a.py,sha256=ab=,1\nb.py,,\nc.py\nd.py,sha512=x,2\ne.py,md5,3\n"
    assert digests(plots(tmp_path, text)) == [("a.py", "sha256", "ab="), ("d.py", "sha512", "x")]


@pytest.mark.parametrize("record", [b"a.py,sha256=\xff\xfe,1\n", b"\0\0\0\0", b'"open', b"\n" * 9])
def test_a_damaged_list_raises_nothing(tmp_path: Path, record: bytes) -> None:
    """It was half written, or its disk is broken."""
    found = plots(tmp_path, record)
    assert len(recorded(found)) <= 1
    assert len(digests(found)) <= 1


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(NAMES, st.integers(0, 10**9)), max_size=5))
def test_what_pip_writes_is_read(tmp_path: Path, rows: list[tuple[str, int]]) -> None:
    """Whatever the names of the files are."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(
        (name, "sha256=x", str(size)) for name, size in rows
    )
    assert recorded(plots(tmp_path, text.getvalue())) == rows


def test_zeros_in_a_list(tmp_path: Path) -> None:
    """The power went while it was written: such a row names no file, and pip can do nothing with it."""
    whole = plots(tmp_path, "numpy/a.py,sha256=abc,3\n")
    assert not has_zeros(whole)
    cut = plots(tmp_path, "numpy/a.py,sha256=abc,3\nnumpy/b\0.py,sha256=abc,3\n\0\0\0\n")
    assert has_zeros(cut)
    assert recorded(cut) == [("numpy/a.py", 3)]
    assert [file for file, _, _ in digests(cut)] == ["numpy/a.py"]
