"""A waived check runs and keeps its status, and counts for nothing while the waiver holds."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from envcheck import Chapter, Check, Course, Environment, Outcome, Status, fail, ok
from envcheck.fixes.advice import ask_teacher
from envcheck.reports import renderer
from envcheck.run.report import Report
from envcheck.testing import run_course
from envcheck.waiver import Waiver

DAY = datetime.date(2027, 3, 1)
HOLDS, ENDED = Waiver("no wheel for 3.13", DAY), Waiver("no wheel for 3.13", DAY, ended=True)


def works(_: Environment) -> Outcome:
    return ok("it is there")


def breaks(_: Environment) -> Outcome:
    return fail("torchtext-missing", "torchtext is missing", ask_teacher())


def follows(_: Environment) -> Outcome:
    return fail("other-trouble", "another thing is broken", ask_teacher())


WORKS = Check("works", "Works", works)


def report(folder: Path, *checks: Check) -> Report:
    return run_course(Course("a", "A", [Chapter("w", "W", checks)]), "w", folder=folder)


def packages(waiver: Waiver | None) -> Check:
    return Check("packages", "Packages", breaks, waiver=waiver)


def test_it_does_not_count(tmp_path: Path) -> None:
    made = report(tmp_path, WORKS, packages(HOLDS))
    result = made.results[1]
    assert (result.status, result.required, made.exit_code) == (Status.FAIL, False, 0)
    assert made.to_mend == ()
    assert [cause.waived for cause in made.causes] == [True]


def test_it_counts_again_afterwards_and_says_so(tmp_path: Path) -> None:
    made = report(tmp_path, WORKS, packages(ENDED))
    assert (made.results[1].required, made.exit_code) == (True, 1)
    text = " ".join(renderer("text")(made).split())
    assert "(waived until 2027-03-01: it counts again)" in text
    check = json.loads(renderer("json")(made))["checks"][1]
    assert (check["waived"], check["waiver_ended"]) == (None, "2027-03-01")


def test_nothing_else_is_proof_of_readiness(tmp_path: Path) -> None:
    """A chapter whose checks are all waived has shown nothing."""
    assert report(tmp_path, replace(WORKS, waiver=HOLDS)).exit_code == 3


def test_nothing_hides_behind_it(tmp_path: Path) -> None:
    """Its failure explains no other's, and what needs it is not done."""
    beside = packages(HOLDS)
    made = report(tmp_path, WORKS, beside, Check("b", "B", follows, explained_by=(beside,)))
    assert (made.results[2].status, made.exit_code) == (Status.FAIL, 1)
    made = report(tmp_path, WORKS, beside, Check("b", "B", works, needs=(beside,)))
    assert (made.results[2].blocked_by, made.exit_code) == ("w.packages", 1)


def test_every_format_shows_it(tmp_path: Path) -> None:
    made = report(tmp_path, WORKS, packages(HOLDS))
    words = "waived until 2027-03-01, no wheel for 3.13: torchtext is missing"
    text = renderer("text")(made)
    assert " ".join(words.split()) in " ".join(text.split())
    assert "Next step" not in text
    assert words.replace("-", "\\-") in renderer("markdown")(made) or words in renderer("markdown")(
        made
    )
    assert words in renderer("html")(made)
    assert "::notice title=torchtext-missing::waived: torchtext is missing" in renderer("github")(
        made
    )
    assert "::error" not in renderer("github")(made)
    suite = ElementTree.fromstring(renderer("junit")(made)).find("testsuite")
    assert suite is not None
    assert (suite.get("failures"), suite.get("skipped")) == ("0", "1")
    skipped = suite.find("testcase/skipped")
    assert skipped is not None
    assert skipped.get("message") == words
    check = json.loads(renderer("json")(made))["checks"][1]
    assert (check["status"], check["required"]) == ("fail", False)
    assert check["waived"] == {"why": "no wheel for 3.13", "until": "2027-03-01"}
