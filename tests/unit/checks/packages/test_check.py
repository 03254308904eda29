"""The chapter's packages: what is said of whole ones, and of a file that hides one outside
notebooks only.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, file_at, on, python_at, said

from envcheck import Environment, Unknown
from envcheck.testing import fails, passes, warns
from envcheck_checks.kernel.answers import End, Execution
from envcheck_checks.packages import in_notebook
from envcheck_checks.packages.check import packages
from envcheck_checks.packages.imports import Import, Imports

NUMPY = Import("numpy", version="2.0.0", seconds=0.2)
PANDAS = Import("pandas", version="2.2.0", seconds=0.3)


def learner(tmp_path: Path, *modules: Import, hiding: str = "") -> Environment:
    env = on("linux", tmp_path, python_at(tmp_path / "venv"))
    hides = (("numpy", str(file_at(tmp_path / "work" / hiding))),) if hiding else ()
    env.preload(f"imports of {STACK.packages}", Imports(modules, hides, "", said()))
    return env


def test_whole_packages_are_named_with_their_versions(tmp_path: Path) -> None:
    fine = passes(packages(STACK), learner(tmp_path, NUMPY, PANDAS))
    assert fine.summary == "numpy 2.0, pandas 2.2 imported in 0.5 s"


@pytest.mark.parametrize("in_a_notebook", [True, False])
def test_a_file_that_hides_a_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_a_notebook: bool
) -> None:
    """A warning where a notebook's kernel imports the real one all the same, else the cause."""
    monkeypatch.setattr(in_notebook, "are_imported_in_notebook", lambda *_: in_a_notebook)
    failed = Import("numpy", error="AttributeError", message="no attribute 'array'")
    env = learner(tmp_path, failed, PANDAS, hiding="numpy.py")
    judge = warns if in_a_notebook else fails
    diagnosis = judge(packages(STACK), env, "file-hides-module")
    assert diagnosis.evidence.found.endswith("numpy.py")


def test_a_kernel_that_comes_late_proves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a slow machine nobody can tell whether a notebook would meet the file."""
    monkeypatch.setattr(in_notebook, "works_in_fresh_kernel", lambda *_: None)
    failed = Import("numpy", error="AttributeError", message="no attribute 'array'")
    env = learner(tmp_path, failed, PANDAS, hiding="numpy.py")
    outcome = packages(STACK).examine(env)
    assert isinstance(outcome, Unknown), outcome
    assert "numpy.py" in outcome.summary


@pytest.mark.parametrize(
    ("end", "error", "imported"),
    [(End.REPLIED, "", True), (End.REPLIED, "ImportError", False), (End.DIED, "", False), (End.SILENT, "", None)],
)  # fmt: skip
def test_an_import_in_a_notebook(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    end: End,
    error: str,
    imported: bool | None,
) -> None:
    """A cell that was given up proves nothing either."""

    class Fresh:
        def execute(self, *_: object) -> Execution:
            return Execution(end, error=(error, "") if error else None)

    monkeypatch.setattr(in_notebook, "works_in_fresh_kernel", lambda env, none, works, seconds: works(Fresh()))  # fmt: skip
    assert in_notebook.are_imported_in_notebook(learner(tmp_path), STACK) is imported
