"""Names and versions of distributions by the packaging standards. `packaging` is loaded when the
first version is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packaging.requirements import Requirement


def normal_name(name: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def name_of(requirement: str) -> str:
    """The name in a requirement, as it is written there."""
    return re.split(r"[><=!~\[(; @]", requirement, maxsplit=1)[0]


def specifier_of(requirement: str) -> str:
    """The versions in a requirement, behind its name and its extras."""
    rest = requirement[len(name_of(requirement)) :].partition(";")[0]
    return rest.partition("]")[2] if rest.startswith("[") else rest


def extras_of(requirement: str) -> tuple[str, ...]:
    """The extras in a requirement, normalised."""
    rest = requirement[len(name_of(requirement)) :].lstrip()
    names = rest[1:].partition("]")[0].split(",") if rest.startswith("[") else []
    return tuple(normal_name(name.strip()) for name in names if name.strip())


def allows(specifier: str, version: str) -> bool:
    """Whether a PEP 440 specifier (`>=3.10`) takes this version; a version that is none is taken by
    nothing.
    """
    from packaging.specifiers import SpecifierSet
    from packaging.version import InvalidVersion

    try:
        return SpecifierSet(specifier).contains(version, prereleases=True)
    except InvalidVersion:
        return False


def at_least(version: str) -> str:
    """The bound that takes this version and every newer one: of `1.21.*`, `1.21`; of `2.1.0+cpu`, which has
    no order among its builds, `2.1.0`. Empty for what is no version.
    """
    from packaging.version import InvalidVersion, Version

    try:
        return f">={Version(version.removesuffix('.*')).public}"
    except InvalidVersion:
        return ""


def at_most(specifier: str, version: str) -> bool:
    """Whether a version is not below what a PEP 440 specifier asks for at least; False for one that is
    none.
    """
    from packaging.specifiers import SpecifierSet
    from packaging.version import InvalidVersion, Version

    try:
        number = Version(version)
        least = [
            Version(part.version.removesuffix(".*"))
            for part in SpecifierSet(specifier)
            if part.operator in (">=", ">", "~=", "==", "===")
        ]
    except InvalidVersion:
        return False
    return all(number >= bound for bound in least)


def in_words(specifier: str) -> str:
    """A PEP 440 specifier as it is spoken of: `3.10 or newer`; one of several bounds as it is written."""
    lowest = re.fullmatch(r">=\s*([\w.]+)", specifier.strip())
    return f"{lowest[1]} or newer" if lowest else specifier


def requirement(text: str, markers: Mapping[str, str]) -> Requirement | None:
    """A PEP 508 requirement that applies under these marker values; None when it does not, or
    cannot be read.
    """
    from packaging.markers import UndefinedEnvironmentName
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        wanted = Requirement(text)
        return wanted if wanted.marker is None or wanted.marker.evaluate(dict(markers)) else None
    except (
        InvalidRequirement,
        UndefinedEnvironmentName,
    ):  # somebody else's metadata: not worth a word
        return None
