"""The kinds of values in an `envcheck.toml`: each reads a value of TOML, or says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from envcheck.module_names import package_of_module

Path = tuple[str | int, ...]
LONGEST = 2000  # characters of a text
# Named one by one: what `\s` and `.` are, Python's patterns and those of editors see differently.
CONTROLS = r"\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff"
BLANKS = r"\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


class Wrong(Exception):
    """What is wrong, and the keys that lead to it. `of_key`: with the last key, not with its value;
    `of_form`: a schema says so, too."""

    def __init__(
        self, path: Path, reason: str, *, of_key: bool = False, of_form: bool = True
    ) -> None:
        super().__init__(reason)
        self.path, self.reason, self.of_key, self.of_form = path, reason, of_key, of_form


class Kind(Protocol):
    """Reads one value of TOML. Raises Wrong."""

    def read(self, value: Any, path: Path) -> Any: ...  # any value of TOML, and what it stands for


@dataclass(frozen=True)
class Text:
    """One line. `pattern` is what it must be like, `what` says so in words."""

    what: str = "a text of one line"
    pattern: str = rf"[^{BLANKS}]|[^{BLANKS}][^{CONTROLS}]*[^{BLANKS}]"
    longest: int = LONGEST

    def read(self, value: Any, path: Path) -> str:
        if isinstance(value, str) and len(value) > self.longest:
            raise Wrong(path, f"it must have {self.longest} characters at most, not {len(value)}")
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value):
            raise Wrong(path, f"it must be {self.what}, not {shown(value)}")
        return str(value)


@dataclass(frozen=True)
class Choice:
    """One of these words."""

    words: tuple[str, ...]

    def read(self, value: Any, path: Path) -> str:
        if value not in self.words:
            near = nearest(value, self.words)
            raise Wrong(
                path, f"it must be {' or '.join(map(quoted, self.words))}, not {shown(value)}{near}"
            )
        return str(value)


@dataclass(frozen=True)
class Flag:
    """true or false."""

    def read(self, value: Any, path: Path) -> bool:
        if not isinstance(value, bool):
            raise Wrong(path, f"it must be true or false, not {shown(value)}")
        return value


def proposed(kind: Kind, values: Iterable[str]) -> str:
    """`; did you mean ...?` with the first of these that would do; empty where none would."""
    good = next((value for value in values if _takes(kind, value)), "")
    return f"; did you mean {quoted(good)}?" if good else ""


@dataclass(frozen=True)
class Package:
    """A PEP 508 requirement: a name with the versions that will do."""

    def read(self, value: Any, path: Path) -> str:
        from packaging.requirements import InvalidRequirement, Requirement

        text = Text('a package such as "numpy>=1.21"').read(value, path)
        try:
            wanted = Requirement(text)
        except InvalidRequirement:
            raise Wrong(
                path,
                f'{shown(value)} is no package with versions, such as "numpy>=1.21"',
                of_form=False,
            ) from None
        if wanted.url:
            reason = f"{shown(value)} is an address; name the package that comes from it"
            raise Wrong(path, reason, of_form=False)
        if package := package_of_module(wanted.name):
            reason = f"`{wanted.name}` is a module; its package is {package}"
            raise Wrong(path, reason, of_form=False)
        return text


@dataclass(frozen=True)
class Place:
    """A file or folder below the course's own, with `/` between its parts."""

    def read(self, value: Any, path: Path) -> str:
        text = Text("a file or folder below this one").read(value, path)
        parts = re.split(r"[/\\]", text)
        if ".." in parts or text[0] in "/\\~" or re.match(r"[A-Za-z]:|[A-Za-z0-9_]+://", text):
            raise Wrong(
                path, f"{shown(value)} leads out of the course's folder; name what lies in it"
            )
        if "\\" in text:
            raise Wrong(path, f"{shown(value)}: write `/` between folders, which all systems know")
        return text


def takes_text(text: str) -> bool:
    """Whether a course file may have this text."""
    return _takes(Text(), text)


def takes_place(name: str) -> bool:
    """Whether a course file may name this file or folder."""
    return _takes(Place(), name)


def _takes(kind: Kind, value: str) -> bool:
    try:
        kind.read(value, ())
    except Wrong:
        return False
    return True


@dataclass(frozen=True)
class Several:
    """A list, and not an empty one: that would ask for nothing."""

    kind: Kind

    def read(self, value: Any, path: Path) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Wrong(path, f"it must be a list, such as [{shown(value)}]")
        if not value:
            raise Wrong(path, "an empty list asks for nothing; name something, or take the key out")
        return tuple(self.kind.read(item, (*path, index)) for index, item in enumerate(value))


@dataclass(frozen=True)
class ByName:
    """A table whose keys are names of the author's."""

    kind: Kind
    names: Text = field(
        default_factory=lambda: Text(
            "a name of letters, digits, `.`, `_`, `+` and `-`", r"[A-Za-z0-9_.+-]+"
        )
    )

    def read(self, value: Any, path: Path) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Wrong(path, f"it must be a table, not {shown(value)}")
        if not value:
            raise Wrong(path, "an empty table asks for nothing; name something, or take it out")
        for name in value:
            try:
                self.names.read(name, (*path, name))
            except Wrong as wrong:
                raise Wrong(wrong.path, wrong.reason, of_key=True) from None
        return {name: self.kind.read(item, (*path, name)) for name, item in value.items()}


@dataclass(frozen=True)
class Table:
    """A table with just these keys, of which some must be there."""

    keys: Mapping[str, Kind]
    needed: tuple[str, ...] = ()
    filled: bool = False  # one of its keys must be there
    elsewhere: Mapping[str, str] = field(
        default_factory=dict
    )  # keys of other tables, and where those stand

    def read(self, value: Any, path: Path) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Wrong(path, f"it must be a table, not {shown(value)}")
        if self.filled and not value:
            raise Wrong(path, f"an empty table says nothing; there are {', '.join(self.keys)}")
        for key in value:
            if key not in self.keys:
                near = self.elsewhere.get(key) or nearest(key, self.keys)
                near = near or f"; there are {', '.join(self.keys)}"
                raise Wrong((*path, key), f"there is no key `{key}` here{near}", of_key=True)
        for key in self.needed:
            if key not in value:
                names = ".".join(part for part in path if isinstance(part, str))
                inside = f" in `{names}`" if names else ""
                raise Wrong(path, f"the key `{key}` is missing{inside}", of_key=True)
        return {key: self.keys[key].read(item, (*path, key)) for key, item in value.items()}


def nearest(word: Any, words: Any) -> str:  # any value of TOML, and any names
    """`; the nearest is ...`; empty where none is near."""
    from difflib import get_close_matches

    near = get_close_matches(str(word), list(words), n=1, cutoff=0.5)
    return f"; the nearest is `{near[0]}`" if near else ""


def quoted(word: str) -> str:
    return f'"{word}"'


def shown(value: Any) -> str:  # any value of TOML
    """A value as it is spoken of: short, on one line."""
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    if isinstance(value, bool):
        return str(value).lower()
    text = quoted(value) if isinstance(value, str) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:56]}..."
