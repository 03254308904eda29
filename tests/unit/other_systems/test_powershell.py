"""PowerShell that runs no scripts: what a learner can type all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck.environment import Located
from envcheck.testing import passes, warns
from envcheck_checks.browser.discovery import find
from envcheck_checks.browser.display import Machine
from envcheck_checks.machine import special_folders
from envcheck_checks.machine.system import INSTALLATION, MACHINE_POLICY, USERS_CHOICE, Value
from envcheck_checks.python.check import python

CLIENT = {INSTALLATION: "Client"}
POWERSHELL = r"C:\Users\ada\Documents\WindowsPowerShell\Modules;C:\Windows\system32\WindowsPowerShell\v1.0\Modules"
CMD = (
    r"C:\Program Files\WindowsPowerShell\Modules;C:\Windows\system32\WindowsPowerShell\v1.0\Modules"
)


def inactive(tmp_path: Path, registry: dict[Value, str], modules: str) -> tuple[object, ...]:
    env = on(
        "win32",
        tmp_path,
        registry=registry,
        located=Located(("python",), ".venv", inactive=r"C:\ml\.venv"),
        PSModulePath=modules,
    )
    outcome = python().examine(env)
    return tuple(one.code for one in getattr(outcome, "warnings", ()))


@pytest.mark.parametrize(
    ("registry", "modules", "code"),
    [
        (CLIENT, POWERSHELL, "powershell-scripts-off"),
        ({**CLIENT, USERS_CHOICE: "RemoteSigned"}, POWERSHELL, "environment-not-active"),
        (
            {**CLIENT, USERS_CHOICE: "RemoteSigned", MACHINE_POLICY: "Restricted"},
            POWERSHELL,
            "powershell-scripts-off",
        ),
        ({INSTALLATION: "Server"}, POWERSHELL, "environment-not-active"),
        (
            CLIENT,
            POWERSHELL.replace("Documents", "OneDrive\\Dokumente", 1),
            "powershell-scripts-off",
        ),
        (CLIENT, CMD, "environment-not-active"),
        (
            CLIENT,
            POWERSHELL.replace("WindowsPowerShell", "PowerShell", 1),
            "environment-not-active",
        ),
    ],
)
def test_windows_execution_policy(
    tmp_path: Path, registry: dict[Value, str], modules: str, code: str
) -> None:
    """PowerShell's order of policies decides; where scripts are off, the next line to type is no
    script.
    """
    assert inactive(tmp_path, registry, modules) == (code,)


def test_windows_spells_its_variables_in_capitals(tmp_path: Path) -> None:
    """Python hands them on so: a folder or a shell is found under either spelling."""
    env = on(
        "win32",
        tmp_path,
        registry=CLIENT,
        located=Located(("python",), ".venv", inactive=r"C:\ml\.venv"),
        PSMODULEPATH=POWERSHELL,
    )
    warns(python(), env, "powershell-scripts-off")
    inside = python_at(tmp_path / "OneDrive/ml/.venv")
    cloud = on("win32", tmp_path, inside, ONEDRIVE=str(tmp_path / "OneDrive"))
    assert [one.code for one in special_folders.warnings(cloud, inside)] == ["folder-in-cloud"]
    chrome = file_at(tmp_path / "Programs/Google/Chrome/Application/chrome.exe")
    found = find(Machine("win32", {"PROGRAMFILES": str(tmp_path / "Programs")}, tmp_path))
    assert [one.argv for one in found] == [(str(chrome),)]


def test_windows_execution_policy_gives_lines_that_work(tmp_path: Path) -> None:
    env = on(
        "win32",
        tmp_path,
        registry=CLIENT,
        located=Located(("python",), ".venv", inactive=r"C:\ml\.venv"),
        PSModulePath=POWERSHELL,
    )
    told = str(warns(python(), env, "powershell-scripts-off").fixes)
    assert r"C:\\ml\\.venv\\Scripts\\python.exe" in told
    assert "Set-ExecutionPolicy" in told
    assert "Activate.ps1" not in told
    passes(
        python(), on("win32", tmp_path, registry=CLIENT, PSModulePath=POWERSHELL)
    )  # active: nothing to activate
