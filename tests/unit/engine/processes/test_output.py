"""What a program prints, within bounds."""

from __future__ import annotations

import os

from hypothesis import given
from hypothesis import strategies as st

from envcheck.processes.output import Collector


def collected(chunks: list[bytes], head: int, tail: int) -> Collector:
    reading, writing = os.pipe()
    collector = Collector(os.fdopen(reading, "rb"), head, tail)
    with os.fdopen(writing, "wb", buffering=0) as pipe:
        for chunk in chunks:
            pipe.write(chunk)
    assert collector.finish(10)
    return collector


@given(
    st.lists(st.binary(min_size=1, max_size=300), max_size=20),
    st.integers(0, 100),
    st.integers(1, 100),
)
def test_beginning_and_end_are_kept(chunks: list[bytes], head: int, tail: int) -> None:
    """However it arrives: the first bytes, the last bytes, and the count of all."""
    whole = b"".join(chunks)
    collector = collected(chunks, head, tail)
    assert collector.total == len(whole)
    kept = bytes(collector._head) + b"".join(collector._tail)
    assert kept.startswith(whole[:head])
    assert kept.endswith(whole[-tail:])
    assert len(kept) < head + tail + 65_536 + 1


def test_gap_is_marked() -> None:
    """Text that is left out is counted, so that nobody takes the rest for the whole."""
    assert collected([b"a" * 10, b"b" * 70_000, b"c" * 10], 5, 5).text().startswith("aaaaa")
    assert "bytes left out" in collected([b"a" * 70_000] * 3, 5, 5).text()


def test_windows_line_ends() -> None:
    """Lines end in one character on every system."""
    assert collected([b"one\r\ntwo\r\n"], 100, 100).text() == "one\ntwo\n"


def test_pipe_that_stays_open() -> None:
    """Waiting for the end of a pipe that somebody holds is bounded, and what came so far can be
    read.
    """
    reading, writing = os.pipe()
    collector = Collector(os.fdopen(reading, "rb"), 100)
    os.write(writing, b"so far")
    assert not collector.finish(0.2)
    assert collector.text() == "so far"
    os.close(writing)
    assert collector.finish(5)
