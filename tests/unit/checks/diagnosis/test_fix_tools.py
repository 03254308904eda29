"""A fix that would fail, since the program that carries it out does not run: that is the root."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.described_machines import WHOLE, file_at, on, python_at, said

import envcheck_checks
from envcheck import Diagnosis, Environment, Fix, Run, fail
from envcheck.processes.process import Finished
from envcheck_checks.diagnosis.fix_tools import (
    ANSWERS,
    IN_THEIR_OWN_CHECK,
    ipykernel_answers,
    root_of,
)

CHECKS = Path(envcheck_checks.__file__).parent
BROKEN = said(stderr="ModuleNotFoundError: No module named 'ipykernel.kernelspec'\n", code=1)


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


def test_what_has_a_check_of_its_own_is_not_run_again(tmp_path: Path) -> None:
    """A described machine fails as soon as a program is started on it."""
    env = on("linux", tmp_path, python_at(tmp_path / "venv"))
    assert root_of(env, diagnosis(env, "pip")) == diagnosis(env, "pip")


def of_fixes() -> Iterator[tuple[str, str]]:
    """The modules that a fix runs with `python -m`, by the file that makes the fix."""
    for path in sorted(CHECKS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func) == "Run"):
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
