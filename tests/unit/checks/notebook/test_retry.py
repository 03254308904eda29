"""Which settings a server is tried without."""

from __future__ import annotations

from pathlib import Path

from tests.unit.described_machines import on

from envcheck_checks.interference.trials import SettingKind
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.notebook.retry import settings_of_servers


def test_jupyters_own_come_first(tmp_path: Path) -> None:
    """Its configuration where there is any, its variables without those that envcheck sets itself,
    and Python's.
    """
    env = on(
        "linux",
        tmp_path,
        facts={config_files: ()},
        JUPYTER_PREFER_ENV_PATH="1",
        JUPYTER_RUNTIME_DIR="/run",
        PYTHONPATH="/lib",
    )
    names = [removed.name for removed in settings_of_servers(env)]
    assert names == ["JUPYTER_PREFER_ENV_PATH", "PYTHONPATH"]


def test_a_configuration_is_left_out_whole(tmp_path: Path) -> None:
    env = on("linux", tmp_path, facts={config_files: (ConfigFile("/x.py"),)}, PYTHONPATH="/lib")
    first = settings_of_servers(env)[0]
    assert first.kind is SettingKind.CONFIG
    assert first.variables["JUPYTER_NO_CONFIG"] == "1"
