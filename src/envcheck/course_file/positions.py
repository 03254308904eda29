"""Where a key stands in a TOML file. Asked only when something is wrong: to find it takes longer than
to read the file.
"""

from __future__ import annotations

from typing import Any

from envcheck.course_file.kinds import Path

MARK = "\ue000"  # of no letter: in no file that somebody wrote


def position(text: str, path: Path) -> tuple[int, int]:
    """Line and column, from 1, of the last key on this path that is there; (1, 1) where none is."""
    for depth in range(len(path), 0, -1):
        if (offset := _offset(text, path[:depth])) is not None:
            before = text[:offset]
            return before.count("\n") + 1, offset - before.rfind("\n")
    return 1, 1


def _offset(text: str, path: Path) -> int | None:
    """Written out again with a mark before the key, the file says where that is."""
    import tomlkit

    try:
        document = tomlkit.parse(text)
        offset = document.as_string().find(MARK) if _mark(document, path) else -1
    except (tomlkit.exceptions.TOMLKitError, AttributeError, RecursionError, TypeError):
        return None  # what tomlkit does not read, it gives no place for
    return offset if offset >= 0 else None


def _mark(holder: Any, path: Path) -> bool:  # whatever tomlkit makes of a value
    """Put the mark before the last key of the path; False where there is no such key."""
    for key, item in _inside(holder):
        if (key if isinstance(key, int) else key.key) != path[0]:
            continue
        if len(path) == 1:
            name = getattr(item, "display_name", None)  # of a table under its header
            if name and not isinstance(key, int):
                item.display_name = MARK + name
            else:
                _mark_place(holder, key)
            return True
        if _mark(item, path[1:]):
            return True
    return False


def _mark_place(holder: Any, key: Any) -> None:  # whatever tomlkit makes of a list or a table
    if not isinstance(key, int):
        key._original = MARK + key.as_string()
        return
    from tomlkit.items import AoT, Whitespace

    if isinstance(holder, AoT):
        holder[key].trivia.indent += MARK
        return
    group = holder._value[holder._index_map[key]]
    group.indent = Whitespace(f"{group.indent.as_string() if group.indent else ''}{MARK}")


def _inside(holder: Any) -> list[tuple[Any, Any]]:  # whatever tomlkit makes of a value
    """The keys and items of a table, also where it is written in several places; indexes and items of
    a list.
    """
    if isinstance(holder, list):
        return [*enumerate(holder)]
    container = holder if hasattr(holder, "body") else getattr(holder, "value", None)
    return [(key, item) for key, item in getattr(container, "body", ()) if key is not None]
