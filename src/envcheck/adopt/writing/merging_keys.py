"""Keys that a course file lacks are put into it as packages are: what its author wrote stays, and what a comment
says was left out stays out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from envcheck.adopt.needed.course import Reading
from envcheck.adopt.needed.part import Part
from envcheck.adopt.writing import keys
from envcheck.adopt.writing.keys import Key
from envcheck.adopt.writing.left_out import LeftOut
from envcheck.adopt.writing.matching import matched, tables_of

Table = Mapping[str, Any]


def add_keys(document: Any, values: Table, reading: Reading, away: LeftOut) -> None:  # tomlkit's
    """Those of the course, and of the chapters that are there."""
    tables = tables_of(document)
    # Whoever gave it to a chapter has decided where it belongs.
    have = (values, *tables.values())
    _add(document, have, _kept(keys.of_course(reading), away, ""))
    ids = matched(tables, reading)
    for part in reading.parts:
        if id := ids.get(part.chapter.id, ""):
            told = (*keys.text_notebooks(part), *keys.of_chapter(reading, part))
            kept = _kept(told, away, part.chapter.id)
            _add(document["chapter"][id], (document.unwrap(), tables[id]), kept)


def of_new(values: Table, reading: Reading, part: Part, away: LeftOut) -> list[str]:
    """The lines of a chapter that the file does not have yet."""
    kept = _kept(keys.of_chapter(reading, part), away, part.chapter.id)
    return [new.line for key in kept if (new := _new(key, (values,)))]


def _kept(every: Iterable[Key], away: LeftOut, chapter: str) -> Iterator[Key]:
    """Without what is left out."""
    for key in every:
        out = {name for name in key.names if away.has(chapter, name)}
        if key.name not in out and (kept := key.without(out)):
            yield kept


def _add(holder: Any, have: Sequence[Table], every: Iterable[Key]) -> None:  # tomlkit's
    """What none of these tables has."""
    for new in filter(None, [_new(key, have) for key in every]):
        if new.name in holder:
            _extend(holder[new.name], new)
        else:
            holder[new.name] = _item(new)


def _new(key: Key, have: Sequence[Table]) -> Key | None:
    there = [table[key.name] for table in have if key.name in table]
    if there and isinstance(key.value, str):
        return None
    return key.without({str(each) for value in there for each in _inside(value)})


def _inside(value: Any) -> Iterable[Any]:  # any value of TOML
    return value if isinstance(value, dict | list) else ()


def _extend(item: Any, key: Key) -> None:  # tomlkit's
    """A list or a table with what is new in it; what is neither is its author's."""
    new = _item(key)
    if isinstance(item, dict) and isinstance(new, dict):
        for name, value in new.items():
            item[name] = value
    elif isinstance(item, list) and isinstance(new, list):
        item.extend(new)


def _item(key: Key) -> Any:
    """As tomlkit has it, with where it comes from."""
    import tomlkit

    return tomlkit.parse(f"{key.line}\n").item(key.name)
