"""The plug-in in a pytest of its own, with envcheck's real command and a small course."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

pytestmark = pytest.mark.slow  # pytest is started
ROOT = Path(__file__).parents[3]
COURSE = '''
"""A course of each kind of answer; PLACE has a line for each run."""
import os
from pathlib import Path
from envcheck import Chapter, Course, Evidence, check, fail, ok, skip, warn
from envcheck.advice import tell

def ran():
    with Path(__file__).with_name("runs").open("a") as runs:
        runs.write("x")

@check("base", title="Base")
def base(env):
    """Base"""
    ran()
    broken = Path(__file__).with_name("broken").exists()
    mend = tell("mend it", "Take the file `broken` away.")
    return fail("base-broken", "the base is broken", mend, found="broken") if broken else ok("fine")

@check("above", title="Above", needs=[base])
def above(env):
    """Above"""
    return ok("fine")

@check("noisy", title="Noisy")
def noisy(env):
    """Noisy"""
    return warn("noisy-disk", "the disk is noisy", found="42 dB")

@check("extra", title="Extra", required=False)
def extra(env):
    """Extra"""
    return fail("no-extra", "the extra is not there")

@check("other", title="Other")
def other(env):
    """Other"""
    return skip("this machine has no other")

COURSE = Course("c", "Course", [Chapter("week1", "Week 1", [base, above, noisy, extra, other])])
'''


@pytest.fixture
def course(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the course, a test of somebody's own, and pytest's file that names the chapter."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "pytest-plugin"))
    pytester.makepyfile(course=COURSE, test_mine="def test_mine(): pass")
    pytester.makeini(
        f"""
        [pytest]
        addopts = -p envcheck_pytest -p no:randomly -p no:schemathesis
        filterwarnings = default
        envcheck = week1
        envcheck_options = --course course.py --python '{sys.executable}'
        """
    )
    return pytester.path


def runs(course: Path) -> int:
    """How often envcheck has run."""
    file = course / "runs"
    return len(file.read_text()) if file.exists() else 0


def test_ready(pytester: pytest.Pytester, course: Path) -> None:
    """Each check is a test beside one's own; a warning is one, and what is optional is not red."""
    done = pytester.runpytest("-rs")
    done.assert_outcomes(passed=5, skipped=2, warnings=2)
    done.stdout.fnmatch_lines(
        [
            "collected 7 items",
            "envcheck: trying week1 on this machine ...",
            "test_mine.py . *",
            "envcheck ...ss. *",
            "*EnvcheckWarning: week1.noisy: the disk is noisy",
            "*found: 42 dB",
            "SKIPPED * week1.extra: optional: the extra is not there",
            "SKIPPED * week1.other: skipped: this machine has no other",
        ]
    )
    assert (done.ret, runs(course)) == (0, 1)


def test_workers(pytester: pytest.Pytester, course: Path) -> None:
    """With -n there is one run, in the controller, and each worker knows what came of it."""
    (course / "broken").touch()
    done = pytester.runpytest_subprocess("-n", "2", "--junitxml=tests.xml")
    done.assert_outcomes(passed=2, failed=1, skipped=4)
    done.stdout.fnmatch_lines(
        ["*found: broken", "*next step: mend it", "FAILED envcheck::week1::base *"]
    )
    assert runs(course) == 1
    cases = ElementTree.parse(course / "tests.xml").iter("testcase")
    names = {(case.get("classname"), case.get("name")) for case in cases}
    assert {("envcheck.week1", "base"), ("envcheck", "verdict")} <= names


def test_last_failed(pytester: pytest.Pytester, course: Path) -> None:
    """--lf runs what has failed, and envcheck runs that alone."""
    (course / "broken").touch()
    done = pytester.runpytest("-q")
    done.stdout.fnmatch_lines(
        [
            "error: the base is broken",
            "found: broken",
            "next step: mend it",
            "    Take the file `broken` away.",
        ]
    )
    (course / "broken").unlink()
    done = pytester.runpytest("--lf")
    done.assert_outcomes(passed=1, deselected=6)
    assert (done.ret, runs(course)) == (0, 2)


@pytest.mark.parametrize(
    ("chosen", "code", "said"),
    [
        ("above", 1, "*waits for week1.base*"),
        ("week1 and other", 1, "* 1 skipped, *"),
        ("test_mine", 0, "* 1 passed, *"),
    ],
)
def test_chosen(pytester: pytest.Pytester, course: Path, chosen: str, code: int, said: str) -> None:
    """-k that leaves no proof is not green; where it leaves no check envcheck does not run."""
    (course / "broken").touch()
    done = pytester.runpytest("-k", chosen)
    done.stdout.fnmatch_lines([said])
    assert (done.ret, runs(course)) == (code, int(chosen == "above"))


def test_not_asked(pytester: pytest.Pytester, course: Path) -> None:
    """Whoever names a file wants that file; who collects only, runs nothing."""
    done = pytester.runpytest("test_mine.py")
    done.assert_outcomes(passed=1)
    done = pytester.runpytest("--collect-only", "-q")
    done.stdout.fnmatch_lines(["envcheck::week1::base", "envcheck::verdict"])
    assert runs(course) == 0


