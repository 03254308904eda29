"""What is ours in place of the learner's stands in one table, beside what proves theirs."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.guards.source import files, nodes, place

from envcheck.environment import NEUTRAL, TEMPORARY
from envcheck_checks import overrides
from envcheck_checks.overrides import OVERRIDES, Override, Program, Undeclared

CHECKS = Path(overrides.__file__).parent
# They start nothing of the learner's course, or are lent to them whole: a tool brings a home of its
# own.
ELSEWHERE = ("tools", "courses", "in_target", "overrides.py")
VARIABLE = re.compile(r"[A-Z][A-Z0-9]*_[A-Z0-9_]+|[A-Z]+DIR|npm_\w+")
OPTION = re.compile(r"--[\w.-]+")
# Questions, which a program answers and ends; and words of a fix, which is shown.
NOT_OURS = {"--version", "--help", "--paths", "--json", "--upgrade", "--filter", "--format"}
NOT_OURS |= {"--error-unmatch"}  # git is asked whether it has a file
NOT_OURS |= {"--query-gpu"}  # nvidia-smi shows its cards
NOT_OURS |= {"--client"}  # kubectl tells its own version, without asking a cluster


def modules() -> list[Path]:
    return [path for path in files(CHECKS) if path.relative_to(CHECKS).parts[0] not in ELSEWHERE]


def starts(path: Path) -> bool:
    """Whether a module starts programs of the learner's."""
    return any(
        isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Attribute) and node.func.attr in ("run", "start"))
            or (isinstance(node.func, ast.Name) and node.func.id == "ask")
        )
        for node in nodes(path)
    )


def set_here(path: Path) -> Iterator[str]:
    """The variables that are keys of a dictionary, or named by `update`, and the options."""
    for node in nodes(path):
        keys: list[object] = []
        if isinstance(node, ast.Dict):
            keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            keys = [word.arg for word in node.keywords]
        yield from (key for key in keys if isinstance(key, str) and VARIABLE.fullmatch(key))
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            hit = OPTION.match(node.value)
            if hit and node.value[hit.end() : hit.end() + 1] in ("", "="):
                yield hit[0]


def test_there_is_no_other() -> None:
    """A program is started with nothing of ours that does not stand in the table."""
    known = overrides.declared(*Program) | NOT_OURS
    other = [
        f"{place(path)}: {word}"
        for path in modules()
        if starts(path)
        for word in sorted(set(set_here(path)) - known)
    ]
    assert not other, (
        f"declare these in overrides.py, beside what proves the learner's own value: {other}"
    )


@pytest.mark.parametrize("one", OVERRIDES, ids=lambda one: one.names[0])
def test_each_stands_beside_what_proves_the_learners_own(one: Override) -> None:
    assert one.ours
    assert one.theirs
    if one.proof:
        module, _, name = one.proof.rpartition(".")
        assert callable(getattr(importlib.import_module(f"envcheck_checks.{module}"), name))


def test_what_every_program_gets_is_declared() -> None:
    assert {*NEUTRAL, *TEMPORARY} == overrides.declared()


def test_what_is_not_declared_is_refused() -> None:
    with pytest.raises(Undeclared, match="JUPYTER_PATH"):
        overrides.variables(Program.SERVER, {"JUPYTER_PATH": "/ours"})
    with pytest.raises(Undeclared, match="--ip"):
        overrides.options(Program.KERNEL, "--ip=0.0.0.0")
