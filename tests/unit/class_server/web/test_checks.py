"""The page about the checks themselves."""

from __future__ import annotations

import re

from tests.unit.class_server.made import body
from tests.unit.class_server.web.running import Browser, Running
from tests.unit.engine.classroom.class_reports import check

from envcheck_class.checked.record import Record
from envcheck_class.web import checks


def words(page: str, section: str) -> str:
    """What stands in a part of the page, empty where it is not there."""
    found = re.search(rf'<section aria-labelledby="{section}">(.*?)</section>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


def test_what_never_fails_and_what_flips(server: Running) -> None:
    helper = Browser(server)
    assert helper.get("/checks").headers["location"] == "/login"
    helper.log_in(server.codes.helper)
    assert "No report has arrived yet" in helper.get("/checks").text
    for number, status in enumerate(("pass", "error", "pass")):
        server.send(body(checks=[check("python"), check("kernel", status)], seconds=number))
    server.send(body("owl"), Envcheck_Key="01" * 32)
    page = helper.get("/checks").text
    assert "Python chapter2.python among 2 learners" in words(page, "never")
    assert "Kernel chapter2.kernel on 1: fox" in words(page, "flips")
    assert "Kernel chapter2.kernel for 1 of 2 learners" in words(page, "fails")
    assert 'href="/checks"' in helper.get("/").text


def test_a_check_that_was_mended_does_not_flip(server: Running) -> None:
    helper = Browser(server)
    helper.log_in(server.codes.helper)
    for number, stuck in enumerate((False, True, False)):
        server.send(body(stuck=stuck, seconds=number))
    page = helper.get("/checks").text
    assert words(page, "flips") == ""
    assert "Kernel chapter2.kernel for 1 of 1 learner" in words(page, "fails")


def test_many_checks_and_names_are_cut_short() -> None:
    many = [Record(str(number), "x", passed={"fox"}) for number in range(500)]
    assert len(checks.content(many)["never"]) == checks.MOST
    flips = Record("x", "X", {"a"}, {"a"}, {f"learner{number:03}" for number in range(500)})
    [one] = checks.content([flips])["flips"]
    assert one["on"].endswith("learner019 and 480 more")
