"""A fix that would fail, since the program that carries it out does not run: that is the root."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.guards.source import of_kind, text, written
from tests.unit.described_machines import WHOLE, file_at, on, python_at, said

import envcheck_checks
from envcheck import Diagnosis, Environment, Fix, Run, fail, ok
from envcheck.processes.process import Ending, Finished
from envcheck_checks.courses.ml_for_software_engineers import COURSE, chapter2
from envcheck_checks.diagnosis import fix_tools
from envcheck_checks.diagnosis.fix_tools import (
    ANSWERS,
    IN_THEIR_OWN_CHECK,
    ipykernel_answers,
    root_of,
    with_roots,
)

CHECKS = Path(envcheck_checks.__file__).parent
BROKEN = said(stderr="ModuleNotFoundError: No module named 'ipykernel.kernelspec'\n", code=1)


@pytest.fixture(autouse=True)
def it_fails_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is run once more."""
    monkeypatch.setattr(fix_tools, "_trial", lambda *_: lambda _removed: False)


def learner(tmp_path: Path, answers: Finished) -> Environment:
    return on("linux", tmp_path, python_at(tmp_path / "venv"), facts={ipykernel_answers: answers})


def diagnosis(env: Environment, module: str = "ipykernel") -> Diagnosis:
    python = env.located.command[0]
    fix = Fix("give it a kernel", (Run((python, "-m", module, "install")),))
    return fail("kernel-gone", "there is no kernel", fix)


def test_a_program_that_runs_changes_nothing(tmp_path: Path) -> None:
    env = learner(tmp_path, said("usage: ipykernel install"))
    assert root_of(env, diagnosis(env)) == diagnosis(env)


def test_a_damaged_package_is_the_root(tmp_path: Path) -> None:
    """And its fix comes first: the other would fail."""
    name = f"ipykernel-{WHOLE['ipykernel']}"
    file_at(tmp_path / f"venv/site/{name}.dist-info/RECORD", "ipykernel/kernelspec.py,,900\n")
    env = learner(tmp_path, BROKEN)
    root = root_of(env, diagnosis(env))
    assert root.code == "package-incomplete"
    assert "ipykernel" in root.summary


def test_where_nobody_knows_why_no_fix_is_offered_that_fails(tmp_path: Path) -> None:
    env = learner(tmp_path, said(stderr="OSError: [Errno 5] Input/output error\n", code=1))
    root = root_of(env, diagnosis(env))
    assert root.code == "kernel-gone"
    assert [fix.automatic for fix in root.fixes] == [False]
    assert "Input/output error" in root.note


def test_a_program_that_is_slow_or_runs_now_takes_no_fix_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may well carry the fix out."""
    late = Finished((), Ending.TIMED_OUT, None, "", "", 30.0)
    env = learner(tmp_path, late)
    assert root_of(env, diagnosis(env)) == diagnosis(env)
    monkeypatch.setattr(fix_tools, "_trial", lambda *_: lambda _removed: True)
    env = learner(tmp_path, said(stderr="OSError: [Errno 5] Input/output error\n", code=1))
    assert root_of(env, diagnosis(env)) == diagnosis(env)


def test_what_has_a_check_of_its_own_is_not_run_again(tmp_path: Path) -> None:
    """A described machine fails as soon as a program is started on it."""
    env = on("linux", tmp_path, python_at(tmp_path / "venv"))
    assert root_of(env, diagnosis(env, "pip")) == diagnosis(env, "pip")


def test_a_check_gives_the_root_in_its_place(tmp_path: Path) -> None:
    """Of one failure, and of each of several; all else is handed on."""
    env = learner(tmp_path, said(stderr="OSError: [Errno 5] Input/output error\n", code=1))
    plain = diagnosis(env)
    root = root_of(env, plain)
    assert root != plain
    assert with_roots(lambda env: plain)(env) == root
    assert with_roots(lambda env: (plain, plain))(env) == (root, root)
    assert with_roots(lambda env: ok("fine"))(env) == ok("fine")


def makes_such_a_fix(path: Path) -> bool:
    runs = [call for call in of_kind(path, ast.Call) if written(call.func) == "Run"]
    words = {word.value for one in runs for word in ast.walk(one) if isinstance(word, ast.Constant)}
    return "-m" in words and bool(words & ANSWERS.keys())


def imported(path: Path, module: str) -> set[str]:
    """What a file takes from the modules whose names end so, or the modules themselves."""
    return {
        alias.name
        for node in of_kind(path, ast.ImportFrom)
        for alias in node.names
        if str(node.module).endswith(module) or alias.name == module
    }


def checks_with_such_fixes() -> Iterator[str]:
    """The checks that a file's codes belong to, where the file has a fix by one of these programs, or
    takes it from a module that has nothing but fixes.
    """
    files = sorted(CHECKS.rglob("*.py"))
    makers = {path for path in files if makes_such_a_fix(path)}
    shared = {path.stem for path in makers if not imported(path, "codes")}
    makers |= {path for path in files if any(imported(path, module) for module in shared)}
    for path in makers:
        names = imported(path, "codes")
        for code in COURSE.codes:
            if code.replace("-", "_").upper() in names:
                yield from code.checks


def test_each_check_with_such_a_fix_asks_for_the_root() -> None:
    """The mechanism, and not somebody's memory: a fix that would fail is never what is offered."""
    checks = {one.id: one for one in chapter2.CHECKS}
    named = {one for one in checks_with_such_fixes() if one in checks}
    assert {"kernel-registered", "kernel-starts"} <= named
    asked = {one.id for one in checks.values() if hasattr(one.examine, "__wrapped__")}
    assert named <= asked


def of_fixes() -> Iterator[tuple[str, str]]:
    """The modules that a fix runs with `python -m`, by the file that makes the fix."""
    for path in sorted(CHECKS.rglob("*.py")):
        source = text(path)
        if "Run(" not in source or '"-m"' not in source:
            continue
        for node in of_kind(path, ast.Call):
            if written(node.func) != "Run":
                continue
            words = [word for word in ast.walk(node) if isinstance(word, ast.Constant)]
            values = [word.value for word in words]
            if "-m" in values and values[values.index("-m") + 1 :]:
                yield path.name, str(values[values.index("-m") + 1])


@pytest.mark.parametrize(("file", "module"), sorted(set(of_fixes())))
def test_each_program_of_a_fix_is_proved_to_run(file: str, module: str) -> None:
    assert module in {*ANSWERS, *IN_THEIR_OWN_CHECK}, (
        f"{file} has a fix by `python -m {module}`: say in fix_tools.py how it is seen to run"
    )
