"""conda's caches of packages: the address from which each was once brought to this machine.

By its address a package is put back without a channel and without solving, as an `@EXPLICIT` list
does it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from envcheck.path_lists import parts
from envcheck.shape import read_file
from envcheck.target.conda import lines_of, set_folders
from envcheck.target.home import home_of

ENDS = (".conda", ".tar.bz2")


def addresses(
    command: str, variables: Mapping[str, str], packages: Sequence[str]
) -> tuple[str, ...]:
    """`name=version=build` by its address, for all or for none of them: an address does not stand
    beside a name. Empty for none.
    """
    folders = [folder for folder in _caches(command, variables) if os.path.isdir(folder)]
    urls = {
        line.rpartition("/")[2]: line
        for folder in folders
        for line in lines_of(folder / "urls.txt")
    }
    noted = [_address(spec.replace("=", "-"), urls, folders) for spec in packages]
    return tuple(noted) if all(noted) else ()


def _address(name: str, urls: Mapping[str, str], folders: Sequence[Path]) -> str:
    """As conda lists what it fetched; else as the unpacked package says of itself."""
    listed = [urls[name + end] for end in ENDS if name + end in urls]
    unpacked = (
        read_file(place / name / "info" / "repodata_record.json", {"url": str}) for place in folders
    )
    named = (str((noted or {"url": ""})["url"]) for noted in unpacked)
    own = (url for url in named if url.endswith(tuple(f"/{name}{end}" for end in ENDS)))
    return next(iter(listed), "") or next(own, "")


def _caches(command: str, variables: Mapping[str, str]) -> Iterator[Path]:
    """Where conda keeps packages: where it is told to, beside itself, and in the home where that is
    an administrator's.
    """
    home = home_of(variables)
    yield from map(Path, parts(variables, "CONDA_PKGS_DIRS"))
    yield from set_folders(home, "pkgs_dirs:")
    yield Path(os.path.realpath(command)).parent.parent / "pkgs"
    if root := variables.get("MAMBA_ROOT_PREFIX"):
        yield Path(root, "pkgs")
    yield home / ".conda" / "pkgs"
    if local := variables.get("LOCALAPPDATA"):
        yield Path(local, "conda", "conda", "pkgs")
