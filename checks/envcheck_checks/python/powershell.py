"""PowerShell that runs no scripts: the line that activates an environment is one."""

from __future__ import annotations

from pathlib import PureWindowsPath

from envcheck import Confidence, Diagnosis, Environment, Fix, Run, warn
from envcheck_checks.machine.system import (
    INSTALLATION,
    MACHINE_POLICY,
    MACHINES_CHOICE,
    USER_POLICY,
    USERS_CHOICE,
    System,
    system,
    variable,
)
from envcheck_checks.python.codes import POWERSHELL_SCRIPTS_OFF

ALLOW = ("Set-ExecutionPolicy", "-Scope", "CurrentUser", "RemoteSigned")


def no_activation(env: Environment, place: str) -> Diagnosis | None:
    """The environment at `place` is not active, and PowerShell would refuse to activate it."""
    machine = system(env)
    if not machine.is_windows or not _is_windows_powershell(env):
        return None
    policy, where = _policy(env, machine)
    if policy.lower() != "restricted":
        return None
    scripts = PureWindowsPath(place, "Scripts")
    allow = Fix("or allow your own scripts", (Run(ALLOW),), Confidence.ASK)
    return warn(
        POWERSHELL_SCRIPTS_OFF,
        "the course's environment was found and used, and is not active; PowerShell runs no scripts here, so it cannot be activated",
        Fix(
            "do without the script: call the environment's Python by its path",
            (Run((str(scripts / "python.exe"), "-m", "notebook")),),
            Confidence.ASK,
        ),
        *(() if where == "a policy" else (allow,)),
        found=f"execution policy {policy}, from {where}",
        wanted="RemoteSigned, or no script",
        looked_in="PowerShell's settings in the registry",
        note="your administrator has set it" if where == "a policy" else "",
    )


def _is_windows_powershell(env: Environment) -> bool:
    """Windows PowerShell puts a folder of the user's first; in cmd the variable has the machine's
    folders alone, and PowerShell 7 has settings of its own, which allow scripts.
    """
    first = PureWindowsPath(variable(env, "PSModulePath").partition(";")[0].lower())
    return (
        first.parts[-2:] == ("windowspowershell", "modules") and "program files" not in first.parts
    )


def _policy(env: Environment, machine: System) -> tuple[str, str]:
    """The policy that counts, and where it is set: the first that is, in PowerShell's own order."""
    places = (
        (machine.value(MACHINE_POLICY), "a policy"),
        (machine.value(USER_POLICY), "a policy"),
        (variable(env, "PSExecutionPolicyPreference"), "this terminal"),
        (machine.value(USERS_CHOICE), "your settings"),
        (machine.value(MACHINES_CHOICE), "the machine's settings"),
    )
    usual = "Restricted" if machine.value(INSTALLATION) == "Client" else "RemoteSigned"
    return next(
        ((value, where) for value, where in places if value and value != "Undefined"),
        (usual, "Windows' own default"),
    )
