"""The page for the data protection officer names every field that there is, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from envcheck_class.store.tables import TABLES

PAGE = (Path(__file__).parents[4] / "docs" / "class-privacy.md").read_text(encoding="utf-8")


def test_every_field_is_told() -> None:
    told = {
        (table, field)
        for table, fields in re.findall(r"^\| (\w+) \| ([`\w, ]+) \|", PAGE, re.MULTILINE)
        for field in re.findall(r"`(\w+)`", fields)
    }
    kept = {(table.name, column.name) for table in TABLES.tables.values() for column in table.c}
    assert told == kept


def test_no_field_is_for_an_address() -> None:
    names = " ".join(column.name for table in TABLES.tables.values() for column in table.c)
    assert not re.search(r"addr|ip\b|mac\b|host|agent", names)
