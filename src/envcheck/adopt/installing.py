"""What a line of a shell installs."""

from __future__ import annotations

import re

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
