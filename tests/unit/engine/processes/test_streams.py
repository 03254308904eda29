"""What checks print does not reach the report's stream."""

from __future__ import annotations

import threading

import pytest

from envcheck.processes.streams import LIMIT, PrintsWithoutEnd, Stray


def test_beginning_is_kept_for_each_thread() -> None:
    """Each thread's own text is known, and only its beginning."""
    stray = Stray()
    taken: list[str] = []

    def talk(word: str) -> None:
        for _ in range(1000):
            print(word, file=stray)
        taken.append(stray.taken())

    threads = [threading.Thread(target=talk, args=(word,)) for word in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted({text[:3] for text in taken}) == ["one", "two"]
    assert all(len(text) <= 2000 for text in taken)
    assert stray.taken() == ""


def test_endless_printing_is_stopped() -> None:
    """A check that prints without end is stopped instead of filling the memory."""
    stray = Stray()
    with pytest.raises(PrintsWithoutEnd):
        for _ in range(LIMIT):
            stray.write("many words")
