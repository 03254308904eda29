"""The kind of a value that stands for versions of a program."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from envcheck.course_file.kinds import Path, Text, Wrong, proposed, shown


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
        return text


def _versions_like(text: str) -> tuple[str, ...]:
    """`17`, `17+`, `^17`, `17.x` as PEP 440 would have them."""
    number = re.fullmatch(r"[v^~= ]*(\d+(?:\.\d+)*)(?:\.[x*]|[+ ]*)", text.strip())
    return (f">={text}", f">={number[1]}") if number else ()
