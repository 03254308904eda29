"""A variable that sends Jupyter to another kernel is the cause, before the file that it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import on, python_at

from envcheck import UnsetEnv
from envcheck_checks.interference.trials import Removed
from envcheck_checks.jupyter.facts import KernelSpec, LearnersJupyter
from envcheck_checks.kernel import led_astray as module


def spec(python: str, folder: Path) -> KernelSpec:
    words = (python, "-m", "ipykernel_launcher", "-f", "{connection_file}")
    return KernelSpec(words, python, {}, "Python 3", "signal", str(folder / "home/spec"))


@pytest.mark.parametrize(
    ("variables", "ours", "blamed"),
    [
        ({"JUPYTER_PATH": "/elsewhere:/teacher"}, True, "JUPYTER_PATH"),
        ({"JUPYTER_DATA_DIR": "/teacher"}, True, "JUPYTER_DATA_DIR"),
        ({"JUPYTER_PATH": "/elsewhere"}, True, ""),  # it does not lead there
        ({"JUPYTER_PATH": "/teacher"}, False, ""),  # and without it, it is no better
        ({}, True, ""),
    ],
)
def test_the_variable_is_the_cause(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, Any],
    ours: bool,
    blamed: str,
) -> None:
    python = python_at(tmp_path / "venv")
    env = on("linux", tmp_path, python, **variables)
    found = spec(python.executable if ours else "/opt/gone/python", tmp_path)

    def without(_env: object, changes: Sequence[Removed]) -> LearnersJupyter:
        assert [change.variables for change in changes] == [{blamed or "JUPYTER_PATH": None}]
        return LearnersJupyter({}, found)

    monkeypatch.setattr(module, "ask_jupyter", without)
    said = module.led_astray(env, Path("/teacher/kernels/python3/kernel.json"), "/opt/gone/python")
    assert (said.fixes[0].steps if said else ()) == ((UnsetEnv(blamed),) if blamed else ())
    if said is not None:
        assert said.evidence.found == f"{blamed}={variables[blamed]}"
