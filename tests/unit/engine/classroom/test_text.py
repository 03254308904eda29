"""The class on a terminal, whole."""

from __future__ import annotations

import pytest
from tests.unit.engine.classroom.class_reports import NOW, STUCK, cause, document, file
from tests.unit.engine.classroom.test_overview import ANNA, BEN

from envcheck.classroom.message import Catalogue
from envcheck.classroom.overview import Asked, Overview, overview
from envcheck.classroom.text import Page
from envcheck_checks.courses.ml_for_software_engineers import COURSE

CATALOGUE = Catalogue([COURSE])
WHOLE = """\
ML, chapter 2: 3 reports of 2 learners, 2 in the roster.

    1  silent  nothing was handed in
    1  stuck   the machine is not ready
    1  ready   everything was proved

Silent (1)
  Ben Okafor

Stuck (1)
  Anna Müller                 kernelspec-other-python: the kernel starts another
      Python; 2 hours ago; since the report before: kernelspec-other-python is
      new; receipt VHNYHJBD, before 36J3W71T

Ready (1), with receipts
  owl (not in the roster) C2BNTDWG

What they meet

  kernelspec-other-python: 1 of 2 (Linux 1)
    The kernelspec starts another Python than yours
    Met by: Anna Müller
    | If `envcheck chapter2` ended with kernelspec-other-python: The kernelspec
    | starts another Python than yours.
    | Type this; it shows the fix for your machine, asks, and checks again:
    |     envcheck chapter2 --fix
    | Why: envcheck explain kernelspec-other-python

In use
  Python: 3.12.4 (2)
  System: Linux (2)
  envcheck: 0.1.0 (2)

Not shown: reports about chapter1 (1). Add --chapter chapter1 for them.

Not read (1)
  notes.txt: not JSON, or cut short
"""


def a_class() -> Overview:
    files = [
        file("1.json", {**STUCK, "alias": "fox"}),
        file("2.json", document(alias="fox", started="2026-11-27T10:00:00Z")),
        file("3.json", document(alias="owl")),
        file("4.json", document(alias="cat", chapters=["chapter1"])),
        file("notes.txt", b"hello"),
    ]
    return overview(files, [ANNA, BEN], Asked("chapter2"), NOW)


def test_the_whole_text() -> None:
    assert Page().render(a_class(), CATALOGUE) == WHOLE


def test_on_a_projector_nobody_is_named() -> None:
    told = Page(projector=True).render(a_class(), CATALOGUE)
    assert "kernelspec-other-python: 1 of 2" in told
    for name in ("Anna", "Ben", "owl", "notes.txt"):
        assert name not in told


@pytest.mark.parametrize("width", [40, 60, 100])
def test_it_fits(width: int) -> None:
    assert max(map(len, Page(width).render(a_class(), CATALOGUE).splitlines())) <= width


def test_what_a_report_says_steers_no_terminal() -> None:
    evil = "\x1b[31mred\nStuck (9)\r\u202e"
    report = document("not-ready", [cause(summary=evil)], alias=evil)
    told = Page().render(overview([file("a", report)], None, Asked(), NOW), CATALOGUE)
    assert not {"\x1b", "\r", "\u202e"} & {*told}
    assert "\nStuck (9)" not in told


def test_a_clock_that_is_ahead() -> None:
    report = document("not-ready", [cause()], started="2027-01-01T10:00:00Z", alias="a")
    told = Page().render(overview([file("a", report)], None, Asked(), NOW), CATALOGUE)
    assert "its clock is ahead" in told.replace("\n      ", " ")
