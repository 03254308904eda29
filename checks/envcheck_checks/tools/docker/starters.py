"""The programs that run an engine, on a Mac above all, each with a socket in a folder of its own."""

from __future__ import annotations

from envcheck import Fix
from envcheck.fixes.advice import tell, typed

# What is in the address, the program, and what starts it.
STARTERS = (
    ("/.colima/", "Colima", typed("colima start")),
    ("/.orbstack/", "OrbStack", typed("orb start", "Start OrbStack, or type this in a terminal:")),
    ("/.rd/", "Rancher Desktop", "Start Rancher Desktop, and wait until it says that it is ready."),
    ("podman-machine", "Podman's machine", typed("podman machine start")),
)


def starter(address: str) -> Fix | None:
    """What starts the engine behind an address; None where the address is nobody's but Docker's."""
    return next(
        (tell(f"start {name}", how) for mark, name, how in STARTERS if mark in address), None
    )
