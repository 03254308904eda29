"""The line of what a program printed that says why it failed. It is seldom the last one: behind it
a server says good-bye, and a dying Python names its threads.
"""

from __future__ import annotations

import re

# An exception by itself: `zmq.error.ZMQError: ...`, a bare `KeyboardInterrupt`.
RAISED = re.compile(
    r"^(?:[A-Za-z_]\w*\.)*[A-Za-z_]*(?:Error|Exception|Interrupt|Exit|Refused|Timeout)\b(?::|$)"
)
# A log's line of a failure, as Jupyter and logging write it, and a shell's or a loader's complaint.
LOGGED = re.compile(
    r"^\[[EC] |\b(?:CRITICAL|ERROR|FATAL)\b|^(?:Fatal|error|ERROR|fatal)\b.*:|: error\b|: (?:cannot|not found|No such file|Permission denied|symbol lookup)"
)
TRACEBACK = "Traceback (most recent call last)"
LINES = 6  # a message may have several


def reason(text: str) -> str:
    """The line that says why: of the last traceback the exception, else the last complaint, else
    the last line. One that ends in a colon goes on in the next. Empty for nothing.
    """
    lines = _lines(text)
    if not lines:
        return ""
    place = _place(lines)
    end = place + 1
    while lines[end - 1].endswith(":") and end < min(len(lines), place + LINES):
        end += 1
    return " ".join(line.strip() for line in lines[place:end])


def last_traceback(text: str) -> str:
    """The last traceback of a text, to its exception, with what stands behind it; all of the text
    where there is none.
    """
    before, begun, rest = text.rpartition(TRACEBACK)
    return f"{begun}{rest}" if begun else before or rest


def last_words(stdout: str, stderr: str) -> str:
    """The line of stderr, or else of stdout, that says why, with what its message has behind it:
    evidence for a person.
    """
    lines = _lines(stderr) or _lines(stdout)
    if not lines:
        return ""
    place = _place(lines)
    if place == len(lines) - 1 and not RAISED.match(lines[place].strip()):
        return "\n".join(lines[-LINES:])[-900:]
    return "\n".join(lines[place : place + LINES])[:900]


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines() if line.strip()]


def _place(lines: list[str]) -> int:
    """Where it stands: the exception of the last traceback comes first, whatever is logged after."""
    raised = _end_of_last_traceback(lines)
    if raised is not None:
        return raised
    places = [at for at, line in enumerate(lines) if RAISED.match(line) or LOGGED.search(line)]
    return places[-1] if places else len(lines) - 1


def _end_of_last_traceback(lines: list[str]) -> int | None:
    """The first line behind its beginning that stands as far left as that: a log may indent all of
    it.
    """
    begun = [at for at, line in enumerate(lines) if TRACEBACK in line]
    if not begun:
        return None
    left = lines[begun[-1]].partition(TRACEBACK)[0]
    ends = (
        at
        for at in range(begun[-1] + 1, len(lines))
        if lines[at].startswith(left) and not lines[at].removeprefix(left)[:1].isspace()
    )
    return next(ends, None)
