"""How a package is spoken of that a course needs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from envcheck.adopt.needed.needs import Need, Question


def verb(rows: Iterable[Need | Question]) -> str:
    """`imported`, where the line of each says so; `needed` where one comes with something else, or is looked for."""
    return "imported" if all(map(_is_imported, rows)) else "needed"


def _is_imported(row: Need | Question) -> bool:
    imported = row.use.imported
    return (
        not imported.outer
        and re.search(rf"\b{re.escape(imported.top)}\b", row.use.text) is not None
    )
