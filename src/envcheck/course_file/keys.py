"""The keys of an `envcheck.toml`. A key that stands here does what it says; any other is refused."""

from __future__ import annotations

from envcheck.course_file.amounts import Address, Port, Size
from envcheck.course_file.asked import DataFile, Only, Proof, Variable
from envcheck.course_file.compound import (
    Day,
    InPython,
    Lines,
    Made,
    OneOrMore,
    PathFromNotebook,
    Short,
    Word,
)
from envcheck.course_file.data_table import SEPARATOR, DataTable, Encoding
from envcheck.course_file.kinds import (
    BLANKS,
    ByName,
    Choice,
    Flag,
    Kind,
    Package,
    Place,
    Several,
    Table,
    Text,
)
from envcheck.course_file.values import AT_LEAST, EXACT
from envcheck.course_file.versions import Versions
from envcheck.learners_system import NAMES
from envcheck.waiver import Waiver

ID = Text("a name of letters, digits, `_` and `-`", r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
ADDRESS = Text(
    "an address that begins with https://, http:// or mailto:", rf"(https?://|mailto:)[^{BLANKS}]+"
)

CONDA = Text(
    "the name of an environment of conda's, such as ml", r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}"
)
LINK = Text(
    "an address that begins with https:// or http://", rf"https?://[^{BLANKS}/][^{BLANKS}]*"
)
# Colours that somebody pasted are no error: whatever shows a hint takes them out.
HINT = Text(pattern=rf"[^{BLANKS}]|[^{BLANKS}][^\n\r\u2028\u2029]*[^{BLANKS}]", longest=500)
VARIABLE = Text("the name of a variable, such as API_KEY", r"[A-Za-z_][A-Za-z0-9_]{0,127}")
CHECK = Text(
    "a check by its chapter's name and its own, such as week1.packages",
    rf"[^{BLANKS}.]+\.[^{BLANKS}]+",
)
OWN_CHECK = Text("a check by its own name, such as command.java", r"[A-Za-z0-9_-][A-Za-z0-9_.+-]*")


def _variable(file: str = "", **other: tuple[str, ...]) -> Variable:
    return Variable(file, other.get("not", ()))


# Of a chapter, and of the course for every chapter.
ASKED: dict[str, Kind] = {
    "requires": Several(Place()),
    "python": Versions(),
    "conda": CONDA,
    "packages": Several(Package()),
    "commands": ByName(Versions(any_version=True)),
    "jupyter": Flag(),
    "env": ByName(
        Made(_variable, Table({"file": Place(), "not": Several(Text())}), Word("*")), VARIABLE
    ),
    "files": Several(
        Made(
            DataFile,
            DataTable(
                {
                    "path": PathFromNotebook(),
                    "columns": Several(Text()),
                    "separator": SEPARATOR,
                    "encoding": Encoding(),
                },
                ("path",),
            ),
            Short("path", PathFromNotebook()),
        )
    ),
    "ports": Several(Port()),
    "tools": Several(ID),
    "services": ByName(Address(), ID),
    "proof": OneOrMore(
        Made(Proof, Table({"code": Lines(), "prints": Lines()}, ("code", "prints")))
    ),
    "links": Several(LINK),
    "gpu": Choice(("optional", "required")),
    "disk": Size(),
    "memory": Size(),
    "checks": OneOrMore(InPython()),
    "hint": Table(dict.fromkeys(NAMES, HINT), filled=True),
    "only": OneOrMore(
        Made(
            Only,
            Table(
                {"on": Several(Choice(tuple(NAMES))), "checks": Several(OWN_CHECK)}, needed=("on",)
            ),
        )
    ),
}
OF_COURSE = dict.fromkeys(
    ("course", "help", "pins"), "; it is one of the course: write it above the first table"
)
OF_COURSE |= {
    name: f"; it is one of the course: [{name}] is a table of its own"
    for name in ("chapters", "waive")
}
OF_CHAPTER = dict.fromkeys(
    ("folder", "notebooks"), "; it is one of a chapter: write it below [chapter.NAME]"
)
CHAPTER = Table(
    {"title": Text(), "folder": Place(), "notebooks": Several(Place()), **ASKED},
    elsewhere=OF_COURSE,
)
COURSE = Table(
    {
        "course": ID,
        "title": Text(),
        "help": ADDRESS,
        "pins": Choice((AT_LEAST, EXACT)),
        "chapters": Table({"from": Place()}, needed=("from",)),
        "chapter": ByName(CHAPTER, ID),
        "waive": ByName(
            Made(Waiver, Table({"why": Text(), "until": Day()}, ("why", "until"))), CHECK
        ),
        **ASKED,
    },
    needed=("course",),
    elsewhere=OF_CHAPTER,
)
