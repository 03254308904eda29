"""What a line of a shell installs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from envcheck.versions import name_of, normal_name

INSTALL = re.compile(r"\b(?:pip3?|conda|mamba)[ \t]+install[ \t]+(.+)")
INSTALLED = re.compile(r"[A-Za-z][\w.-]*(?:\[[\w,-]+\])?(?:[=<>~!]=?[\w.*,<>=!~]+)?")


def installed_by(line: str) -> list[str]:
    """The requirements that a line of a shell installs by name; empty where it reads a list."""
    match = INSTALL.search(line)
    words = re.sub(r"[\"']", "", match[1]).split() if match else []
    names: list[str] = []
    skipped = False
    for word in words:
        if word.startswith(("#", "&", "|", ";", ">")):
            break
        if word.startswith("-"):
            skipped = word in (
                "-r",
                "-c",
                "-f",
                "-i",
                "-n",
                "-p",
                "--index-url",
                "--extra-index-url",
            )
        elif skipped:
            skipped = False
        elif INSTALLED.fullmatch(word):
            names.append(word)
    return names


def by_name(texts: Iterable[str]) -> dict[str, str]:
    """The same by their names, normalised, with extras and versions where all that have some have the
    same; what is no requirement of pip's (`numpy=1.26`) is its name alone.
    """
    written: dict[str, set[str]] = {}
    for text in texts:
        name, whole = _parts(text)
        written.setdefault(name, set()).add(whole)
    return {name: _agreed(name, each) for name, each in written.items()}


def _agreed(name: str, written: set[str]) -> str:
    more = written - {name}
    return more.pop() if len(more) == 1 else name


def _parts(text: str) -> tuple[str, str]:
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        wanted = Requirement(text)
    except InvalidRequirement:
        name = normal_name(name_of(text).partition("[")[0])
        return name, name
    wanted.name = normal_name(wanted.name)
    return wanted.name, str(wanted)
