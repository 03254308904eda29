"""A course and a selection become checks in order, or a usage problem that names the nearest."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial

import pytest
from tests.pace import within

from envcheck import Chapter, Check, Course, Environment, Outcome, ok
from envcheck.environment import Options
from envcheck.errors import UsageProblem
from envcheck.run.plan import Planned, Selection, make


def fine(_: Environment) -> Outcome:
    return ok("fine")


def named(
    id: str, *needs: Check, explained_by: Sequence[Check] = (), traits: Sequence[str] = ()
) -> Check:
    return Check(id, id, fine, needs=needs, explained_by=explained_by, traits=frozenset(traits))


A = named("a")
B = named("b", A)
C = named("c", B)
D = named("d")
NET = named("net", traits=["network"])
SERVER = named("server", traits=["server"])
DEEP = named("deep", traits=["deep"])
COURSE = Course(
    "course",
    "Course",
    [Chapter("one", "One", [A, B, C, D]), Chapter("two", "Two", [A, NET, SERVER, DEEP])],
    tracks=[Chapter("extra", "Extra", [D, named("e")])],
)

PLAIN = Options()


def plan(
    *chapters: str, options: Options = PLAIN, course: Course = COURSE, **selection: tuple[str, ...]
) -> tuple[Planned, ...]:
    return make(course, Selection(chapters, **selection), options)


def ids(planned: Sequence[Planned]) -> list[str]:
    return [one.id for one in planned]


def left_out(planned: Sequence[Planned]) -> dict[str, str]:
    return {one.id: one.left_out for one in planned if one.left_out}


def test_declaration_order() -> None:
    """A chapter's checks are planned as the course lists them."""
    assert ids(plan("one")) == ["one.a", "one.b", "one.c", "one.d"]


def test_two_chapters() -> None:
    """A check that two chapters list runs once, under the first one's name."""
    assert ids(plan("two", "one")) == [
        "two.a",
        "two.net",
        "two.server",
        "two.deep",
        "one.b",
        "one.c",
        "one.d",
    ]


def test_all_and_tracks() -> None:
    """`all` is every chapter and no track; a track can stand alone or beside a chapter."""
    assert len(plan("all")) == 7
    assert ids(plan(tracks=("extra",))) == ["extra.d", "extra.e"]
    assert ids(plan("one", tracks=("extra",)))[-2:] == ["one.d", "extra.e"]
    assert ids(plan("all", "one", "all")) == ids(plan("all"))


def test_only() -> None:
    """--only runs the check and what it needs; what it needs was not selected; the rest is
    shown as left out.
    """
    planned = plan("one", only=("b",))
    assert [(one.id, one.selected, one.left_out) for one in planned] == [
        ("one.a", False, ""),
        ("one.b", True, ""),
        ("one.c", False, "not asked: --only"),
        ("one.d", False, "not asked: --only"),
    ]
    assert plan("one", only=("one.b",)) == planned


def test_skip() -> None:
    """--skip leaves a check out, also against --only of another that needs it."""
    assert left_out(plan("one", skip=("a",))) == {"one.a": "not asked: --skip"}
    assert left_out(plan("one", only=("b",), skip=("a",)))["one.a"] == "not asked: --skip"


def test_options() -> None:
    """--offline, --quick and the absence of --deep leave out what they are about, with
    the reason.
    """
    assert left_out(plan("two", options=Options(offline=True))) == {
        "two.net": "not asked: --offline",
        "two.deep": "not asked: it needs --deep",
    }
    assert left_out(plan("two", options=Options(quick=True, deep=True))) == {
        "two.server": "not asked: --quick"
    }


@pytest.mark.parametrize(
    ("chapters", "selection", "message"),
    [
        (["on"], {}, "no chapter `on`; the nearest is `one`"),
        (["one"], {"tracks": ("xtra",)}, "no track `xtra`; the nearest is `extra`"),
        (["one"], {"only": ("one.bb",)}, "no check `one.bb`; the nearest is `one.b`"),
        (["one"], {"only": ("net",)}, "no check `net`"),
        (["one"], {"skip": ("zzz",)}, "no check `zzz`"),
        (["one"], {"only": ("a",), "skip": ("a",)}, "nothing is selected"),
        ([], {}, "nothing is selected"),
    ],
)
def test_usage_problems(
    chapters: list[str], selection: dict[str, tuple[str, ...]], message: str
) -> None:
    """An unknown name is refused with the nearest one, and so is a selection of nothing."""
    with pytest.raises(UsageProblem, match=message):
        plan(*chapters, **selection)  # type: ignore[arg-type]  # the keywords of a selection


def test_empty_chapter() -> None:
    """A chapter without checks proves nothing, so it is no usable selection."""
    with pytest.raises(UsageProblem, match="nothing is selected"):
        plan("empty", course=Course("c", "C", [Chapter("empty", "Empty", [])]))


def test_needs_that_no_chapter_lists() -> None:
    """What a check needs runs before it, though the course does not list it."""
    assert ids(plan("x", course=Course("c", "C", [Chapter("x", "X", [C])]))) == [
        "x.a",
        "x.b",
        "x.c",
    ]


def test_circle() -> None:
    """Checks that need each other are refused by name; so are checks that explain each other."""
    for keyword in ("needs", "explained_by"):
        first = Check("first", "First", fine)
        second = Check("second", "Second", fine, **{keyword: (first,)})  # type: ignore[arg-type]  # either is a sequence
        object.__setattr__(first, keyword, (second,))
        with pytest.raises(UsageProblem, match=r"circle: .*first -> .*|circle: .*second -> .*"):
            plan("x", course=Course("c", "C", [Chapter("x", "X", [first, second])]))


def factory(word: str, **more: object) -> Check:
    def examine(_: Environment) -> Outcome:
        return ok(f"{word} {more}")

    return Check("made", "Made", examine)


def other(_: Environment) -> Outcome:
    return ok("other")


def with_word(_: Environment, word: str) -> Outcome:
    return ok(word)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (Check("x", "X", fine), Check("x", "X", other)),
        (factory("numpy"), factory("pandas")),
        (factory("numpy", version=1), factory("numpy", version=2)),
        (
            Check("x", "X", partial(with_word, word="a")),
            Check("x", "X", partial(with_word, word="b")),
        ),
    ],
)
def test_two_different_checks_of_one_id(one: Check, two: Check) -> None:
    """Checks of one id that do different things are refused: one of them would silently not run."""
    with pytest.raises(UsageProblem, match="two different checks with the id"):
        plan("all", course=Course("c", "C", [Chapter("1", "1", [one]), Chapter("2", "2", [two])]))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (factory("numpy"), factory("numpy")),
        (
            Check("x", "X", partial(with_word, word="a")),
            Check("x", "X", partial(with_word, word="a")),
        ),
        (A, named("a")),
    ],
)
def test_one_check_made_twice(one: Check, two: Check) -> None:
    """A factory called twice with the same words makes one check."""
    assert (
        len(
            plan(
                "all", course=Course("c", "C", [Chapter("1", "1", [one]), Chapter("2", "2", [two])])
            )
        )
        == 1
    )


def test_many_paths_to_one_need() -> None:
    """Thirty floors of two rooms each, every room needing both below: planned at once, not by
    walking every path.
    """
    below: tuple[Check, ...] = ()
    for floor in range(30):
        below = tuple(named(f"{floor}-{room}", *below) for room in "ab")
    begun = time.monotonic()
    assert len(plan("x", course=Course("c", "C", [Chapter("x", "X", below)]))) == 60
    assert time.monotonic() - begun < within(2)
