"""Which folders of modules are the person's own: PowerShell adds them to the machine's when it starts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from envcheck.variables import in_any_case

# Wherever the person's documents lie: on another disk, in OneDrive, on a server
# (about_PSModulePath). The machine has the other ones, and programs bring their own.
OWN_MODULES = re.compile(
    r"(?!.*[\\/]program files).*[\\/](?:windows)?powershell[\\/]modules[\\/]?", re.IGNORECASE
)


def own_modules(variables: Mapping[str, str]) -> list[str]:
    """The folders of the person's own in the PSModulePath that PowerShell gave them; none in cmd."""
    listed = in_any_case(variables, "PSModulePath").split(";")
    return [path for path in listed if OWN_MODULES.fullmatch(path)]
