"""Which settings a server is tried without."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.unit.described_machines import on

from envcheck import fact
from envcheck_checks.interference.trials import SettingKind
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook.launching.retry import settings_of_servers


def test_jupyters_own_come_first(tmp_path: Path) -> None:
    """Its variables, without those that envcheck sets itself, before what they lead to; and
    Python's.
    """
    env = on(
        "linux",
        tmp_path,
        facts={config_files: (), learners_jupyter: LearnersJupyter({}, None)},
        JUPYTER_PREFER_ENV_PATH="1",
        JUPYTER_RUNTIME_DIR="/run",
        PYTHONPATH="/lib",
        http_proxy="ftp://proxy",
        HTTP_PROXY="ftp://proxy",
    )
    names = [removed.name for removed in settings_of_servers(env)]
    assert names == ["JUPYTER_PREFER_ENV_PATH", "HTTP_PROXY", "PYTHONPATH"]


def test_a_configuration_is_left_out_whole(tmp_path: Path) -> None:
    facts: dict[fact[Any], object] = {
        config_files: (ConfigFile("/x.py"),),
        learners_jupyter: LearnersJupyter({}, None),
    }
    env = on("linux", tmp_path, facts=facts, PYTHONPATH="/lib")
    first = settings_of_servers(env)[0]
    assert first.kind is SettingKind.CONFIG
    assert first.variables["JUPYTER_NO_CONFIG"] == "1"
