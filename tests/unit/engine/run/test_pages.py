"""What `envcheck explain` shows: a page that is a file, or what a check says of itself."""

from __future__ import annotations

import functools
import sys
from pathlib import Path

import pytest
from tests import built_file

from envcheck import Chapter, Check, Code, Course, Environment, Outcome, check, fail, ok
from envcheck.run import pages

LATE = Code("clock-late", "The clock is late", ["clock"])


def _told(env: Environment) -> Outcome:
    return fail("clock-told", "said elsewhere") if env.variables else ok("right")


@check("clock", title="Clock", proves="the clock is right")
def clock(env: Environment) -> Outcome:
    """The clock is right

    to the minute.
    """
    if env.variables:
        return fail("clock-stands", "the clock stands")
    return _told(env)


@check("alone", title="Alone")
def alone(env: Environment) -> Outcome:
    return fail("alone-code", "alone") if env.variables else ok("fine")


def course(*checks: Check, folder: str = "", codes: tuple[Code, ...] = ()) -> Course:
    return Course("c", "C", [Chapter("week1", "Week", checks)], pages=folder, codes=codes)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package with a page in it and another in a folder of a folder."""
    name = "course_with_pages"
    deep = tmp_path / name / "room" / "pages"
    deep.mkdir(parents=True)
    (tmp_path / name / "__init__.py").touch()
    (tmp_path / name / "clock-stands.md").write_text("# It stands\n\n\n", encoding="utf-8")
    (deep / "clock-late.md").write_text("# It is late\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, name, raising=False)
    return name


def test_pages_lie_at_any_depth(package: str) -> None:
    """A course names one package; its pages may lie beside its features."""
    found = course(clock, folder=package)
    assert pages.page("clock-stands", [found]) == "# It stands\n"
    assert pages.page("clock-late", [found]) == "# It is late\n"
    assert pages.names([found]) == ["clock", "clock-late", "clock-stands"]


def test_a_check_without_a_page_says_what_it_proves() -> None:
    """What a check is for is known without a file."""
    assert pages.page("clock", [course(clock)]) == "# Clock\n\nIt passes when the clock is right.\n"


def test_a_code_without_a_page_is_answered_by_its_check() -> None:
    """The docstring of the check that gives it, wherever in its module the code stands."""
    said = "The clock is right\n\nto the minute.\n\nThe check `clock` gives `{}`. It passes when the clock is right.\n"
    assert pages.page("clock-stands", [course(clock)]) == "# clock-stands\n\n" + said.format(
        "clock-stands"
    )
    assert pages.page("clock-told", [course(clock)]) == "# clock-told\n\n" + said.format(
        "clock-told"
    )


def test_a_declared_code_has_its_own_title() -> None:
    """A code that is declared names its checks, and what it means."""
    page = pages.page("clock-late", [course(clock, codes=(LATE,))])
    assert page.startswith("# The clock is late\n\nThe clock is right\n")


def test_a_check_without_a_docstring_still_answers() -> None:
    """The title stands for it."""
    assert pages.page("alone-code", [course(alone)]) == (
        "# alone-code\n\nAlone.\n\nThe check `alone` gives `alone-code`. It passes when alone.\n"
    )


def test_the_first_course_answers(package: str) -> None:
    """A course that is named comes before those that are installed."""
    both = [course(clock, folder=package), course(alone)]
    assert pages.page("clock-stands", both) == "# It stands\n"
    assert "The check `alone`" in pages.page("alone-code", both)


def test_what_a_run_says_has_no_page(package: str) -> None:
    """The pages of codes are had without loading a check that did not run; a course whose pages are
    gone has none.
    """
    both = [course(clock, folder=package), course(folder="no_such_package")]
    codes = ("clock-stands", "clock-told", "alone-code", "clock-late")
    texts = pages.of_codes(codes, both, [clock])
    assert texts == {code: pages.page(code, both) for code in codes if code != "alone-code"}
    assert pages.of_codes(codes, both[1:], []) == {}


def test_many_are_as_each_alone(package: str) -> None:
    both = [course(clock, folder=package), course(alone)]
    names = ("clock-stands", "clock", "alone-code", "nonsense")
    assert pages.texts(names, both) == {name: pages.page(name, both) for name in names}


def test_what_nobody_knows_has_no_page() -> None:
    """A name of no course, and a check that is no function."""
    made = Check("made", "Made", functools.partial(_told))
    assert pages.page("nonsense", [course(clock, made)]) == ""
    assert pages.page("made", [course(made)]) == "# Made\n\nIt passes when Made.\n"


def test_pages_of_a_wheel_lie_in_one_file(package: str, tmp_path: Path) -> None:
    """As run-envcheck.py and hatchling make it: what is answered is the same, the first page too."""
    alone = course(clock, folder=package)
    names = pages.names([alone])
    before = pages.texts(names, [alone])
    packed = [
        (path.relative_to(tmp_path / package).as_posix(), path.read_bytes())
        for path in sorted((tmp_path / package).rglob("pages/*.md"))
    ]
    assert packed
    for name, _ in packed:
        (tmp_path / package / name).unlink()
    archive: bytes = built_file.names()["page_archive"](packed)
    (tmp_path / package / pages.ARCHIVE).write_bytes(archive)
    assert pages.names([alone]) == names
    assert pages.texts(names, [alone]) == before
    assert pages.of_codes(["clock-late"], [alone], [clock]) == {"clock-late": "# It is late\n"}


def test_a_cut_archive_costs_its_pages_alone(package: str, tmp_path: Path) -> None:
    (tmp_path / package / pages.ARCHIVE).write_bytes(b"PK")
    assert pages.page("clock", [course(clock, folder=package)])
