"""What a system calls the pieces that Python may lack: packages of Linux distributions, Homebrew
and winget.

Sources: packages.debian.org, packages.fedoraproject.org, archlinux.org/packages,
pkgs.alpinelinux.org, formulae.brew.sh, winget-pkgs, and for building Python "Suggested build
environment" in pyenv's wiki.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterable, Mapping

from envcheck.steps import Tell

OR_TAKE_ONE = "Or take one from https://www.python.org/downloads/."
OWN_PYTHON = "/usr/bin/python3"  # of a Linux distribution
# By distribution: the start of the command, a whole Python, and the venv part where it is a package
# of its own.
INSTALL = {
    "debian": "sudo apt install",
    "fedora": "sudo dnf install",
    "arch": "sudo pacman -S",
    "suse": "sudo zypper install",
    "alpine": "sudo apk add",
    "darwin": "brew install",
    "win32": "winget install",
}
WHOLE = {
    "debian": "python3 python3-venv",
    "fedora": "python3 python3-pip",
    "arch": "python python-pip",
    "suse": "python3 python3-pip",
    "alpine": "python3 py3-pip",
    "darwin": "python",
    "win32": "Python.Python.3.13",
}
# What a Python that is built on this machine (pyenv) needs for a part of its standard library.
HEADERS = {
    "debian": {
        **{
            "_ssl": "libssl-dev",
            "_hashlib": "libssl-dev",
            "_sqlite3": "libsqlite3-dev",
            "_ctypes": "libffi-dev",
        },
        **{"zlib": "zlib1g-dev", "_bz2": "libbz2-dev", "_lzma": "liblzma-dev"},
        **{"pyexpat": "libexpat1-dev", "": "build-essential"},
    },
    "fedora": {
        **{
            "_ssl": "openssl-devel",
            "_hashlib": "openssl-devel",
            "_sqlite3": "sqlite-devel",
            "_ctypes": "libffi-devel",
        },
        **{"zlib": "zlib-devel", "_bz2": "bzip2-devel", "_lzma": "xz-devel"},
        **{"pyexpat": "expat-devel", "": "gcc make patch"},
    },
    "arch": {
        **{"_ssl": "openssl", "_hashlib": "openssl", "_sqlite3": "sqlite", "_ctypes": "libffi"},
        **{"zlib": "zlib", "_bz2": "bzip2", "_lzma": "xz"},
        **{"pyexpat": "expat", "": "base-devel"},
    },
    "darwin": {
        "_ssl": "openssl",
        "_hashlib": "openssl",
        "_sqlite3": "sqlite3",
        "_lzma": "xz",
        "zlib": "zlib",
        "": "readline",
    },
}
OTHERS = ("darwin", "win32")  # which bring certificates along
LIKE = {
    "debian": "debian",
    "ubuntu": "debian",
    "fedora": "fedora",
    "rhel": "fedora",
    "centos": "fedora",
    "arch": "arch",
}
LIKE |= {"suse": "suse", "opensuse": "suse", "alpine": "alpine"}


def family(system: str = sys.platform, release: Mapping[str, str] | None = None) -> str:
    """`debian`, `fedora`, `arch`, `suse`, `alpine`, `darwin`, `win32`, or nothing for a system that
    we do not know.
    """
    if system in ("darwin", "win32"):
        return system
    if release is None:
        try:
            release = platform.freedesktop_os_release()
        except OSError:
            return ""
    names = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    return next(
        (LIKE[name.partition("-")[0]] for name in names if name.partition("-")[0] in LIKE), ""
    )


def get_python(of: str | None = None) -> str:
    """The line that installs a Python; empty where we do not know the system's word for it."""
    of = family() if of is None else of
    return f"{INSTALL[of]} {WHOLE[of]}" if of in INSTALL else ""


def at_hand(line: str, path: str) -> str:
    """The line, where the program that it starts is on this PATH: not every Mac has brew."""
    program = line.removeprefix("sudo ").partition(" ")[0]
    return line if program and shutil.which(program, path=path) else ""


def get_venv(version: tuple[int, int], path: str, of: str | None = None) -> Tell:
    """How a Python gets the part that makes environments. Only Debian and its children have a
    package for it; `of` is empty for a Python that is not the system's, `path` is the learner's.
    """
    of = family() if of is None else of
    if of == "debian":
        line = f"{INSTALL[of]} {_venv_of_debian(version)}"
        return Tell(f"Install that part: {line}", line)
    if line := at_hand(get_python(of), path):
        return Tell(f"Install a whole Python: {line} {OR_TAKE_ONE}", line)
    return Tell("Install a whole Python, from https://www.python.org/downloads/ for example.")


def _venv_of_debian(version: tuple[int, int]) -> str:
    """The package for the distribution's own Python has no number, which is what its manuals name;
    any other Python's has one.
    """
    name = f"python{version[0]}.{version[1]}"
    own = os.path.basename(os.path.realpath(OWN_PYTHON)) == name  # noqa: PTH119  # a name is wanted
    return "python3-venv" if own else f"{name}-venv"


def get_certificates(of: str | None = None) -> str:
    """The line that installs the certificates that a Linux trusts; empty elsewhere."""
    of = family() if of is None else of
    return f"{INSTALL[of]} ca-certificates" if of in INSTALL and of not in OTHERS else ""


def get_headers(parts: Iterable[str], of: str | None = None) -> str:
    """The line to run before `pyenv install`, so that the Python that it builds has these parts;
    empty where unknown.
    """
    of = family() if of is None else of
    packages_of = HEADERS.get(of, {})
    packages = dict.fromkeys(
        word for part in parts for word in packages_of.get(part, packages_of.get("", "")).split()
    )
    return f"{INSTALL[of]} {' '.join(packages)}" if packages else ""