@pytest.mark.parametrize("words", [["."], ["test_mine.py", "."], ["tests"]])
def test_a_folder_is_named(pytester: pytest.Pytester, course: Path, words: list[str]) -> None:
    """All in it is wanted: the chapter of pytest's own file too, unless a file is named beside it;
    that the chapter was not tried is said, also with -q.
    """
    (course / "tests").mkdir()
    (course / "tests" / "test_more.py").write_text("def test_more(): pass\n")
    done = pytester.runpytest("-q", *words)
    tried = words != ["test_mine.py", "."]
    assert (done.ret, runs(course)) == (0, int(tried))
    said = "envcheck: week1 not tried, since files are named; --envcheck week1 adds it"
    assert (said in done.stdout.lines) is not tried


@pytest.mark.parametrize("workers", [[], ["-n", "2"]])
@pytest.mark.parametrize(
    ("ids", "counts"),
    [
        (["envcheck::week1::base"], {"failed": 1}),
        (["envcheck::week1::base", "test_mine.py::test_mine"], {"failed": 1, "passed": 1}),
        (["envcheck::week1"], {"failed": 1, "passed": 1, "skipped": 3}),
        (["envcheck::verdict"], {"failed": 1}),
    ],
)
def test_an_id_is_pasted(
    pytester: pytest.Pytester,
    course: Path,
    ids: list[str],
    workers: list[str],
    counts: dict[str, int],
) -> None:
    """As the last lines have it: those checks are tried, and no other test is run."""
    (course / "broken").touch()
    done = pytester.runpytest_subprocess(*ids, *workers)
    wanted = {"passed": 0, "failed": 0, "skipped": 0} | counts
    assert {name: done.parseoutcomes().get(name, 0) for name in wanted} == wanted
    assert runs(course) == 1


def test_an_id_without_a_chapter(pytester: pytest.Pytester, course: Path) -> None:
    """It names its chapter; one that there is not is refused."""
    file = course / "tox.ini"
    file.write_text(file.read_text().replace("envcheck = week1", ""))
    done = pytester.runpytest("envcheck::week1::base")
    done.assert_outcomes(passed=1)
    for wrong in ("envcheck::week1::bass", "envcheck::verdict"):
        done = pytester.runpytest(wrong)
        assert done.ret == pytest.ExitCode.USAGE_ERROR
        done.stderr.fnmatch_lines([f"*{wrong}: *"])


@pytest.mark.parametrize(
    "typed", [[], ["--envcheck-options=--course=../course.py"], ["--envcheck-command=../mine"]]
)
def test_typed_below_the_folder(
    pytester: pytest.Pytester, course: Path, monkeypatch: pytest.MonkeyPatch, typed: list[str]
) -> None:
    """Words of pytest's own file are meant where it lies, those on the command line where they are
    typed.
    """
    own = course / "mine"
    own.write_text(f'#!/bin/sh\nexec {sys.executable} -I -m envcheck "$@"\n')
    own.chmod(0o755)
    file = course / "tox.ini"
    file.write_text(file.read_text() + "\nenvcheck_command = sh mine\n")
    (course / "sub").mkdir()
    monkeypatch.chdir(course / "sub")
    done = pytester.runpytest_subprocess(*typed, "-v")
    assert done.ret == pytest.ExitCode.OK, done.stderr.str()
    done.stdout.fnmatch_lines(["../envcheck::week1::base PASSED*"])
    done = pytester.runpytest_subprocess("../envcheck::week1::base")
    done.assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--envcheck", "weak1"], "*there is no chapter `weak1`; the nearest is `week1`"),
        (["--envcheck-options=--fix"], "*--fix cannot be given here*"),
        (["--envcheck-options=--timeout soon"], "*--envcheck-options --timeout soon*"),
        (["--envcheck-command=/no/such"], "*/no/such does not start*"),
    ],
)
def test_wrong_words(pytester: pytest.Pytester, course: Path, words: list[str], said: str) -> None:
    """Wrong usage is pytest's own exit code for it, and says what is wrong."""
    done = pytester.runpytest(*words)
    done.stderr.fnmatch_lines([said])
    assert done.ret == pytest.ExitCode.USAGE_ERROR


def test_a_command_that_gives_no_report(pytester: pytest.Pytester, course: Path) -> None:
    """One failure says what envcheck said, and nothing is green."""
    done = pytester.runpytest(
        f"--envcheck-options=--course course.py --python '{sys.executable}' --nope"
    )
    done.assert_outcomes(passed=1, failed=1, skipped=5)
    done.stdout.fnmatch_lines(["*No such option*--nope*"])


def test_nothing_is_loaded_unasked(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a chapter pytest has loaded one small module of the plug-in, and none of envcheck."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "pytest-plugin"))
    pytester.makepyfile(
        "import sys\n"
        "def test_loaded():\n"
        "    ours = sorted(name for name in sys.modules if 'envcheck' in name)\n"
        "    assert ours == ['envcheck_pytest']\n"
    )
    done = pytester.runpytest_subprocess("-p", "envcheck_pytest", "-p", "no:schemathesis")
    done.assert_outcomes(passed=1)
