"""The kind of a value that stands for versions of a program."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from envcheck.course_file.kinds import Path, Text, Wrong, proposed, shown

# Signs that mean a whole family of versions to a person, and one version to PEP 440
HALF = re.compile(r"(?P<sign>===?|!=|<=|>)\s*(?P<number>[0-9]{1,6}(?:\.[0-9]{1,6})*)")


@dataclass(frozen=True)
class Versions:
    """A PEP 440 specifier; `any_version`: or nothing, where any will do."""

    any_version: bool = False

    def read(self, value: Any, path: Path) -> str:
        from packaging.specifiers import InvalidSpecifier, SpecifierSet

        if self.any_version and value == "*":
            return ""
        what, form = 'versions such as ">=3.10,<4"', True
        try:
            text = Text(what).read(value, path)
            form = False
            SpecifierSet(text)
        except (Wrong, InvalidSpecifier):
            hint = proposed(self, _versions_like(str(value)))
            raise Wrong(
                path, f"it must be {what}, not {shown(value)}{hint}", of_form=form
            ) from None
        self._refuse_half_a_version(text, path)
        return text

    def _refuse_half_a_version(self, text: str, path: Path) -> None:
        """`==17` takes no 17.0.2, which is what a person means by it."""
        enough = 1 if self.any_version else 2  # dots: a program may have versions such as 4.3
        for part in text.split(","):
            half = HALF.fullmatch(part.strip())
            if not half or half["number"].count(".") >= enough:
                continue
            meant = _meant(half["sign"], half["number"])
            hint = proposed(self, (text.replace(part.strip(), meant),))
            raise Wrong(
                path,
                f"{shown(text)} is about {half['number']}.0 alone, not about {half['number']}.1{hint}",
                of_form=False,
            )


def _meant(sign: str, number: str) -> str:
    *first, last = number.split(".")
    following = ".".join([*first, str(int(last) + 1)])
    bounds = {"<=": f"<{following}", ">": f">={following}", "!=": f"!={number}.*"}
    return bounds.get(sign, f"=={number}.*")


def _versions_like(text: str) -> tuple[str, ...]:
    """`17`, `17+`, `^17`, `17.x` as PEP 440 would have them."""
    number = re.fullmatch(r"[v^~= ]*(\d+(?:\.\d+)*)(?:\.[x*]|[+ ]*)", text.strip())
    return (f">={text}", f">={number[1]}") if number else ()
