"""The line that says why a program failed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.processes.reason import LINES, last_traceback, last_words, reason

TRACEBACK = """Traceback (most recent call last):
  File "/a/b.py", line 3, in <module>
    raise ValueError("no")
        ^^^^^^^^^^
"""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", ""),
        ("one\ntwo\n\n", "two"),
        (f"{TRACEBACK}ValueError: no\n", "ValueError: no"),
        # A class of any name ends a traceback.
        (f"{TRACEBACK}jupyter_client.kernelspec.NoSuchKernel: python3\nbye\n", "jupyter_client.kernelspec.NoSuchKernel: python3"),
        # What is logged behind it is a good-bye.
        (f"{TRACEBACK}ValueError: no\n[I 12:00 ServerApp] Error: shutting down\n", "ValueError: no"),
        # The last of two is what was raised in the end.
        (f"{TRACEBACK}KeyError: 1\n\nDuring handling ...\n\n{TRACEBACK}OSError: [Errno 99] gone\nx", "OSError: [Errno 99] gone"),
        # logging indents it.
        ("[E 12:00] Uncaught\n    Traceback (most recent call last):\n      File \"x\", line 1\n    TypeError: f() got 2\n[I] end", "TypeError: f() got 2"),
        # Cut off: the exception did not come any more.
        (TRACEBACK.rstrip(), "^^^^^^^^^^"),
        ("[C 12:00 ServerApp] Bad config encountered\n[I 12:00] see --help\n", "[C 12:00 ServerApp] Bad config encountered"),
        # A sentence that stops at a colon goes on below.
        (f"{TRACEBACK}ValueError: nothing named 'lab' in:\n\t['/a',\n\t '/b']\n", "ValueError: nothing named 'lab' in: ['/a',"),
        ("[E 12:00 ServerApp] Cannot open:\n  Reason:\n  no such file\nbye", "[E 12:00 ServerApp] Cannot open: Reason: no such file"),
        ("python: error while loading shared libraries: libx.so: cannot open\nmore", "python: error while loading shared libraries: libx.so: cannot open"),
        ("Fatal Python error: init\nModuleNotFoundError: No module named 'encodings'\n\nCurrent thread 0x1:\n<no Python frame>", "ModuleNotFoundError: No module named 'encodings'"),
    ],
)  # fmt: skip
def test_why(text: str, why: str) -> None:
    assert reason(text) == why


def test_last_words_begin_with_it() -> None:
    """A message has lines of its own; where nothing says why, the last lines are all there is."""
    assert last_words("", f"{TRACEBACK}ImportError: a\nb\nc\n") == "ImportError: a\nb\nc"
    assert last_words("out", "") == "out"
    assert last_words("", "1\n2\n3\n4\n5\n6\n7") == "2\n3\n4\n5\n6\n7"
    assert last_words("", "") == ""


def test_the_last_traceback() -> None:
    assert last_traceback(f"a\n{TRACEBACK}A: 1\n{TRACEBACK}B: 2\nx") == f"{TRACEBACK}B: 2\nx"
    assert last_traceback("plain") == "plain"


@given(st.text(alphabet="ab \n:[]EC(", max_size=200), st.booleans())
def test_it_is_a_sentence_of_the_text(text: str, traceback: bool) -> None:
    whole = text + TRACEBACK * traceback + text
    why = reason(whole)
    lines = [line.strip() for line in whole.splitlines() if line.strip()]
    assert why in " ".join(lines)
    assert bool(why) == bool(lines)
    assert not why.endswith(":") or why.endswith(lines[-1]) or why.count(":") >= LINES
    assert len(last_words("", whole).splitlines()) <= LINES
