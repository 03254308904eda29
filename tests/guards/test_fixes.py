"""Every fix that a program may carry out has been carried out on a machine that is really broken.

A code says whether its fix may need nobody (`automatic=True`), and a test fails in which a
diagnosis has such a fix without that (`tests/declared.py`). What was carried out is read from the
stories: one with `fixed=True` fails unless its fix, applied, makes the machine ready (or the
warning go away). It goes by code: two places with one code need one story.

It holds for the chapters. What only the tracks' tools can say is told by the stories of the tracks.
"""

from __future__ import annotations

import importlib
from pathlib import Path

from tests.stories.broken.story import Story

from envcheck import Code
from envcheck_checks.courses.ml_for_software_engineers.codes import OF_CHAPTERS

STORIES = Path(__file__).parents[2] / "tests" / "stories" / "broken"
AUTOMATIC = {
    code
    for module in OF_CHAPTERS
    for code in vars(module).values()
    if isinstance(code, Code) and code.automatic
}
# Why no story can carry it out on the machines that run the tests. Meant to become empty.
NOT_HERE: dict[str, str] = {
    **dict.fromkeys(
        (
            "python-store-stub",
            "python-xcode-stub",
            "windows-paths-too-long",
        ),
        "made on Windows or macOS only; described machines in tests/unit/other_systems stand for them",
    ),
    **dict.fromkeys(
        (
            "certificate-file-wrong",
            "index-answers-web-page",
            "index-refuses",
            "proxy-captures-localhost",
            "proxy-refuses",
            "proxy-refuses-site",
            "proxy-wrong-scheme",
        ),
        "needs a network that is broken in that way; test_network_asking.py and test_readings.py meet it, without the fix",
    ),
    **dict.fromkeys(
        (
            "notebook-page-blank",
            "notebook-page-no-output",
            "notebook-page-no-typing",
            "notebook-page-without-kernel",
        ),
        "needs a browser with a display",
    ),
}


def applied() -> set[str]:
    """The codes whose fix a story carries out and sees to work."""
    modules = [
        importlib.import_module(f"tests.stories.broken.{path.stem}")
        for path in sorted(STORIES.glob("test_*.py"))
    ]
    stories: list[Story] = [story for module in modules for story in module.STORIES.values()]
    return {story.code for story in stories if story.fixed and not story.known}


def test_every_automatic_fix_has_been_carried_out() -> None:
    """A code whose fix may need nobody has a story that applies it."""
    missing = AUTOMATIC - applied() - set(NOT_HERE)
    assert not missing, (
        f"write a Story(..., fixed=True) in tests/stories/broken for: {', '.join(sorted(missing))}; "
        "or, where a person is always needed, take automatic=True off the code"
    )


def test_no_exception_is_left_over() -> None:
    """Who stands among the exceptions has an automatic fix, no story yet, and a reason."""
    left = set(NOT_HERE) - AUTOMATIC | set(NOT_HERE) & applied()
    assert not left, f"remove from NOT_HERE in {__file__}: {', '.join(sorted(left))}"
    assert all(reason.strip() for reason in NOT_HERE.values()), "say in NOT_HERE why"
