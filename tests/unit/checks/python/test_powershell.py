"""PowerShell that runs no scripts: whose policy counts, and what is offered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import on

from envcheck import Diagnosis, Severity
from envcheck_checks.machine.system import (
    INSTALLATION,
    MACHINE_POLICY,
    MACHINES_CHOICE,
    USER_POLICY,
    USERS_CHOICE,
    Value,
)
from envcheck_checks.python import powershell

PLACE = "C:\\py\\course"
MODULES = "C:\\Users\\ada\\Documents\\WindowsPowerShell\\Modules;C:\\Program Files\\WindowsPowerShell\\Modules"


def said(
    folder: Path, registry: dict[Value, str], name: str = "win32", **variables: str
) -> Diagnosis | None:
    given: dict[str, Any] = {"PSModulePath": MODULES, **variables}
    return powershell.no_activation(on(name, folder, registry=registry, **given), PLACE)


@pytest.mark.parametrize(
    ("registry", "variables", "where"),
    [
        ({USERS_CHOICE: "Restricted"}, {}, "your settings"),
        ({MACHINES_CHOICE: "restricted"}, {}, "the machine's settings"),
        ({INSTALLATION: "Client"}, {}, "Windows' own default"),
        ({USERS_CHOICE: "Undefined", INSTALLATION: "Client"}, {}, "Windows' own default"),
        ({MACHINE_POLICY: "Restricted", USERS_CHOICE: "Bypass"}, {}, "a policy"),
        ({USER_POLICY: "Restricted", USERS_CHOICE: "Bypass"}, {}, "a policy"),
        ({USERS_CHOICE: "Bypass"}, {"PSExecutionPolicyPreference": "Restricted"}, "this terminal"),
        ({USERS_CHOICE: "RemoteSigned", MACHINES_CHOICE: "Restricted"}, {}, ""),
        ({MACHINE_POLICY: "AllSigned", USERS_CHOICE: "Restricted"}, {}, ""),
        ({INSTALLATION: "Server"}, {}, ""),
        ({}, {}, ""),
        ({USERS_CHOICE: "Restricted"}, {"PSExecutionPolicyPreference": "Bypass"}, ""),
    ],
)
def test_the_first_that_is_set_counts(
    tmp_path: Path, registry: dict[Value, str], variables: dict[str, Any], where: str
) -> None:
    """In PowerShell's own order; a policy cannot be changed by its user, and is not offered
    to be.
    """
    diagnosis = said(tmp_path, registry, **variables)
    assert (diagnosis is not None) is bool(where)
    if diagnosis is not None:
        assert (diagnosis.code, diagnosis.severity) == ("powershell-scripts-off", Severity.WARNING)
        assert diagnosis.evidence.found.endswith(f"from {where}")
        assert ("Set-ExecutionPolicy" in str(diagnosis.fixes)) is (where != "a policy")
        assert bool(diagnosis.note) is (where == "a policy")
        assert "C:\\\\py\\\\course\\\\Scripts\\\\python.exe" in str(diagnosis.fixes)


@pytest.mark.parametrize(
    ("name", "modules"),
    [
        ("linux", MODULES),
        ("win32", ""),
        ("win32", "C:\\Program Files\\WindowsPowerShell\\Modules"),
        ("win32", "C:\\Users\\ada\\Documents\\PowerShell\\Modules;C:\\x"),
    ],
)
def test_other_terminals_are_not_concerned(tmp_path: Path, name: str, modules: str) -> None:
    """cmd, PowerShell 7, and every other system."""
    assert said(tmp_path, {USERS_CHOICE: "Restricted"}, name, PSModulePath=modules) is None
