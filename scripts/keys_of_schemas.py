"""What scripts/docs writes of the two contracts: docs/keys.md, from the schema of an `envcheck.toml`, which is made
from the kinds that read it, and the tables of docs/report.md, from report.schema.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from envcheck.course_file.schema import schema as of_course_file

Schema = Mapping[str, Any]
TABLE = re.compile(r"(<!-- keys of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
PLAIN = 2000  # what a text may have, unless a shorter end is worth telling
HEAD = """# Every key of an `envcheck.toml`

Made by `scripts/docs` from what envcheck reads such a file with. Do not edit it by hand. With more words, and how
such a file is written for you: [for authors](authors.md). `NAME` is a name of yours.

"""
PARTS = (
    ("Of the course", "They stand at the top of the file."),
    ("Of a chapter, or of all", "Below `[chapter.NAME]`, or at the top, for every chapter."),
    ("Of a chapter alone", "Below `[chapter.NAME]`."),
)
COLUMNS = "| key | value | what it says |\n|---|---|---|\n"


def course_file() -> str:
    """docs/keys.md."""
    whole = of_course_file()
    top = dict(whole["properties"])
    (chapter,) = top["chapter"]["patternProperties"].values()
    chapters = chapter["properties"]
    title = {"title"}  # of the course one, of a chapter another
    groups = (
        {key: each for key, each in top.items() if key not in {*chapters} - title},
        {key: each for key, each in chapters.items() if key in {*top} - title},
        {key: each for key, each in chapters.items() if key not in {*top} - title},
    )
    parts = []
    for (name, where), keys in zip(PARTS, groups, strict=True):
        flat = (
            {**keys, "chapter": {**keys["chapter"], "patternProperties": {}}}
            if "chapter" in keys
            else keys
        )
        rows = "".join(rows_of({"properties": flat, "required": whole.get("required", ())}))
        parts.append(f"## {name}\n\n{where}\n\n{COLUMNS}{rows}")
    return HEAD + "\n".join(parts)


def rows_of(table: Schema, above: str = "") -> Iterator[str]:
    """A row for each key, and below it one for each key of its table."""
    for key, each in table.get("properties", {}).items():
        needed = "; needed" if key in table.get("required", ()) else ""
        yield f"| `{above}{key}` | {value(each)}{needed} | {each.get('description', '')} |\n"
        for inner in tables(each):
            yield from rows_of(inner, f"{above}{key}.")
        for by_name in (
            part for part in (each, *each.get("anyOf", ())) if part.get("patternProperties")
        ):
            for row in by_name["patternProperties"].values():
                for inner in tables(row):
                    yield from rows_of(inner, f"{above}{key}.NAME.")


def tables(schema: Schema) -> Iterator[Schema]:
    """Those that a value may be, itself, as one of several, or in a list; each once."""
    if "properties" in schema:
        yield schema
    elif "items" in schema:
        yield from tables(schema["items"])
    elif "anyOf" in schema:
        every = [inner for part in schema["anyOf"] for inner in tables(part)]
        yield from every[:1]


def value(schema: Schema) -> str:
    """What may stand there, in words."""
    if "anyOf" in schema:
        return ", or ".join(dict.fromkeys(value(part) for part in schema["anyOf"]))
    if "enum" in schema:
        return " or ".join(f"`{word}`" for word in schema["enum"])
    if schema.get("patternProperties"):
        (inner,) = schema["patternProperties"].values()
        return f"by name: {value(inner)}"
    return OF_TYPE[schema.get("type", "object")](schema)


OF_TYPE = {
    "boolean": lambda _: "`true` or `false`",
    "integer": lambda schema: f"a number, {schema['minimum']} to {schema['maximum']}",
    "string": lambda schema: "a day" if schema.get("format") == "date" else text(schema),
    "array": lambda schema: f"a list: {value(schema['items'])}",
    "object": lambda _: "a table",
}


def text(schema: Schema) -> str:
    longest = schema.get("maxLength", PLAIN)
    return f"a text of at most {longest} characters" if longest < PLAIN else "a text"


def report(page: str, schema: Schema) -> str:
    """docs/report.md, with its tables drawn anew."""

    def drawn(match: re.Match[str]) -> str:
        name = match[2]
        part = schema if name == "report" else schema["$defs"][name]
        rows = step_rows(part) if name == "step" else report_rows(part)
        return f"{match[1]}{''.join(rows)}{match[3]}"

    return TABLE.sub(drawn, page)


def report_rows(part: Schema, above: str = "") -> Iterator[str]:
    if not above:
        yield "| key | value | meaning |\n|---|---|---|\n"
    for key, each in part["properties"].items():
        yield f"| `{above}{key}` | {kind(each)} | {each.get('description', '')} |\n"
        if "properties" in each:
            yield from report_rows(each, f"{above}{key}.")


def step_rows(part: Schema) -> Iterator[str]:
    """A row for each kind of step, with the keys that it has beside `do`."""
    yield "| `do` | other keys | meaning |\n|---|---|---|\n"
    for rule in part["allOf"]:
        name, then = rule["if"]["properties"]["do"]["const"], rule["then"]
        keys = ", ".join(f"`{key}`" for key in then["properties"])
        yield f"| `{name}` | {keys} | {then['description']} |\n"


KINDS = {"string": "text", "boolean": "true or false", "integer": "number", "array": "list"}


def kind(schema: Schema) -> str:
    """What a key of the report holds; a text unless the schema says otherwise."""
    if "enum" in schema:
        return " or ".join(f"`{word}`" for word in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    held = schema.get(
        "type", {"#/$defs/text": ["string", "null"]}.get(schema.get("$ref", ""), "string")
    )
    held = "object" if schema.get("$ref") == "#/$defs/target" else held
    names = [held] if isinstance(held, str) else held
    return " or ".join(KINDS.get(name, name) for name in names)
