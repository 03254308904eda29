"""What ends a kernel or Jupyter after a pause: by its seconds, and by what keeps it from doing so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import file_at

from envcheck import Environment, fact
from envcheck.testing import described, interpreter
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.jupyter.facts import KernelSpec, LearnersJupyter, learners_jupyter
from envcheck_checks.notebook.settings import ends_idle

SERVER = "shutdown_no_activity_timeout"


def machine(settings: dict[str, dict[str, object]], spec: Path | None = None) -> Environment:
    kernel = (
        KernelSpec(("python",), "python", {}, "Python 3", "signal", str(spec)) if spec else None
    )
    facts: dict[fact[Any], object] = {
        config_files: (ConfigFile("/home/ada/.jupyter/jupyter_server_config.py", settings),),
        learners_jupyter: LearnersJupyter({}, kernel, user_config="/home/ada/.jupyter"),
    }
    return described(variables={"HOME": "/home/ada"}, facts=facts, python=interpreter())


def said(env: Environment) -> str:
    """How it is judged."""
    failed = ends_idle.diagnose(env, Failure("the notebook server does not start"))
    warned = ends_idle.warnings(env)
    assert not (failed and warned)
    return failed.severity if failed else warned[0].severity if warned else "-"


@pytest.mark.parametrize(
    ("seconds", "judged"),
    [
        (3, "warning"),
        (59, "warning"),
        (599, "warning"),
        (600, "-"),
        (0, "-"),
        (-1, "-"),
    ],
)
def test_a_server_that_ends_itself(seconds: int, judged: str) -> None:
    """It is asked once a minute, and goes on while there is a kernel: a learner can work."""
    assert said(machine({"ServerApp": {SERVER: seconds}})) == judged
    assert said(machine({"NotebookApp": {SERVER: seconds}})) == judged


@pytest.mark.parametrize(
    ("seconds", "connected", "judged"),
    [
        (10, True, "error"),
        (300, True, "warning"),
        (3600, True, "-"),
        (10, False, "-"),
        (10, None, "-"),
        (0, True, "-"),
        (True, True, "-"),
        ("10", True, "-"),
    ],
)
@pytest.mark.parametrize("manager", ends_idle.MANAGERS)
def test_a_kernel_that_is_ended(
    manager: str, seconds: object, connected: object, judged: str
) -> None:
    """An open page holds its kernel, unless that is turned off."""
    settings = {"cull_idle_timeout": seconds}
    if connected is not None:
        settings["cull_connected"] = connected
    assert said(machine({manager: settings})) == judged


def test_the_kernels_own_seconds_win(tmp_path: Path) -> None:
    culled: dict[str, dict[str, object]] = {
        "MappingKernelManager": {"cull_idle_timeout": 7200, "cull_connected": True}
    }
    file_at(tmp_path / "kernel.json", '{"metadata": {"cull_idle_timeout": 5}}')
    assert said(machine(culled, tmp_path)) == "error"
    file_at(tmp_path / "kernel.json", '{"metadata": []}')
    assert said(machine(culled, tmp_path)) == "-"


def test_what_is_said() -> None:
    (warned,) = ends_idle.warnings(machine({"ServerApp": {SERVER: 120}}))
    assert warned.code == "jupyter-ends-idle"
    assert warned.evidence.found == f"{SERVER} = 120"
    assert warned.summary.endswith("after 120 s in which nothing is done")
