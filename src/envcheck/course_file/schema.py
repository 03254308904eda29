"""The keys of an `envcheck.toml` as a JSON Schema, for editors: made from the kinds that read them. It
is of draft-07, and says nothing that the editors' draft-04 does not know.
"""

from __future__ import annotations

import json
from functools import singledispatch
from typing import Any

from envcheck.course_file.amounts import HIGHEST, HOST, UNITS, Address, Port, Size
from envcheck.course_file.compound import (
    IN_PYTHON,
    PATTERN,
    Day,
    InPython,
    Lines,
    Made,
    OneOrMore,
    PathFromNotebook,
    Short,
    Word,
)
from envcheck.course_file.data_table import Encoding
from envcheck.course_file.keys import COURSE
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
from envcheck.course_file.meanings import meaning
from envcheck.course_file.versions import Versions

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"
UP = r"^(\.\.?/)*"  # from a notebook's folder
# What leads out of the course's folder, or is written as one system alone writes it.
NO_PLACE = (r"(^|/)\.\.(/|$)", r"^[/~]", r"^[A-Za-z]:", r"^[A-Za-z0-9_]+://", r"\\")
NO_WAY = (
    r"(^|/)\.\.$",
    r"(^|/)([^/.]|\.[^/.]|\.\.[^/])[^/]*/(.*/)?\.\.(/|$)",
    *(f"{UP}{start}" for start in ("[/~]", "[A-Za-z]:", r"[A-Za-z0-9_]+://")),
    r"\\",
)


def schema() -> Schema:
    """Of a whole file."""
    return {
        "$schema": DRAFT,
        "title": "envcheck.toml",
        "description": "A course that envcheck examines machines for; docs/authors.md explains each key.",
        **described(of(COURSE)),
    }


def as_text() -> str:
    """As it is shipped."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def described(table: Schema, above: str = "") -> Schema:
    """The same, with what each key says; `above` leads to the table."""
    made = dict(table)
    if "properties" in made:
        made["properties"] = {
            key: {"description": meaning(above + key), **described(each, f"{above}{key}.")}
            for key, each in made["properties"].items()
        }
    if "patternProperties" in made:
        rows = made["patternProperties"].items()
        made["patternProperties"] = {key: described(each, f"{above}*.") for key, each in rows}
    if "anyOf" in made:
        made["anyOf"] = [described(each, above) for each in made["anyOf"]]
    if "items" in made:
        made["items"] = described(made["items"], above)
    return made


@singledispatch
def of(kind: Kind) -> Schema:
    """What this kind reads, as far as a schema can say it: more only where a value must be looked into."""
    raise TypeError(f"no schema for {type(kind).__name__}")


@of.register
def _(kind: Text) -> Schema:
    return {"type": "string", "maxLength": kind.longest, "pattern": f"^(?:{kind.pattern})$"}


@of.register
def _(kind: Choice) -> Schema:
    return {"enum": [*kind.words]}


@of.register
def _(_: Flag) -> Schema:
    return {"type": "boolean"}


@of.register(Versions)
@of.register(Package)
@of.register(Encoding)
def _(_: Versions | Package | Encoding) -> Schema:
    return of(Text())


@of.register
def _(_: Place) -> Schema:
    return {**of(Text()), "not": {"anyOf": [{"pattern": each} for each in NO_PLACE]}}


@of.register
def _(_: PathFromNotebook) -> Schema:
    return {**of(Text()), "not": {"anyOf": [{"pattern": each} for each in (*NO_WAY, PATTERN)]}}


@of.register
def _(_: InPython) -> Schema:
    return {**of(IN_PYTHON), "not": {"anyOf": [{"pattern": each} for each in NO_PLACE]}}


@of.register
def _(kind: Lines) -> Schema:
    lines = {"type": "string", "maxLength": kind.longest, "pattern": f"[^{BLANKS}]"}
    return {**lines, "not": {"pattern": "\\u0000"}}


@of.register
def _(_: Day) -> Schema:
    return {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


@of.register
def _(_: Size) -> Schema:
    return {"type": "string", "pattern": rf"^[0-9]{{1,6}}(\.[0-9]{{1,3}})? ?({'|'.join(UNITS)})$"}


@of.register
def _(_: Port) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": HIGHEST}


@of.register
def _(_: Address) -> Schema:
    host = {"type": "string", "pattern": f"^(?:{HOST.pattern}):[0-9]{{1,5}}$"}
    return {"anyOf": [of(Port()), host]}


@of.register
def _(kind: Several) -> Schema:
    return {"type": "array", "minItems": 1, "items": of(kind.kind)}


@of.register
def _(kind: OneOrMore) -> Schema:
    return {"anyOf": [of(kind.kind), of(Several(kind.kind))]}


@of.register
def _(kind: ByName) -> Schema:
    names = {f"^(?:{kind.names.pattern})$": of(kind.kind)}
    table = {"type": "object", "minProperties": 1}
    return {**table, "patternProperties": names, "additionalProperties": False}


@of.register
def _(kind: Table) -> Schema:
    table: Schema = {"type": "object", "additionalProperties": False}
    table["properties"] = {key: of(each) for key, each in kind.keys.items()}
    needed: Schema = {"required": [*kind.needed]} if kind.needed else {}
    return {**table, **needed, **({"minProperties": 1} if kind.filled else {})}


@of.register
def _(kind: Word) -> Schema:
    return {"enum": [kind.word]}


@of.register
def _(kind: Short) -> Schema:
    return of(kind.kind)


@of.register
def _(kind: Made) -> Schema:
    table = of(kind.table)
    return {"anyOf": [of(kind.short), {**table, "minProperties": 1}]} if kind.short else table
