"""What a program prints, within bounds."""

from __future__ import annotations

import os
import threading
import time

from hypothesis import given
from hypothesis import strategies as st
from tests.pace import within

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


def settled(*late: tuple[float, bytes], expected: str, at_most: float = 10.0) -> tuple[str, float]:
    """What is read of a pipe that gets these so many seconds after the first line, and how long that
    took.
    """
    reading, writing = os.pipe()
    collector = Collector(os.fdopen(reading, "rb"), 1000)
    os.write(writing, b"started\n")
    timers = [threading.Timer(seconds, os.write, (writing, text)) for seconds, text in late]
    for timer in timers:
        timer.start()
    begun = time.monotonic()
    collector.settle(expected, 0.1, at_most)
    text, took = collector.text(), time.monotonic() - begun
    for timer in timers:
        timer.join()
    os.close(writing)
    assert collector.finish(5)
    return text, took


def test_the_line_that_is_behind() -> None:
    """An answer overtook it: it is waited for, with what follows at once."""
    text, _ = settled((0.4, b"Traceback\n"), (0.42, b"Error: why\n"), expected="Traceback")
    assert text == "started\nTraceback\nError: why\n"


def test_a_line_that_never_comes() -> None:
    """The wait is bounded; where nothing is expected, it is as long as the quiet."""
    assert settled(expected="Traceback", at_most=0.3)[1] < 3
    assert settled((1.0, b"late"), expected="")[0] == "started\n"


def test_nothing_follows_the_end() -> None:
    """A pipe at its end is not waited for, whatever is expected."""
    collector = collected([b"ended"], 100, 100)
    begun = time.monotonic()
    collector.settle("Traceback", 5, 10)
    assert time.monotonic() - begun < within(4)
