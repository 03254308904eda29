"""Every fix that a program may carry out has been carried out on a machine that is really broken,
and was looked at once more from a new terminal of the learner's.

A code says whether its fix may need nobody (`automatic=True`), and a test fails in which a
diagnosis has such a fix without that (`tests/declared.py`). What was carried out is read from the
stories: one with `fixed=True` fails unless its fix, applied, makes the machine ready (or the
warning go away), in that terminal and in a new one. It goes by code: two places with one code need
one story.

The stories of the tracks are calls of a learner who `is_mended` by a code. No story of either kind
passes whose fix was not followed by a new terminal: `make_machine` and `make_learner` see to that.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.guards.source import of_kind
from tests.stories.broken.story import Story, told

from envcheck_checks.courses.ml_for_software_engineers.codes import CODES

STORIES = Path(__file__).parents[1] / "stories"
AUTOMATIC: set[str] = {code for code in CODES if code.automatic}
# What a learner of a track does, with the code as its third word
MENDS = ("mended", "fails_and_is_mended")
# Why no story can carry it out on the machines that run the tests. Meant to become empty.
NOT_HERE: dict[str, str] = dict.fromkeys(
    ("python-store-stub", "python-xcode-stub", "windows-paths-too-long"),
    "made on Windows or macOS only; described machines in tests/unit/other_systems stand for them",
)


def applied() -> set[str]:
    """The codes whose fix a story carries out and sees to work."""
    stories = [story for table in tables() for story in table.values()]
    codes = {story.code for story in stories if story.fixed and not story.known}
    return codes | set(of_tracks())


def tables() -> list[dict[str, Story]]:
    """The stories of each module of broken machines, by name."""
    return [
        importlib.import_module(f"tests.stories.broken.{path.stem}").STORIES
        for path in sorted(STORIES.glob("broken/test_*.py"))
    ]


def played(stories: dict[str, Story]) -> list[Story]:
    """As `told` gives them to their test."""
    params: list[Any] = list(told(stories).args[1])
    return [param.values[0] for param in params]


def of_tracks() -> Iterator[str]:
    """The same of the tracks' stories, and of a course without code."""
    for path in (*sorted(STORIES.glob("tracks/test_*.py")), STORIES / "test_course_file.py"):
        for node in of_kind(path, ast.Call):
            if isinstance(node.func, ast.Attribute) and node.func.attr in MENDS:
                code = node.args[2]
                assert isinstance(code, ast.Constant), f"write the code itself in {path.name}"
                yield str(code.value)


def test_a_story_that_nobody_plays_counts_for_nothing() -> None:
    """Each code of a story is one that is declared."""
    assert applied() <= set(map(str, CODES))


def test_every_automatic_fix_has_been_carried_out() -> None:
    """A code whose fix may need nobody has a story that applies it."""
    missing = AUTOMATIC - applied() - set(NOT_HERE)
    assert not missing, (
        f"write a Story(..., fixed=True) in tests/stories/broken for: {', '.join(sorted(missing))}; "
        "for a track's tool, let its learner be mended; or, where a person is always needed, take "
        "automatic=True off the code"
    )


def test_one_of_each_kind_of_fix_sees_the_whole_machine_ready() -> None:
    """Further stories of a module with the same code, on the same kind of machine, look at what met
    the cause alone: one that comes before them, or that is always played, looks at everything.
    """
    kinds: dict[tuple[object, ...], list[bool]] = {}
    for number, table in enumerate(tables()):
        for story in played(table):
            kind = (number, story.code, story.warns, story.server, story.kind, story.packages)
            kinds.setdefault(kind, []).append(story.further)
            assert not (story.further and story.always), story
    assert [kind for kind, further in kinds.items() if further.count(False) < 1] == []
    assert any(any(further) for further in kinds.values())


def test_no_exception_is_left_over() -> None:
    """Who stands among the exceptions has an automatic fix, no story yet, and a reason."""
    left = set(NOT_HERE) - AUTOMATIC | set(NOT_HERE) & applied()
    assert not left, f"remove from NOT_HERE in {__file__}: {', '.join(sorted(left))}"
    assert all(reason.strip() for reason in NOT_HERE.values()), "say in NOT_HERE why"
