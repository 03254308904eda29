"""The packages that envcheck needs, as they are installed here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import metadata, util
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement
from packaging.tags import Tag, parse_tag
from packaging.utils import canonicalize_name

from envcheck import foreign_file
from envcheck.vendoring.installed import DISTRIBUTION

LAUNCHER = "envcheck"
OWN = ("envcheck", "envcheck_checks")
LEFT_OUT = {"__pycache__", "tests", "vendored"}


def needed() -> dict[str, metadata.Distribution]:
    """envcheck and all that it needs, by their names."""
    taken: dict[str, metadata.Distribution] = {}
    left = [DISTRIBUTION]
    while left:
        name = canonicalize_name(left.pop())
        if name in taken:
            continue
        taken[name] = metadata.distribution(name)
        wanted = map(Requirement, taken[name].requires or ())
        left += [
            requirement.name
            for requirement in wanted
            if not requirement.marker or requirement.marker.evaluate({"extra": ""})
        ]
    return taken


def fit(distribution: metadata.Distribution, tags: frozenset[Tag]) -> bool:
    """Whether it was built for one of these."""
    lines = (distribution.read_text("WHEEL") or "").splitlines()
    own = (line.partition(":")[2].strip() for line in lines if line.startswith("Tag:"))
    return any(tag in tags for text in own for tag in parse_tag(text))


def files(distribution: metadata.Distribution) -> Iterator[tuple[str, bytes]]:
    """Its files by their places in an environment, without what was made of them here."""
    for file in distribution.files or ():
        if ".." not in file.parts and _travels(file):
            path = Path(str(file.locate()))
            if os.path.isfile(path):
                yield str(file), foreign_file.content(path)


def own_files() -> Iterator[tuple[str, bytes]]:
    """envcheck itself, wherever it is imported from: a clone has its files elsewhere."""
    for name in OWN:
        spec = util.find_spec(name)
        for above in spec.submodule_search_locations or () if spec else ():
            yield from below(Path(above), name)


def below(folder: Path, name: str = "") -> Iterator[tuple[str, bytes]]:
    """The files in a folder, by their places below `name`."""
    for path in sorted(folder.rglob("*")):
        place = PurePosixPath(name, path.relative_to(folder).as_posix())
        if _travels(place) and os.path.isfile(path):
            yield str(place), foreign_file.content(path)


def launcher() -> bytes:
    """envcheck's own command."""
    installed = metadata.distribution(DISTRIBUTION).files or ()
    (place,) = [file for file in installed if file.name == LAUNCHER and ".." in file.parts]
    return foreign_file.content(str(place.locate()))


def _travels(place: PurePosixPath) -> bool:
    return place.suffix not in (".pyc", ".pth") and LEFT_OUT.isdisjoint(place.parts)
