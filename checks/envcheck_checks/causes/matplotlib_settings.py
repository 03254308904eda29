"""A matplotlibrc of the learner's with values that matplotlib refuses: it says so at every import and goes on."""

from __future__ import annotations

import os
import re
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, Rename, warn
from envcheck_checks.causes.backup import free_backup
from envcheck_checks.private import home_of, matplotlib_settings

COMPLAINT = re.compile(r"(Bad (?:value|key)[^\n]*|[^\n]*matplotlibrc[^\n]*)", re.IGNORECASE)


def warnings(env: Environment, stderr: str) -> list[Diagnosis]:
    """`stderr` is what the imports printed; a file must also be there for matplotlib to read."""
    if "matplotlibrc" not in stderr:
        return []
    places = [env.folder, *matplotlib_settings(env, home_of(env))]
    own = env.variables.get("MATPLOTLIBRC")
    files = [*([Path(own)] if own else []), *(place / "matplotlibrc" for place in places)]
    file = next((path for path in files if os.path.isfile(path)), None)
    if file is None:
        return []
    hits = COMPLAINT.findall(stderr)
    return [
        warn(
            "matplotlibrc-broken",
            "your matplotlibrc (matplotlib's config file) has a bad value: matplotlib complains at every import and leaves that line out",
            Fix("move that file aside", (Rename(str(file), free_backup(file)),)),
            found=hits[0][:300] if hits else "matplotlib complains about it",
            wanted="values that matplotlib knows",
            looked_in=str(file),
        )
    ]
