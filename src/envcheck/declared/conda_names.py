"""What the index calls a package of conda's: as verified, or nobody knows. Never by a likeness."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

# What conda's package of this name is used for by people who type. Verified in November 2026.
PROGRAMS = {
    "cmake": "cmake",
    "ffmpeg": "ffmpeg",
    "git": "git",
    "git-lfs": "git-lfs",
    "graphviz": "dot",
    "make": "make",
    "maven": "mvn",
    "nodejs": "node",
    "openjdk": "java",
    "pandoc": "pandoc",
}
# Families without a Python package, but for those that the list has: all of them were looked at.
LIBRARIES = re.compile(
    r"lib|_|ld_impl|xorg-|xcb|vs20|m2w64-|msys2-|r-|gcc|gxx|gfortran|clang|perl|sysroot|binutils"
    r"|kernel-headers|cuda-|compiler|ucrt$|vc$|vc14|font-ttf|fonts-|python_abi$|cpuonly$|pytorch-cuda$"
    r"|pytorch-mutex$|icc_rt$|console_shortcut$"
)


@cache
def listed() -> dict[str, str]:
    """The index's name by conda's; empty for what is no Python package."""
    text = resources.files(__package__).joinpath("conda_names.txt").read_text(encoding="utf-8")
    names: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            conda, _, index = line.partition(" ")
            names[conda] = "" if index == "-" else index or conda
    return names


def on_index(conda: str) -> str | None:
    """What the index calls it; empty where it is no Python package, None where nobody verified it."""
    name = conda.lower()
    if name in listed():
        return listed()[name]
    return "" if LIBRARIES.match(name) else None
