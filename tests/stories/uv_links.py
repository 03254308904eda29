"""An environment as `uv pip install --link-mode=symlink` leaves it, after `uv cache clean`."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from tests.stories.machine import Machine

# Written by who installs, each time: the list itself, and notes of how it came
WRITTEN = ("RECORD", "INSTALLER", "REQUESTED")


def linked(machine: Machine, *names: str) -> None:
    """All files that these packages list lead into a cache that is gone; pip is the environment's own."""
    for name in names:
        for entry in machine.site.glob(f"{name}-*.dist-info"):
            if entry.name.startswith("pip-"):
                continue
            rows = csv.reader((entry / "RECORD").read_text(encoding="utf-8").splitlines())
            for file in [Path(os.path.normpath(machine.site / line)) for line, *_ in rows]:
                if file.is_file() and file.name not in WRITTEN and file.parent.name != "bin":
                    file.unlink()
                    file.symlink_to(f"/gone/cache/uv/archive-v0/{file.name}")
