"""Checks in a course's own Python: loaded by a run of their chapter alone, and at nobody else's cost."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from envcheck.command import listing
from envcheck.errors import UsageProblem
from envcheck.model import Course
from envcheck.reports import html
from envcheck.run import described, own_module, pages
from envcheck.run.report import Report
from envcheck.testing import run_course
from envcheck_checks.courses.ml_for_software_engineers import COURSE

TABLE = """\
course = "a"
[chapter.v]
ports = [1]
[chapter.w]
checks = "lib/my_checks.py:CHECKS"
"""
MODULE = """\
import pathlib
from envcheck import check, fail, ok
from envcheck_checks.python import python

pathlib.Path(__file__).with_name("loaded").write_text("")

@check("ours", needs=[python(">=3.8")])
def ours(env):
    \"\"\"Our own question\"\"\"
    return ok("answered")

@check("theirs", needs=[ours])
def theirs(env):
    \"\"\"A question that fails

    Ask Ms Lovelace for the key.
    \"\"\"
    return fail("ours-wrong", "it is wrong")

CHECKS = [ours]
BOTH = (ours, theirs)
ODD = [ours, "theirs"]
NONE = []
ENDLESS = iter(lambda: ours, None)
"""


def course(
    folder: Path, table: str = TABLE, module: str = MODULE, *, named: bool = False
) -> Course:
    (folder / "lib").mkdir(exist_ok=True)
    (folder / "lib" / "my_checks.py").write_text(module)
    (folder / "envcheck.toml").write_text(table)
    return described.from_table(folder / "envcheck.toml", [COURSE], named=named)


def ran(folder: Path, made: Course, *chapters: str) -> tuple[Report, dict[str, str]]:
    report = run_course(made, *chapters, folder=folder, variables=dict(os.environ))
    return report, {each.id: each.status.value for each in report.results}


def test_nothing_but_a_run_of_the_chapter_loads_them(tmp_path: Path) -> None:
    made = course(tmp_path)
    assert "w.ours" not in listing.as_json([made])
    assert "checks in Python of the course's own" in listing.as_text([made])
    assert pages.page("ours", [made]) == (
        "# Our own question\n\nThe check `ours` is the course's own: lib/my_checks.py, line 8.\n"
        "To show this, the file was read and not run.\n"
    )
    assert "The check `theirs` of the course's own gives it" in pages.page("ours-wrong", [made])
    assert {"ours", "theirs", "ours-wrong"} <= {*pages.names([made])}
    assert ran(tmp_path, made, "v")[1]["v.port.1"] == "pass"
    assert not (tmp_path / "lib" / "loaded").exists()
    report, status = ran(tmp_path, made, "w")
    assert (report.exit_code, status) == (0, {"w.python": "pass", "w.ours": "pass"})
    assert sorted(each.name for each in (tmp_path / "lib").iterdir()) == ["loaded", "my_checks.py"]


def test_several_names_and_what_they_need(tmp_path: Path) -> None:
    """A check that two names hold is two of one id; one that another needs is run, and not twice."""
    sources = 'checks = ["lib/my_checks.py:BOTH"]\nwaive."w.theirs" = { why = "later", until = 2199-01-01 }\n'
    made = course(
        tmp_path, f'course = "a"\n{sources}[chapter.w]\nports = [1]\n[chapter.v]\nports = [2]\n'
    )
    report, status = ran(tmp_path, made)
    assert status == {
        "w.python": "pass", "w.port.1": "pass", "w.ours": "pass", "w.theirs": "fail",
        "v.python": "pass", "v.port.2": "pass", "v.ours": "pass", "v.theirs": "fail",
    }  # fmt: skip
    assert [each.id for each in report.results if each.waived] == ["w.theirs"]
    assert report.exit_code == 1
    assert report.explained["ours-wrong"].startswith("# ours-wrong\n\nAsk Ms Lovelace")
    assert "envcheck explain ours-wrong" in html.render(report).replace("<wbr>", "")
    assert "Ask Ms Lovelace" in html.render(report)
    wrong = TABLE.replace(
        "[chapter.v]", '[waive]\n"w.gone" = { why = "a", until = 2199-01-01 }\n[chapter.v]'
    )
    with pytest.raises(UsageProblem, match=r"toml:3:1: no chapter has a check `w.gone`"):
        ran(tmp_path, course(tmp_path, wrong), "w")


def test_systems_of_a_check_that_there_is_not(tmp_path: Path) -> None:
    """Told when they have been loaded, with its place."""
    only = 'only = { on = ["linux"], checks = ["ours", "port.1"] }\n'
    made = course(tmp_path, TABLE + only)
    assert ran(tmp_path, made, "w")[1]["w.ours"] in ("pass", "skip")
    made = course(tmp_path, TABLE + only.replace("port.1", "port.2"))
    with pytest.raises(
        UsageProblem, match=r"toml:6:44: chapter.w.only.checks: no chapter has a check `port.2`"
    ):
        ran(tmp_path, made, "w")


@pytest.mark.parametrize("text", ["def a(:", "\0", "x = 1", "@check('a')\nclass A: pass", ""])
def test_what_is_no_check_has_no_page(tmp_path: Path, text: str) -> None:
    assert pages.page("a", [course(tmp_path, module=text)]) == ""


@pytest.mark.parametrize(
    ("name", "module", "reason"),
    [
        ("GONE", MODULE, "lib/my_checks.py has no `GONE`"),
        ("ODD", MODULE, "it holds str, not an envcheck.Check"),
        ("NONE", MODULE, "it holds no check"),
        ("ENDLESS", MODULE, "it holds more than 200 checks"),
        ("CHECKS", "CHECKS = 1", "it holds int, not an envcheck.Check"),
        ("CHECKS", "1 / 0", "lib/my_checks.py cannot be loaded: ZeroDivisionError: division by zero (my_checks.py:1)"),
        ("CHECKS", "import sys\nsys.exit(0)", "lib/my_checks.py cannot be loaded: SystemExit: 0 (my_checks.py:2)"),
        ("CHECKS", "def", "lib/my_checks.py cannot be loaded: SyntaxError: "),
        ("CHECKS", "import torch_of_nobody", "ModuleNotFoundError: No module named 'torch_of_nobody'"),
        ("CHECKS", MODULE.replace('"ours"', '"python"'), "its check `python` has the id of another in this chapter"),
        ("CHECKS", MODULE.replace("[python", "[1, python"), "its checks cannot be used: AttributeError"),
        ("CHECKS", "def CHECKS():\n    pass", "it holds function, not an envcheck.Check"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_costs_its_own_chapter_alone(
    tmp_path: Path, name: str, module: str, reason: str
) -> None:
    made = course(tmp_path, TABLE.replace(":CHECKS", f":{name}"), module)
    report, status = ran(tmp_path, made)
    assert status["v.port.1"] == status["w.python"] == "pass"
    own = report.results[-1]
    assert (own.status.value, report.exit_code) == ("error", 3)
    assert "envcheck.toml:5:1: chapter.w.checks: " in own.summary
    assert reason in own.summary
    assert ran(tmp_path, made, "v")[0].exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="only on Unix a link needs no rights")
def test_a_link_out_of_the_course_is_not_run(tmp_path: Path) -> None:
    inside = tmp_path / "course"
    inside.mkdir()
    made = course(inside)
    (tmp_path / "other.py").write_text(MODULE)
    (inside / "lib" / "my_checks.py").unlink()
    (inside / "lib" / "my_checks.py").symlink_to(tmp_path / "other.py")
    report, _ = ran(inside, made, "w")
    assert "lib/my_checks.py leads out of the course's folder" in report.results[-1].summary
    assert not (tmp_path / "loaded").exists()


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only on Unix root gives files away"
)
def test_another_users_file_is_run_where_the_course_was_named(tmp_path: Path) -> None:
    made = course(tmp_path)
    os.chown(tmp_path / "lib" / "my_checks.py", 1, 1)
    report, _ = ran(tmp_path, made, "w")
    assert "belongs to another user" in report.results[-1].summary
    assert report.exit_code == 3
    named = described.from_table(tmp_path / "envcheck.toml", [COURSE], named=True)
    assert ran(tmp_path, named, "w")[0].exit_code == 0


def test_a_file_without_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_module, "SECONDS", 0.3)
    wait = "import threading\nthreading.Event().wait(5)\n"
    report, _ = ran(tmp_path, course(tmp_path, module=wait), "w")
    assert "lib/my_checks.py was not loaded after" in report.results[-1].summary


@pytest.mark.parametrize(
    "source", ["../x.py:A", "/x.py:A", "x.py", "x.txt:A", "x.py:a b", "a\\\\b.py:A"]
)
def test_a_source_that_cannot_be(tmp_path: Path, source: str) -> None:
    with pytest.raises(UsageProblem, match=r"envcheck.toml:5:1: chapter.w.checks: "):
        course(tmp_path, TABLE.replace("lib/my_checks.py:CHECKS", source))
