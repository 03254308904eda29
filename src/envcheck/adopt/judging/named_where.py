"""Where a package stands that no list for all names: in a list that does not hold there, or in none."""

from __future__ import annotations

import re

from envcheck import foreign_file
from envcheck.adopt.needed.course import Reading
from envcheck.adopt.needed.needs import Need
from envcheck.adopt.needed.spoken import verb
from envcheck.sentences import listed
from envcheck.versions import name_of, normal_name


def in_no_list(reading: Reading, need: Need) -> str:
    """That it is needed, and where it is named."""
    files = reading.files(need)
    more = f", and in {files - 1} more" if files > 1 else ""
    where = named_where(reading, need)
    return f"`{need.distribution}` is {verb([need])} here{more}, and {where}"


def named_where(reading: Reading, need: Need) -> str:
    """The end of a sentence: who names it, or that nobody does."""
    lists, name = reading.lists, need.distribution
    if any(name in listing.names for listing in lists.of_chapters):
        return "no list for all, nor for this folder, names it"
    if some := [each.name for each in (*lists.variants, *lists.groups) if name in each.names]:
        return f"only {listed(some)} {'names' if len(some) == 1 else 'name'} it"
    for each in reading.asked:
        if each.distribution == name:
            return f"only {each.row.file}:{each.row.line} names it"
    if place := _installed(reading, name):
        return f"only the cell that installs it ({place}) names it"
    return f"{'no list that can be read' if lists.broken else 'no list of the course'} names it"


def _installed(reading: Reading, distribution: str) -> str:
    """The first place at which a cell does."""
    for source in reading.sources:
        for text in source.installs.names:
            name = name_of(text).partition("[")[0]
            if normal_name(name) == distribution:
                raw = foreign_file.text_or_nothing(reading.tree.root / source.name)
                at = re.search(rf"\binstall\b[^\n]*?(?<![\w-]){re.escape(name)}(?![\w-])", raw)
                return f"{source.name}:{raw.count(chr(10), 0, at.start()) + 1 if at else 1}"
    return ""
