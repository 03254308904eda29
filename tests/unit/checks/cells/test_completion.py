"""What the Tab key offers, and who is behind it when that is nothing."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.described_machines import on, python_at

from envcheck import Diagnosis, Environment, fact
from envcheck_checks.cells import completion, snippets, tab_key
from envcheck_checks.interference.private_folders import PrivateFolders, private_folders
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.kernel.client import Kernel
from envcheck_checks.stack import Package

PACKAGES = {"ipython": "7.19.0", "jedi": "0.20.1", "ipykernel": "5.5.6"}


class FakeKernel:
    """Offers these; None is no answer, after an error in the log."""

    interrupted = False

    def __init__(self, matches: Sequence[str] | None, log: str = "") -> None:
        self.matches, self.log, self.text = matches, log, "started"
        self.running: Any = SimpleNamespace(
            stderr=SimpleNamespace(text=lambda: self.text[:7]),  # the pipe is behind the socket
            settled_log=lambda expected: self.text,
        )

    def execute(self, code: str, timeout: float) -> SimpleNamespace:
        compile(code, "a cell", "exec")
        return SimpleNamespace(text="")

    def interrupt(self) -> None:
        FakeKernel.interrupted = True

    def complete(self, code: str, timeout: float) -> Sequence[str] | None:
        self.text += self.log
        if self.log == "slow":
            raise TimeoutError
        return self.matches


def pressed(
    tmp_path: Path, matches: Sequence[str] | None, log: str = "", **variables: Any
) -> completion.Tab:
    python = python_at(tmp_path / "venv", PACKAGES)
    env = on("linux", tmp_path, python, facts=facts_of(tmp_path), **variables)
    kernel = FakeKernel(matches, log.replace("{site}", python.paths["purelib"]))
    return completion.press_tab(env, cast(Kernel, kernel), tab_key.OF_NUMPY)


def facts_of(tmp_path: Path) -> dict[fact[Any], object]:
    """A learner who has nothing of their own for IPython or Jupyter."""
    ours = tmp_path / "scratch/ipython"
    return {
        learners_jupyter: LearnersJupyter({}, None),
        private_folders: PrivateFolders({}, tmp_path / "home/.ipython", ours),
    }


def warned(
    tmp_path: Path, matches: Sequence[str] | None, log: str = "", **variables: Any
) -> list[Diagnosis]:
    return list(pressed(tmp_path, matches, log, **variables).warnings)


@pytest.mark.parametrize("offered", ["arange", "np.arange"])
def test_the_name_is_offered(tmp_path: Path, offered: str) -> None:
    assert warned(tmp_path, ["x", offered]) == []


@pytest.mark.parametrize("packages", [(), ("numpy",), ("matplotlib",), ("numpy", "pandas")])
def test_what_is_begun_is_imported_whatever_the_chapter_has(packages: tuple[str, ...]) -> None:
    """A chapter without numpy and pandas runs no cell with `np`: there is nothing to complete then."""
    tried = snippets.possible(tuple(Package(name) for name in packages))
    begun = completion.begun_after([snippet.code for snippet in tried])
    trees = [ast.parse(code) for code in (*(snippet.code for snippet in tried), begun.first)]
    imported = [
        alias.asname or alias.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    ]
    module, _, letters = begun.code.partition(".")
    assert module in imported
    assert begun.offered.startswith(letters)


def test_an_error_is_logged(tmp_path: Path) -> None:
    log = """\
Traceback (most recent call last):
  File "{site}/ipython/completer.py", line 1, in _jedi_matches
  File "{site}/jedi/api/__init__.py", line 1, in __init__
TypeError: unexpected keyword argument 'column'
"""
    (one,) = warned(tmp_path, None, log)
    assert "ipython 7.19 does not fit jedi 0.20" in one.summary
    assert one.evidence.found == "TypeError: unexpected keyword argument 'column'"
    assert one.fixes[0].automatic
    assert one.fixes[0].steps[0].argv[-2:] == ("ipython", "ipykernel")  # type: ignore[union-attr]


@pytest.mark.parametrize(("matches", "found"), [((), "it offers nothing"), (["a"], "it offers a")])
def test_nothing_is_offered(tmp_path: Path, matches: Sequence[str], found: str) -> None:
    (one,) = warned(tmp_path, matches)
    assert one.evidence.found == found
    assert not one.fixes[0].automatic


def test_no_answer_is_said_and_the_next_cell_does_not_wait(tmp_path: Path) -> None:
    (one,) = warned(tmp_path, None, "slow")
    assert one.summary == "the Tab key gave no answer in a notebook within 20 s"
    assert not one.fixes[0].automatic
    assert FakeKernel.interrupted


def test_warnings_that_the_learner_makes_errors_of(tmp_path: Path) -> None:
    """Met with ipykernel 7 and PYTHONWARNINGS=error: nothing is wrong, and it is said."""
    log = """\
