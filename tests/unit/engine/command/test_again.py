"""Which words of the command line are typed again."""

from __future__ import annotations

from typing import Any

from envcheck.command.again import again
from envcheck.run.plan import Selection

PLAIN: dict[str, Any] = {
    "python": None,
    "course": None,
    "alias": None,
    "quick": False,
    "deep": False,
    "notebooks": False,
    "offline": False,
    "strict": False,
    "timeout": 90.0,
}


def test_only_what_matters() -> None:
    """A plain run is asked for again by its chapter alone."""
    line = again(("envcheck",), Selection(("chapter2",)), PLAIN, "posix").same()
    assert line == "envcheck chapter2"


def test_everything_that_matters() -> None:
    """Tracks, checks, the Python, the course's file, and how much is proved."""
    selection = Selection(("one", "two"), ("t",), ("a",), ("b", "c"))
    words = {**PLAIN, "python": "3.12", "course": "x y.py", "deep": True, "timeout": 200.0}
    assert again(("envcheck",), selection, words, "posix").same() == (
        "envcheck one two --with t --python 3.12 --course 'x y.py'"
        " --only a --skip b --skip c --timeout 200 --deep"
    )


def test_tracks() -> None:
    """The first one is the command's, the others are added."""
    line = again(("envcheck",), Selection((), ("data", "models")), PLAIN, "posix").same()
    assert line == "envcheck track data --with models"
