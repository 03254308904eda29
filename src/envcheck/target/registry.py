"""Where Windows keeps the variables of every new terminal: in its registry, in no start-up file."""

from __future__ import annotations

import sys

# Of the person, then of the machine; what Windows calls each in its settings.
KEPT = (
    (
        "HKEY_CURRENT_USER",
        "Environment",
        "your environment variables",
        "`Edit environment variables for your account` in the Start menu",
    ),
    (
        "HKEY_LOCAL_MACHINE",
        r"SYSTEM\CurrentControlSet\Control\Session Manager\Environment",
        "the machine's environment variables",
        "an administrator may: `Edit the system environment variables` in the Start menu",
    ),
)


def set_in(name: str) -> list[str]:
    """The places of the registry that set a variable, in words for a person; none elsewhere than on
    Windows.
    """
    return [f"{words} ({how})" for hive, key, words, how in KEPT if _is_set(hive, key, name)]


def _is_set(hive: str, key: str, name: str) -> bool:
    if sys.platform != "win32":
        return False
    import winreg

    try:
        with winreg.OpenKey(getattr(winreg, hive), key) as opened:
            winreg.QueryValueEx(opened, name)
    except OSError:  # no such value, or one that this person may not read
        return False
    return True
