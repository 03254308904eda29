"""Whether two names lead to one place. One folder has several names everywhere, where links lead to
it; on a Mac also in other cases (`/Users/Ada`, `/users/ada`), with its letters taken apart (an `ë` of
one or of two characters), behind `/private` and behind `/System/Volumes/Data`; on Windows in other
cases, by a drive that SUBST or the network made, and behind `\\\\?\\`.

Nobody else compares paths: `tests/guards/test_places.py` holds that.
"""

from __future__ import annotations

import ntpath
import os
import posixpath
import re
import sys
import unicodedata
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from types import ModuleType

# Links of every Mac into /private (hier(7)), and where its one disk of data really is (a firmlink,
# which no `realpath` follows: apfs_boot_util(8), /usr/share/firmlinks).
PRIVATE = ("/tmp", "/var", "/etc")
DATA = "/System/Volumes/Data"

# Windows' spelling for paths of any length, which programs of Rust hand out (uv): `\\?\C:\ml`, and
# `\\?\UNC\server\share` for what lies on a share.
OF_ANY_LENGTH = re.compile(r"^\\\\\?\\(?:(unc)\\|(?=[a-z]:))")

Place = str | PurePath


def same(place: Place, other: Place, platform: str = sys.platform) -> bool:
    """Whether two names lead to one folder. What is there is asked; what is not there is told by its
    name. Not for programs: all environments of one base share its Python.
    """
    try:
        return Path(place).samefile(other)
    except (OSError, ValueError):
        return key(place, platform) == key(other, platform)


def lies_in(path: Place, folder: Place, platform: str = sys.platform) -> bool:
    """Whether a path is a folder or something in it: by its own name, or where the links on the way
    lead. A link in an environment's `bin` lies in the environment, wherever it leads.
    """
    return _inside(path, folder, platform) is not None


def within(path: Place, folder: Place, platform: str = sys.platform) -> PurePath | None:
    """The path from a folder to something in it; None for what lies elsewhere."""
    return _inside(path, folder, platform)


def really_in(path: Place, folder: Place, platform: str = sys.platform) -> bool:
    """Whether something lies in a folder, and not only by a name that leads out of it. The last
    link counts as itself: it is what would be renamed.
    """
    paths = _paths(platform)
    above, name = paths.split(os.fspath(path))
    inner = key(path, platform)
    if name not in ("", ".", ".."):
        inner = paths.join(key(above, platform), folded(name, platform))
    return bool(_rest(inner, key(folder, platform), platform))


def key(place: Place, platform: str = sys.platform) -> str:
    """One spelling for all names of a place, for sets. It is compared, and never shown or opened."""
    return folded(_real(os.fspath(place), _paths(platform)), platform)


def folded(path: Place, platform: str = sys.platform) -> str:
    """One spelling for all that this system takes for one name; links are not followed."""
    text = str(_paths(platform).normcase(os.fspath(path)))
    if platform == "win32":
        return OF_ANY_LENGTH.sub(lambda hit: r"\\" if hit[1] else "", text)
    if platform != "darwin":
        return text
    text = unicodedata.normalize("NFC", text).casefold()
    data = f"{DATA.casefold()}/"
    text = f"/{text[len(data) :]}" if text.startswith(data) else text
    linked = any(text == place or text.startswith(f"{place}/") for place in PRIVATE)
    return f"/private{text}" if linked else text


def _inside(path: Place, folder: Place, platform: str) -> PurePath | None:
    paths = _paths(platform)
    # A traceback names Cython's sources so, `pandas/_libs/lib.pyx`: they lie in no folder of here.
    if not paths.isabs(path):
        return None
    for plain in (_absolute, _real):
        inner, outer = plain(os.fspath(path), paths), plain(os.fspath(folder), paths)
        rest = _rest(folded(inner, platform), folded(outer, platform), platform)
        if rest is not None:
            names = _pure(inner, platform).parts
            return _pure("", platform).joinpath(*names[len(names) - len(rest) :])
    return None


def _real(place: str, paths: ModuleType) -> str:
    """Where the links on the way lead; nowhere from a name that no file can have, with a zero byte."""
    try:
        return str(paths.realpath(place))
    except ValueError:
        return _absolute(place, paths)


def _absolute(place: str, paths: ModuleType) -> str:
    return str(paths.abspath(place))


def _rest(inner: str, outer: str, platform: str) -> tuple[str, ...] | None:
    """The names that follow; None where the one does not begin with the other. Both are normalised:
    what their letters tell apart is not taken apart.
    """
    if not inner.startswith(outer.rstrip("\\/")):
        return None
    below, above = _pure(inner, platform).parts, _pure(outer, platform).parts
    return below[len(above) :] if below[: len(above)] == above else None


def _pure(path: str, platform: str) -> PurePath:
    return PureWindowsPath(path) if platform == "win32" else PurePosixPath(path)


def _paths(platform: str) -> ModuleType:
    """Python's own knowledge of a system's paths, also for one that is only described."""
    return ntpath if platform == "win32" else posixpath
