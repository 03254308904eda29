"""The keys of an `envcheck.toml`. A key that stands here does what it says; any other is refused."""

from __future__ import annotations

from envcheck.course_file.kinds import (
    ByName,
    Choice,
    Flag,
    Kind,
    Package,
    Place,
    Several,
    Table,
    Text,
    Versions,
)
from envcheck.course_file.values import AT_LEAST, EXACT

ID = Text("a name of letters, digits, `_` and `-`", r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
ADDRESS = Text(
    "an address that begins with https://, http:// or mailto:", r"(https?://|mailto:)\S+"
)

# Of a chapter, and of the course for every chapter.
ASKED: dict[str, Kind] = {
    "packages": Several(Package()),
    "commands": ByName(Versions(any_version=True)),
    "jupyter": Flag(),
}
CHAPTER = Table({"title": Text(), "folder": Place(), **ASKED})
COURSE = Table(
    {
        "course": ID,
        "title": Text(),
        "help": ADDRESS,
        "requires": Several(Place()),
        "pins": Choice((AT_LEAST, EXACT)),
        "python": Versions(),
        "chapters": Table({"from": Place()}, needed=("from",)),
        "chapter": ByName(CHAPTER, ID),
        **ASKED,
    },
    needed=("course",),
)
