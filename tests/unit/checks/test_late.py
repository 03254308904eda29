"""A program that was given up before its end has said nothing: no check makes an error of it, and no
fix.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import STACK, WHOLE, command_at, on, python_at, said

from envcheck import Environment, Outcome, Run, fact
from envcheck.model import Unknown
from envcheck.processes.process import Ending, Finished
from envcheck_checks.commands import diagnose as commands
from envcheck_checks.commands.facts import Command
from envcheck_checks.course_file.card import device_facts
from envcheck_checks.course_file.notebooks import kernel_names
from envcheck_checks.course_file.notebooks.chapter_notebooks import NamedKernel
from envcheck_checks.course_file.programs.command import command_works
from envcheck_checks.index.config_files import Setting
from envcheck_checks.jupyter import nothing_to_launch
from envcheck_checks.jupyter.facts import KernelSpec, LearnersJupyter, learners_jupyter
from envcheck_checks.kernel import no_kernelspec
from envcheck_checks.packages import not_usable
from envcheck_checks.packages.imports import Imports
from envcheck_checks.pip import dry_run, not_running, venv

LATE = Finished(("python",), Ending.TIMED_OUT, None, "", "", 30.0)
NONE = LearnersJupyter({}, None, finished=LATE)


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """A whole machine on which no program comes to its end in time."""
    command_at(tmp_path / "bin/java")
    facts: dict[fact[Any], object] = {learners_jupyter: NONE}
    python = python_at(tmp_path / "venv", {**WHOLE, "pip": "24.0"})
    made = on("linux", tmp_path, python, facts=facts)
    monkeypatch.setattr(Environment, "run", lambda *_, **__: LATE)
    return made


def of_imports(env: Environment) -> Outcome:
    tried = Imports((), (), "pandas", LATE)
    env.preload(f"imports of {STACK.packages}", tried)
    return not_usable.diagnose(env, STACK, tried)


def of_shim(env: Environment) -> Outcome:
    python = python_at(env.folder / "venv")
    command = Command("/shims/jupyter", None, None)
    outcome = commands._speaking(env, python, command, "notebook")
    assert outcome is not None
    return outcome


def of_named_kernel(env: Environment) -> Outcome:
    program = str(command_at(env.folder / "other/bin/python"))
    spec = KernelSpec(
        (program, "-m", "ipykernel_launcher", "-f", "{connection_file}"), program, {}, "ML",
        "signal", "/k", "python",
    )  # fmt: skip
    fault = kernel_names._fault(env, NamedKernel("ml", "python", "a.ipynb"), spec)
    assert fault is not None
    return fault


JUDGED: dict[str, Callable[[Environment], Outcome]] = {
    "pip": lambda env: not_running.diagnose(env, STACK, LATE),
    "Jupyter": lambda env: nothing_to_launch.diagnose(env, STACK, NONE),
    "kernels": lambda env: no_kernelspec.diagnose(env, STACK, NONE),
    "imports": of_imports,
    "a shim": of_shim,
    "a course's command": lambda env: command_works("java", "", "").examine(env),
    "a kernel that a notebook names": of_named_kernel,
    "a new environment": lambda env: venv.new_environment().examine(env),
}


@pytest.mark.parametrize("judged", JUDGED.values(), ids=JUDGED)
def test_what_was_given_up_is_not_called_broken(
    env: Environment, judged: Callable[[Environment], Outcome]
) -> None:
    assert isinstance(outcome := judged(env), Unknown), outcome


@pytest.mark.parametrize("again", [True, False])
def test_imports_that_work_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    """They ended in the middle once; in the middle again, the package is named."""
    monkeypatch.setattr(not_usable, "_works", lambda *_: lambda _removed: again)
    env = on("linux", tmp_path, python_at(tmp_path / "venv"))
    tried = Imports((), (), "pandas", said(code=-11))
    env.preload(f"imports of {STACK.packages}", tried)
    outcome = not_usable.diagnose(env, STACK, tried)
    assert isinstance(outcome, Unknown if again else tuple)


def test_a_command_that_a_guard_looks_at_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its second start is an answer."""
    command_at(tmp_path / "bin/java")
    env = on("linux", tmp_path)
    answers = [LATE, said("openjdk 21.0.2")]
    monkeypatch.setattr(Environment, "run", lambda *_, **__: answers.pop(0))
    outcome = command_works("java", ">=17", "").examine(env)
    assert "21.0.2" in str(outcome)


def test_no_setting_of_pips_is_blamed(env: Environment) -> None:
    """pip that is late refuses nothing."""
    settings = {"target": Setting("/elsewhere", "PIP_TARGET")}
    python = python_at(env.folder / "venv", {"pip": "24.0"})
    assert dry_run.refused(env, python, settings) == ((), "")


def test_folders_that_are_slow_to_be_read_are_not_empty(env: Environment) -> None:
    install = Run(("python", "-m", "pip", "install", "numpy"))
    assert dry_run.would_install(env, python_at(env.folder / "venv", {"pip": "24.0"}), install, {})


def test_a_driver_that_is_loaded_at_its_first_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is told to install it."""
    command_at(tmp_path / "bin/nvidia-smi")
    answers = [LATE, said("NVIDIA A100, 550.54, 40960, 39000, 8.0"), said("CUDA Version: 12.4")]
    monkeypatch.setattr(Environment, "run", lambda *_, **__: answers.pop(0))
    known = device_facts.driver(on("linux", tmp_path))
    assert (known.trouble, len(known.cards)) == ("", 1)


def test_venv_lacks_nothing_by_being_slow(env: Environment) -> None:
    assert venv.find_missing_venv(env) is None