Traceback (most recent call last):
  File "{site}/ipykernel/kernelbase.py", line 1, in complete_request
PendingDeprecationWarning: It is recommended that `do_complete` be a coroutine function.
"""
    tab = pressed(tmp_path, None, log, PYTHONWARNINGS="default,error::PendingDeprecationWarning")
    assert tab.warnings == ()
    assert "completes nothing: PYTHONWARNINGS makes an error" in tab.words
    (one,) = warned(tmp_path, None, log)
    assert "PYTHONWARNINGS" not in one.summary


class FreshKernel:
    """One that is started for a trial: it completes once a start-up file is away."""

    def __init__(self, changes: Sequence[Removed], *, slow: bool) -> None:
        self.completes = any(change.kind is SettingKind.IPYTHON for change in changes)
        self.slow, self.cells = slow, list[str]()

    def execute(self, code: str, timeout: float) -> None:
        self.cells.append(code)

    def complete(self, code: str, timeout: float) -> Sequence[str]:
        assert "import numpy as np" in self.cells  # nothing else makes it known there
        if self.slow:
            raise TimeoutError
        return ["np.arange"] if self.completes else []


def with_a_startup_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, matches: Sequence[str] | None, *, slow: bool
) -> Diagnosis:
    """What is said where a start-up file is there, and a fresh kernel without it completes."""

    def fresh(_: Environment, changes: Sequence[Removed], works: Any) -> bool | None:
        answer: bool | None = works(FreshKernel(changes, slow=slow))
        return answer

    monkeypatch.setattr(tab_key, "works_in_fresh_kernel", fresh)
    startup = tmp_path / "scratch/ipython/profile_default/startup"
    startup.mkdir(parents=True)
    (startup / "20-tab.py").touch()
    log = """\
Traceback (most recent call last):
  File "{site}/ipykernel/kernelbase.py", line 1, in complete_request
ValueError: no index of names
"""
    (one,) = warned(tmp_path, matches, log if matches is None else "")
    return one


@pytest.mark.parametrize("matches", [None, ()])
def test_a_startup_file_comes_before_the_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, matches: Sequence[str] | None
) -> None:
    """To upgrade ipykernel would change nothing, whatever the traceback goes through."""
    one = with_a_startup_file(tmp_path, monkeypatch, matches, slow=False)
    assert (one.code, one.severity.value) == ("tab-completes-nothing", "warning")
    assert "startup file" in one.summary
    assert "pip" not in str(one.fixes)


def test_a_trial_that_is_too_slow_blames_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = with_a_startup_file(tmp_path, monkeypatch, (), slow=True)
    assert "startup file" not in one.summary


def test_what_is_declared_comes_before_what_is_guessed(tmp_path: Path) -> None:
    """An upgrade of jedi would change nothing: its own metadata asks for another parso."""
    python = python_at(tmp_path / "venv", {"ipython": "9.18", "jedi": "0.20", "parso": "0.7.1"})
    rows = [
        replace(row, requires=("parso>=0.8",) if row.name == "jedi" else ())
        for row in python.distributions
    ]
    whole = replace(python, distributions=tuple(rows))
    env = on("linux", tmp_path, whole, facts=facts_of(tmp_path))
    log = """\
Traceback (most recent call last):
  File "{site}/jedi/api/__init__.py", line 1, in __init__
  File "{site}/parso/utils.py", line 1, in python_version
NotImplementedError: Python version 3.12 is currently not supported.
"""
    kernel = FakeKernel(None, log.replace("{site}", python.paths["purelib"]))
    (one,) = completion.press_tab(env, cast(Kernel, kernel)).warnings
    assert one.summary == f"the version 0.7.1 of parso is too old for jedi: {tab_key.WHAT}"
    assert one.fixes[0].automatic
