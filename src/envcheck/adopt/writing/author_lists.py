"""The lists that an author names in a course file, wherever they lie and whatever they are called: what they list
is not asked for again, as with those that are told by their names.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from envcheck.adopt.asked.brought import with_brought
from envcheck.adopt.needed.course import Reading
from envcheck.adopt.needed.distributions import Names
from envcheck.adopt.needed.namespaces import may_come
from envcheck.adopt.needed.part import Part
from envcheck.adopt.reading.extras import with_extras, with_more
from envcheck.adopt.writing.matching import Tables, matched
from envcheck.adopt.writing.packages import listed_names, lists_of, texts
from envcheck.declared.declared import Unread
from envcheck.module_names import same
from envcheck.versions import extras_of

Table = Mapping[str, Any]


def without_listed(values: Table, tables: Tables, reading: Reading) -> Reading:
    """The course without what these lists have: those for all, or those that the chapter's table names."""
    root, ids = reading.tree.root, matched(tables, reading)
    for_all = _brought(values, root)
    more = _more(values, root)
    parts = []
    for part in reading.parts:
        table = tables.get(ids.get(part.chapter.id, ""), {})
        rest = _without_more(part, more | _more(table, root))
        parts.append(_without(rest, for_all, table, root))
    needed = {need.distribution for part in parts for need in part.needs}
    broken = dict.fromkeys((*reading.lists.broken, *_broken((values, *tables.values()), root)))
    return replace(
        reading,
        parts=tuple(parts),
        common=tuple(need for need in reading.common if need.distribution in needed),
        lists=replace(reading.lists, broken=tuple(broken)),
    )


def files_of(values: Table, root: Path) -> set[str]:
    """Every file that the lists for all are read from: a list that another one names is one of them."""
    each = lists_of(values, root)
    return {row.file for read in each for row in read.packages} | {
        row.file for read in each for row in read.pythons
    }


def _brought(table: Table, root: Path) -> frozenset[str]:
    """What the author's lists have, with what comes along, and what extras are called as."""
    listed = [row.requirement for each in lists_of(table, root) for row in each.packages]
    rows = (*listed, *texts(table.get("packages")))
    return with_brought(
        listed_names(table, root) | {name for row in rows for name in extras_of(row)}
    )


def _more(table: Table, root: Path) -> frozenset[str]:
    """What the author's lists and packages bring more of than their names say."""
    listed = (row for each in lists_of(table, root) for row in each.packages)
    return with_more(listed) | with_extras(texts(table.get("packages")))


def _without_more(part: Part, more: frozenset[str]) -> Part:
    """The chapter without what these may bring."""
    return replace(
        part,
        needs=tuple(each for each in part.needs if not may_come(each.use.imported, more)),
        questions=tuple(each for each in part.questions if not may_come(each.use.imported, more)),
    )


def _without(part: Part, for_all: frozenset[str], table: Table, root: Path) -> Part:
    own = _brought(table, root)
    declared = Names(for_all | own)
    return replace(
        part,
        needs=tuple(
            need
            for need in part.needs
            if same(need.distribution) not in (for_all if need.listed else declared.declared)
        ),
        questions=tuple(
            each
            for each in part.questions
            if declared.distribution(each.use.imported) not in declared.declared
        ),
    )


def _broken(tables: Iterable[Table], root: Path) -> Iterator[Unread]:
    """What cannot be read of them; a list that is gone is taken out."""
    for table in tables:
        for read in lists_of(table, root):
            for row in read.unread:
                if os.path.exists(root / row.file) and not row.of_another_purpose:
                    yield row
