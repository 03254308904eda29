"""Poetry's way to write versions (`^1.2`, `~1.2`, `1.2.*`, `1.2`), and what PEP 440 calls them."""

from __future__ import annotations

import re

from envcheck.declared.python_versions import specifier


def pep440(text: str) -> str | None:
    """The specifier, empty where any version will do; None for what is no version. Of alternatives
    (`||`) the first is taken as the lowest version: PEP 440 has no word for them.
    """
    first, *others = re.split(r"\|\|?", text)
    if others:
        lowest = pep440(first)
        return (
            None
            if lowest is None
            else ",".join(part for part in lowest.split(",") if not part.startswith("<"))
        )
    close = re.sub(r"([<>=!~^])\s+", r"\1", text)
    parts = [_bound(part) for part in re.split(r"[,\s]+", close) if part]
    if None in parts:
        return None
    return ",".join(part for part in parts if part)


def _bound(text: str) -> str | None:
    match = re.fullmatch(
        r"(?P<operator>\^|~=|~|==|>=|<=|!=|>|<|=)?\s*(?P<version>[\w.*+!-]+)", text
    )
    if match is None:
        return None
    operator, version = match["operator"] or "==", match["version"]
    if version == "*":
        return ""
    if operator in ("^", "~"):
        return _until(version, operator)
    return specifier(f"{'==' if operator == '=' else operator}{version}") or None


def _until(version: str, operator: str) -> str | None:
    """`^`: up to the next first number that is not zero; `~`: up to the next second number."""
    numbers = re.match(r"\d+(?:\.\d+)*", version)
    if numbers is None:
        return None
    parts = [int(part) for part in numbers[0].split(".")]
    if operator == "~":
        place = min(1, len(parts) - 1)
    else:
        place = next((index for index, part in enumerate(parts) if part), len(parts) - 1)
    above = ".".join(map(str, [*parts[:place], parts[place] + 1]))
    return specifier(f">={version},<{above}") or None
