"""Writing to a stream of ours raises nothing, whatever becomes of its reader."""

from __future__ import annotations

import gc
import os
import sys
import threading
from pathlib import Path

import pytest
from tests.pace import within

from envcheck.processes.outlet import Outlet

posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices are POSIX's")


@posix
def test_reader_that_went_away() -> None:
    """When nobody reads any more, writing goes on into nothing: the reader had enough."""
    reading, writing = os.pipe()
    outlet = Outlet(writing, owned=True)
    outlet.write("first")
    os.close(reading)
    for _ in range(3):
        outlet.write("more\n" * 100_000)
        outlet.flush()
    assert not outlet.isatty()
    assert not outlet.lost


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device is always full here")
def test_full_disk() -> None:
    """It is known why the words are not there, and the first reason stays."""
    outlet = Outlet(os.open("/dev/full", os.O_WRONLY), owned=True)
    outlet.write("a report")
    outlet.write("more of it")
    assert outlet.lost == "No space left on device"


def test_nothing_is_said_after_the_end(tmp_path: Path) -> None:
    """A closed stream takes words, is flushed and goes away without a complaint of Python's: 3.13
    prints those that older ones swallow.
    """
    complaints: list[object] = []
    before, sys.unraisablehook = sys.unraisablehook, complaints.append
    try:
        file = tmp_path / "out"
        outlet = Outlet(os.open(file, os.O_WRONLY | os.O_CREAT), owned=True)
        print("before", file=outlet)
        outlet.close()
        print("after", file=outlet, flush=True)
        assert not outlet.isatty()
        del outlet
        gc.collect()
    finally:
        sys.unraisablehook = before
    assert not complaints
    assert file.read_text() == "before\n"


@posix
def test_stream_that_does_not_wait() -> None:
    """A pipe that somebody made non-blocking, as ssh and node do, gets every word all the same."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    read = bytearray()

    def slowly() -> None:
        while part := os.read(reading, 10_000):
            read.extend(part)

    reader = threading.Thread(target=slowly)
    outlet = Outlet(writing, owned=True)
    reader.start()
    outlet.write("é" * 300_000)
    outlet.close()
    reader.join(within(20))
    os.close(reading)
    assert read.decode() == "é" * 300_000
    assert not outlet.lost


@posix
def test_reader_that_never_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not waited for without end."""
    monkeypatch.setattr("envcheck.processes.outlet.PATIENCE", 0.05)
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    outlet = Outlet(writing, owned=True)
    outlet.write("x" * 1_000_000)
    os.close(reading)
    assert outlet.lost == "nobody reads it"
