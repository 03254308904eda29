"""Values of variables whose names say that they are secret: any program of the learner's may quote one, where
nothing stands before it that tells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

NAMES = re.compile(
    r"(?:TOKEN|SECRET|PASSW(?:OR)?D|PASSPHRASE|CREDENTIAL)S?(?:_|\d|$)"
    r"|(?:^|_)(?:PASS|PWD|KEY|APIKEY|AUTH)(?:_|\d|$)",
    re.IGNORECASE,
)
FOLDERS = ("PWD", "OLDPWD")  # where the terminal is
SHORTEST = 8  # letters: what is shorter stands in other words too
A_WORD = 16  # letters: shorter ones without anything else are words of everybody's
PLACE = re.compile(r"[~/\\.]|[A-Za-z]:[\\/]")


def secret_values(variables: Mapping[str, str]) -> tuple[str, ...]:
    """What is to be taken out wherever it stands, the longest first."""
    values = {
        value.strip()
        for name, value in variables.items()
        if NAMES.search(name) and name not in FOLDERS and _is_secret(value.strip())
    }
    return tuple(sorted(values, key=lambda value: (-len(value), value)))


def _is_secret(value: str) -> bool:
    """Whether it is neither a place on this machine, as of a file with the secret in it, nor a word."""
    if len(value) < SHORTEST or PLACE.match(value):
        return False
    return len(value) >= A_WORD or not value.isalpha()
