"""conda's way to write a package and its versions, and what PEP 440 calls them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from envcheck.versions import at_least

NAME = r"[A-Za-z0-9_][A-Za-z0-9._-]*"
SPEC = re.compile(
    rf"\s*(?:[^\s:]*::)?(?P<name>{NAME})\s*(?P<extras>\[[^\]]*\])?\s*(?P<rest>.*)", re.DOTALL
)
BOUND = re.compile(r"(?P<operator>==|>=|<=|!=|~=|=|<|>)?\s*(?P<version>[\w.*+!-]+)")
IN_BRACKETS = re.compile(r"version\s*=\s*['\"]?([^'\"\]]+)")


@dataclass(frozen=True)
class CondaSpec:
    """A package by conda's name; `versions` is a PEP 440 specifier, empty where any will do."""

    name: str
    versions: str


def parse(text: str) -> CondaSpec | None:
    """`conda-forge::numpy=1.21.2=py39h_0`; None for what conda could not read either."""
    match = SPEC.fullmatch(text.partition("#")[0])
    if match is None:
        return None
    inside = IN_BRACKETS.search(match["extras"] or "")
    versions = version_set(inside[1] if inside else match["rest"])
    return None if versions is None else CondaSpec(match["name"].lower(), versions)


def version_set(text: str) -> str | None:
    """`1.21`, `=1.21`, `>=1.2,<2`, `1.21.2=py39h_0`, `1.2|1.3`, `*`; None for what is no version. Of
    alternatives the lowest version is told that one of them takes: PEP 440 has no word for them.
    """
    text = text.strip()
    if "|" in text:
        return _lowest([version_set(part) for part in text.split("|")])
    build = re.fullmatch(
        r"(?P<bounds>={0,2}\s*[\w.*+][\w.*+!]*)(?:=|\s+)(?P<build>[\w.*+-]+)", text
    )
    if build:
        text = (
            "==" + build["bounds"].lstrip("= ") if "*" not in build["bounds"] else build["bounds"]
        )
    parts = [_bound(part) for part in text.split(",") if part.strip()]
    return None if None in parts else ",".join(part for part in parts if part)


def _lowest(sets: list[str | None]) -> str | None:
    """The lowest version of all these; empty where one of them has none, None where one is no version."""
    if None in sets:
        return None
    from packaging.version import Version

    starts = (re.search(r"(?:^|,)(?:==|~=|>=)(?P<version>[^,]+)", each or "") for each in sets)
    lowest = [at_least(start["version"]) if start else "" for start in starts]
    return min(lowest, key=lambda bound: Version(bound.lstrip(">="))) if all(lowest) else ""


def _bound(text: str) -> str | None:
    """One bound of a set; empty for any version, None for what is none."""
    match = BOUND.fullmatch(text.strip())
    if match is None:
        return None
    operator, version = match["operator"] or "==", match["version"]
    if version.strip("*.") == "":
        return ""
    if operator in (">=", "<=", "<", ">", "~="):
        version = version.removesuffix("*").removesuffix(".")
    elif version.endswith("*") and not version.endswith(".*"):
        version = f"{version.rstrip('*.')}.*"  # conda's 1.2* is 1.2 and all that follows
    elif operator == "=" and not version.endswith(".*"):
        operator, version = "==", f"{version}.*"
    return _checked("==" if operator == "=" else operator, version)


def _checked(operator: str, version: str) -> str | None:
    """The bound as PEP 440 has it. A version that conda alone knows, such as 1.1.1s, is any."""
    from packaging.specifiers import InvalidSpecifier, Specifier

    try:
        return str(Specifier(f"{operator}{version}"))
    except InvalidSpecifier:
        return "" if version[0].isdigit() else None
