"""A run, its fixes and its reports put together, on a course whose only check is a file."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from envcheck import Chapter, Check, Course, Environment, Fix, Outcome, Rename, fail, ok
from envcheck.command.destinations import Destination
from envcheck.command.examine import Output, run
from envcheck.environment import Located, Options
from envcheck.fixes.helper import Helper
from envcheck.run import plan
from envcheck.run.request import Request


def request(folder: Path) -> Request:
    """Fails while `random.py` is there; the fix renames it."""
    file = folder / "random.py"

    def examine(env: Environment) -> Outcome:
        if not file.exists():
            return ok("nothing hides a module")
        fix = Fix("rename it", (Rename(str(file), str(folder / "mine.py")),))
        return fail("file-hides-module", "random.py hides a module", fix, found="random.py")

    course = Course("c", "A course", [Chapter("w", "W", [Check("hidden", "Hidden", examine)])])
    planned = plan.make(course, plan.Selection(("w",)), Options())
    located = Located((sys.executable,), "the test")
    return Request(course, ("w",), planned, located, {"HOME": str(folder)}, folder)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_a_terminal(folder: Path, **variables: str) -> str:
    """What a run in a learner's home prints on a terminal; a secret and a name stand in it."""
    found = f"{folder}/random.py of https://ann:hunter2@example.org"

    def examine(env: Environment) -> Outcome:
        fix = Fix("rename it", (Rename(f"/mnt/ann/{folder}/random.py", f"{folder}/mine.py"),))
        return fail("file-hides-module", "random.py hides a module", fix, found=found)

    course = Course("c", "A course", [Chapter("w", "W", [Check("hidden", "Hidden", examine)])])
    planned = plan.make(course, plan.Selection(("w",)), Options())
    variables = {"HOME": str(folder), "USER": "ann", **variables}
    wanted = Request(
        course, ("w",), planned, Located((sys.executable,), "the test"), variables, folder
    )
    out = Terminal()
    assert run(wanted, Output((Destination("text", None),), width=100), None, out) == 1
    return out.getvalue()


def test_a_terminal_shows_real_paths_and_no_secrets(tmp_path: Path) -> None:
    """Every line can be pasted: no `~` and no USER stands for a part of a path."""
    said = on_a_terminal(tmp_path)
    assert f"mv /mnt/ann/{tmp_path}/random.py {tmp_path}/mine.py" in said
    assert "hunter2" not in said and "~" not in said and "USER" not in said


def test_the_terminal_of_a_ci_system_is_a_report(tmp_path: Path) -> None:
    """Everybody reads it, so it says nothing private."""
    said = on_a_terminal(tmp_path, CI="true")
    assert str(tmp_path) not in said and "ann" not in said and "mine.py" in said


def helper(answer: object) -> Helper:
    def confirm(question: str) -> bool:
        if isinstance(answer, BaseException):
            raise answer
        return bool(answer)

    return Helper(lambda line: None, confirm)


def test_the_exit_code_is_the_reports(tmp_path: Path) -> None:
    """Ready without the file, and not ready with it."""
    output = Output((Destination("text", None),))
    assert run(request(tmp_path), output, None, io.StringIO()) == 0
    (tmp_path / "random.py").touch()
    out = io.StringIO()
    assert run(request(tmp_path), output, None, out) == 1
    assert "Next step: rename it" in out.getvalue()


def test_the_report_is_of_the_machine_after_the_fix(tmp_path: Path) -> None:
    """Screen and files show the last whole run."""
    (tmp_path / "random.py").touch()
    file = tmp_path / "report.json"
    output = Output((Destination("json", None), Destination("json", file)))
    out = io.StringIO()
    assert run(request(tmp_path), output, helper(True), out) == 0
    assert json.loads(out.getvalue()) == json.loads(file.read_text(encoding="utf-8"))
    assert (tmp_path / "mine.py").exists()


@pytest.mark.parametrize(("answer", "code"), [(False, 1), (KeyboardInterrupt(), 130)])
def test_a_fix_that_is_not_carried_out(answer: object, code: int, tmp_path: Path) -> None:
    """After a no the verdict stands; after Ctrl-C the run was interrupted, and the report is
    written all the same.
    """
    (tmp_path / "random.py").touch()
    file = tmp_path / "report.json"
    output = Output((Destination("json", file),))
    assert output.screen_format is None
    assert run(request(tmp_path), output, helper(answer), io.StringIO()) == code
    assert json.loads(file.read_text(encoding="utf-8"))["verdict"] == "not-ready"


@pytest.mark.parametrize("format_", ["json", "text"])
def test_own_fault_is_reported(
    format_: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When envcheck itself breaks in the middle of a run, there is a report all the same: every
    check is without an answer, and says why.
    """

    def breaks(*_: object) -> None:
        raise KeyError("executable")

    monkeypatch.setattr("envcheck.run.runner.Runner.run", breaks)
    out, kept = io.StringIO(), tmp_path / "kept.json"
    places = (Destination(format_, None), Destination("json", kept))
    assert run(request(tmp_path), Output(places), None, out) == 3
    report = json.loads(kept.read_text(encoding="utf-8"))
    assert (report["verdict"], report["exit_code"]) == ("undetermined", 3)
    assert "it broke by itself (KeyError" in report["checks"][0]["summary"]
    assert "it broke by itself" in " ".join(out.getvalue().split())
