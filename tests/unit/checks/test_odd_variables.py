"""Whatever a variable holds, no cause falls over it: Kubernetes sets `tcp://10.96.0.1:8888` where
Jupyter looks for a number, a shell leaves half a path or nothing at all.
"""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.guards.source import of_kind
from tests.guards.test_values_shown import SHOWN
from tests.unit.described_machines import STACK, WHOLE, on, python_at

import envcheck_checks
from envcheck import Diagnosis, Environment, fact
from envcheck.target.interpreter import interpreter
from envcheck.testing import NothingIsStarted
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference.variables import PREFIXES
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter

CHECKS = Path(envcheck_checks.__file__).parent
ODD = (
    *("", " ", "0", "-1", "1" * 5000, "\N{SUPERSCRIPT TWO}", "8888/lab", "tcp://10.96.0.1:8888"),
    *("/", "relative/x", "~", "~nobody-here/x", ":", ";", "::", "http://[", "http://u:p@h:x/", "="),
    *("\udcff", "%", "%(home)s", "${", "{", "[", "*", "'", '"', "\n", "C:\\ml", "\\\\?\\", "a" * 300),
)  # fmt: skip
FAILURE = Failure(
    "nothing works", "Traceback\nModuleNotFoundError: No module named 'x'", stack=STACK
)
# Where a system's own folders are, and which languages it speaks
SYSTEMS_OWN = {"HOME", "USERPROFILE"}
GIVEN: Mapping[str, Callable[[Environment], object]] = {
    "Environment": lambda env: env,
    "Failure": lambda env: FAILURE,
    "Stack": lambda env: STACK,
    "Interpreter": interpreter,
    "list[str]": lambda env: ["numpy"],
    "Iterable[str]": lambda env: ["numpy"],
    "Sequence[str]": lambda env: ["numpy"],
}
# Files set the options that a variable would set too, or none does
FILES = (
    (),
    (ConfigFile("/x/jupyter_server_config.py", {"ServerApp": {"port": 1, "port_retries": 0}}),),
    (ConfigFile("/x/jupyter_server_config.py", {"ServerApp": {"port_retries": 0}}),),
)


@functools.cache
def names() -> list[str]:
    """What looks like a variable's name, in the source of all checks."""
    texts = {
        node.value
        for file in CHECKS.rglob("*.py")
        for node in of_kind(file, ast.Constant)
        if isinstance(node.value, str)
    }
    return sorted(
        text
        for text in texts
        if text.isupper() and text.replace("_", "").isalnum() and text[0] != "_"
    )


@functools.cache
def asked() -> list[tuple[Callable[..., object], list[str]]]:
    """Each function that others call with nothing but these: the machine, and what failed."""
    found: list[tuple[Callable[..., object], list[str]]] = []
    for module in pkgutil.walk_packages(envcheck_checks.__path__, "envcheck_checks."):
        if ".in_target" in module.name or ".tools" in module.name:
            continue
        inside = vars(importlib.import_module(module.name))
        for name, value in inside.items():
            if not inspect.isfunction(value) or value.__module__ != module.name or name[0] == "_":
                continue
            needed = [
                str(each.annotation)
                for each in inspect.signature(value).parameters.values()
                if each.default is each.empty
            ]
            if needed[:1] == ["Environment"] and set(needed) <= set(GIVEN):
                found.append((value, needed))
    return found


def diagnoses(answer: object) -> Iterator[Diagnosis]:
    """Those in what a function gave."""
    if isinstance(answer, Diagnosis):
        yield answer
    elif isinstance(answer, list | tuple):
        for inner in answer:
            yield from diagnoses(inner)


@given(data=st.data())
@settings(
    max_examples=settings().max_examples // 3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_text_in_a_variable_is_our_own_fault(data: st.DataObject, own_folder: Path) -> None:
    """Any text in any variable that a check names: an answer, or a question to a program."""
    first = data.draw(st.integers(0, len(ODD) - 1), label="the first variable's")
    system = data.draw(st.sampled_from(["linux", "darwin", "win32"]), label="system")
    files = data.draw(st.sampled_from(FILES), label="files")
    facts: Mapping[fact[Any], object] = {
        learners_jupyter: LearnersJupyter({}, None),
        config_files: files,
    }
    variables = {name: ODD[(first + number) % len(ODD)] for number, name in enumerate(names())}
    python = python_at(own_folder / "venv", WHOLE)
    env = on(system, own_folder, python, facts=facts)
    env.variables.update(variables)
    for function, needed in asked():
        try:
            function(*(GIVEN[kind](env) for kind in needed))
        except NothingIsStarted:
            continue


@pytest.mark.parametrize(
    ("system", "value"),
    [("linux", "{}"), ("linux", "/{}/x"), ("darwin", "~/{}"), ("win32", "http://{}:99999/")],
)
def test_no_diagnosis_tells_a_value_of_an_unlisted_variable(
    system: str, value: str, tmp_path: Path
) -> None:
    """Whatever names the checks know, and names that only begin like those: each has a value of its own, which
    is in no diagnosis unless the name is on a list.
    """
    named = [
        *names(),
        *(f"{prefix}COFFEE" for prefix in (*PREFIXES, "PIP_", "JUPYTER_", "AIRFLOW__")),
    ]
    marks = {f"hush{number:04}": name for number, name in enumerate(sorted(set(named)))}
    facts: Mapping[fact[Any], object] = {
        learners_jupyter: LearnersJupyter({}, None),
        config_files: FILES[0],
    }
    env = on(system, tmp_path, python_at(tmp_path / "venv", WHOLE), facts=facts)
    env.variables.update({name: value.format(mark) for mark, name in marks.items()})
    told = []
    for function, needed in asked():
        try:
            told += [*diagnoses(function(*(GIVEN[kind](env) for kind in needed)))]
        except NothingIsStarted:
            continue
    assert told
    found = {marks[mark] for mark in re.findall(r"hush\d{4}", repr(told))}
    assert found <= SHOWN | SYSTEMS_OWN
