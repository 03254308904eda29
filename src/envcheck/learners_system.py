"""Which system a learner sits at, by the words that courses use for it."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping, Sequence

from envcheck.sentences import listed

NAMES = {"windows": "Windows", "macos": "macOS", "linux": "Linux", "wsl": "WSL"}
CONTAINERS = ("/.dockerenv", "/run/.containerenv", "/var/run/secrets/kubernetes.io")


def system_of(
    variables: Mapping[str, str], system: str = sys.platform, kernel: str | None = None
) -> str:
    """One of NAMES. `variables` are the learner's; `kernel` is the release of the running one."""
    if system in ("win32", "darwin"):
        return "windows" if system == "win32" else "macos"
    inside = any(variables.get(name) for name in ("WSL_DISTRO_NAME", "WSL_INTEROP"))
    return "wsl" if inside or _is_windows_kernel(kernel) else "linux"


def _is_windows_kernel(kernel: str | None) -> bool:
    """Whether it is the one that Windows brings, as after `sudo`, which drops the variables; a
    container that runs on it is a Linux of its own.
    """
    contained = kernel is None and is_in_container()
    release = platform.uname().release if kernel is None else kernel
    return "microsoft" in release.lower() and not contained


def is_in_container() -> bool:
    """Whether Docker, Podman or Kubernetes started this, by what each leaves."""
    return any(map(os.path.exists, CONTAINERS))


def is_among(system: str, names: Sequence[str]) -> bool:
    """WSL is a Linux, too."""
    return system in names or (system == "wsl" and "linux" in names)


def text_for(system: str, texts: Mapping[str, str]) -> str:
    """What is said for this system; in WSL what is said for Linux, where nothing is for WSL."""
    other = texts.get("linux", "") if system == "wsl" else ""
    return texts.get(system, other)


def only_on(names: Sequence[str], system: str) -> str:
    """Why something is left out here; empty where it is not."""
    if not names or not system or is_among(system, names):
        return ""
    asked = listed([NAMES.get(name, name) for name in names])
    return f"only on {asked}; this is {NAMES.get(system, system)}"
