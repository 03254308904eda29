"""The operating system and its own settings as a value: another system can be described where it is
not at hand.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from envcheck import Environment, fact
from envcheck.path_lists import parts
from envcheck.target.typed_path import as_typed
from envcheck.variables import in_any_case


@dataclass(frozen=True)
class Value:
    """A value of Windows' registry. `hive` is HKLM, HKCU or HKCR."""

    hive: str
    key: str
    name: str


_POWERSHELL = r"Software\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell"
_POLICIES = r"Software\Policies\Microsoft\Windows\PowerShell"

LONG_PATHS = Value("HKLM", r"SYSTEM\CurrentControlSet\Control\FileSystem", "LongPathsEnabled")
INSTALLATION = Value("HKLM", r"SOFTWARE\Microsoft\Windows NT\CurrentVersion", "InstallationType")
SCRIPT_TYPE = Value("HKCR", ".js", "Content Type")
PAGE_OPENER = Value(
    "HKCU",
    r"Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.html\UserChoice",
    "ProgId",
)
MACHINE_POLICY = Value("HKLM", _POLICIES, "ExecutionPolicy")
USER_POLICY = Value("HKCU", _POLICIES, "ExecutionPolicy")
USERS_CHOICE = Value("HKCU", _POWERSHELL, "ExecutionPolicy")
MACHINES_CHOICE = Value("HKLM", _POWERSHELL, "ExecutionPolicy")
# Each account of OneDrive names its folder; a school's is Business1, and its name has any number.
ONEDRIVES = tuple(
    Value("HKCU", rf"Software\Microsoft\OneDrive\Accounts\{account}", "UserFolder")
    for account in ("Personal", *(f"Business{number}" for number in range(1, 10)))
)
ALL = (
    *ONEDRIVES,
    LONG_PATHS,
    INSTALLATION,
    SCRIPT_TYPE,
    PAGE_OPENER,
    MACHINE_POLICY,
    USER_POLICY,
    USERS_CHOICE,
    MACHINES_CHOICE,
)


@dataclass(frozen=True)
class System:
    """`name` is as in `sys.platform`; `root` stands before every absolute place; `registry` holds
    what is set there.
    """

    name: str
    registry: Mapping[Value, str] = field(default_factory=dict)
    root: Path = Path("/")

    @property
    def is_windows(self) -> bool:
        """Whether it is Windows."""
        return self.name == "win32"

    @property
    def is_macos(self) -> bool:
        """Whether it is macOS."""
        return self.name == "darwin"

    @property
    def is_linux(self) -> bool:
        return self.name.startswith("linux")

    def at(self, place: str) -> Path:
        """An absolute place on this machine; tests have it below a folder."""
        return self.root / place.lstrip("/")

    def value(self, value: Value) -> str:
        """What the registry says; empty when nothing is set there."""
        return self.registry.get(value, "")


def listed_folders(env: Environment, name: str) -> list[str]:
    """The folders that a variable lists, as the learner's own system parts them: a Windows' path has
    a `:` of its own. Those of PATH are as their shell takes them.
    """
    variables = {name: as_typed(env.variables)} if name == "PATH" else env.variables
    return parts(variables, name, system(env).name)


def variable(env: Environment, name: str) -> str:
    """A variable whose name Windows spells in both cases: Python hands it on in capitals there."""
    return in_any_case(env.variables, name)


@fact
def system(_: Environment) -> System:
    """The system that envcheck runs on: the learner's, since their Python is on this machine. It
    starts nothing.
    """
    return System(sys.platform, _registry())


def _registry() -> Mapping[Value, str]:
    if sys.platform != "win32":
        return {}
    import winreg

    hives = {
        "HKLM": winreg.HKEY_LOCAL_MACHINE,
        "HKCU": winreg.HKEY_CURRENT_USER,
        "HKCR": winreg.HKEY_CLASSES_ROOT,
    }
    values = {}
    for value in ALL:
        try:
            with winreg.OpenKey(
                hives[value.hive], value.key, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY
            ) as key:
                values[value] = str(winreg.QueryValueEx(key, value.name)[0])
        except OSError:  # not set
            continue
    return values
