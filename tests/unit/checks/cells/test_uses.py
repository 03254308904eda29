"""A package that is imported and cannot be used."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.described_machines import diagnosed, on, python_at

from envcheck import Diagnosis, fact
from envcheck_checks.cells import uses
from envcheck_checks.cells.uses import USES
from envcheck_checks.jupyter.config_files import config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.kernel.answers import End, Execution
from envcheck_checks.kernel.client import Kernel
from envcheck_checks.stack import Package


@pytest.fixture(autouse=True)
def it_fails_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a fresh kernel too."""
    monkeypatch.setattr(uses, "works_again", lambda *_, **__: False)


PACKAGES = {"seaborn": "0.12.2", "pandas": "3.1.1", "ipykernel": "7.0"}
STACK = (Package("seaborn>=0.11"), Package("unheard-of"))
FINE = Execution(End.REPLIED, "ok", "1\n")
RAISED = Execution(End.REPLIED, "error", error=("OptionError", "No such keys(s): 'mode'"))


@dataclass
class FakeKernel:
    """Answers the first cell so, and the question for its frames with these files."""

    first: Execution
    files: Sequence[str] = ()
    asked: list[str] = field(default_factory=list)
    running: Any = field(default_factory=lambda: SimpleNamespace(settled_log=lambda: ""))

    def execute(self, code: str, timeout: float, on_text: object = None) -> Execution:
        self.asked.append(code)
        if code == uses.FRAMES:
            return Execution(End.REPLIED, "ok", json.dumps(self.files))
        return self.first


def found(tmp_path: Path, kernel: FakeKernel, red: list[str] | None = None) -> Diagnosis | None:
    facts: dict[fact[Any], object] = {
        learners_jupyter: LearnersJupyter({}, None),
        config_files: (),
    }
    env = on("linux", tmp_path, python_at(tmp_path / "venv", PACKAGES), facts=facts)
    said = red if red is not None else []
    fault = uses.find_one_that_fails(env, cast(Kernel, kernel), STACK, said, ())
    return None if fault is None else diagnosed(fault)


def test_what_has_no_line_is_not_tried(tmp_path: Path) -> None:
    kernel = FakeKernel(FINE)
    assert found(tmp_path, kernel) is None
    assert kernel.asked == [USES["seaborn"].code]


def test_what_is_shown_in_red_is_kept(tmp_path: Path) -> None:
    red: list[str] = []
    found(tmp_path, FakeKernel(Execution(End.REPLIED, "ok", "1", red="Traceback"), []), red)
    assert red == ["Traceback"]


def test_two_packages_that_do_not_fit(tmp_path: Path) -> None:
    site = tmp_path / "venv" / "site"
    files = [f"{site}/seaborn/_oldcore.py", f"{site}/pandas/_config/config.py"]
    diagnosis = found(tmp_path, FakeKernel(RAISED, files))
    assert diagnosis is not None
    assert diagnosis.code == "package-fails-in-use"
    assert "seaborn 0.12 does not fit pandas 3.1" in diagnosis.summary
    assert diagnosis.evidence.found == "OptionError: No such keys(s): 'mode'"
    assert diagnosis.fixes[0].automatic


@pytest.mark.parametrize(
    ("done", "code"),
    [
        (RAISED, "snippet-fails"),
        (Execution(End.REPLIED, "ok", "2\n"), "snippet-fails"),
        (Execution(End.SILENT), "snippet-fails"),
        (Execution(End.DIED), "kernel-died-in-cell"),
    ],
)
def test_where_no_package_is_to_blame(tmp_path: Path, done: Execution, code: str) -> None:
    diagnosis = found(tmp_path, FakeKernel(done))
    assert diagnosis is not None
    assert diagnosis.code == code


@pytest.mark.parametrize("name", sorted(USES))
def test_other_lines_beside_the_answer_do_no_harm(name: str) -> None:
    use = USES[name]
    for said in (f"FutureWarning: soon\n{use.answer}\n", f"{use.answer}\ntime: 217 µs\n"):
        assert use.proved(Execution(End.REPLIED, "ok", said))
    for said in ("", f"{use.answer}1\n", f"x {use.answer}\n"):
        assert not use.proved(Execution(End.REPLIED, "ok", said))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["numpy", "pandas", "seaborn"])
def test_the_line_gives_its_answer(name: str, healthy: Path) -> None:
    done = subprocess.run(
        [str(healthy), "-c", USES[name].code],
        env={"MPLBACKEND": "agg", "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert USES[name].proved(Execution(End.REPLIED, "ok", done.stdout)), (done, sys.version)


# What a learner's own settings may leave in the kernel: names that hide Python's, an open picture
LEFT = (
    "from numpy import *\nfrom matplotlib.pylab import *\nfrom numpy import *\n"
    "import matplotlib.pyplot as plt\nplt.plot([1, 2])\n"
)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["numpy", "pandas", "seaborn"])
def test_what_a_startup_file_leaves_changes_no_answer(name: str, healthy: Path) -> None:
    done = subprocess.run(
        [str(healthy), "-c", LEFT + USES[name].code],
        env={"MPLBACKEND": "agg", "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert USES[name].proved(Execution(End.REPLIED, "ok", done.stdout)), done
