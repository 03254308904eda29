"""The text of an `envcheck.toml` as a table of TOML, within bounds: it may be anybody's."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from envcheck import foreign_file
from envcheck.course_file.kinds import Wrong
from envcheck.course_file.positions import position
from envcheck.errors import UsageProblem

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LARGEST = 1_000_000  # bytes; twenty lines are usual
MOST_DOTS = 50  # of a line: for a name with very many parts tomllib takes minutes
DEEPEST = 12  # tables in tables
TEXTS = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)
NUMBER = re.compile(r"[0-9][0-9_]*")
PLACE = re.compile(r"(?P<reason>.*?) \(at line (?P<line>\d+), column (?P<column>\d+)\)", re.DOTALL)


def read(file: Path) -> tuple[str, dict[str, Any]]:
    """The text of the file, and what stands in it. Raises UsageProblem, which names file and line."""
    try:
        text = foreign_file.content(file, LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageProblem(f"{file}: it is not UTF-8, as TOML must be: {error.reason}") from None
    except OSError as error:
        raise UsageProblem(f"{file}: it cannot be read: {error.strerror or error}") from None
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS and re.match(r"[ \t]*\[*[ \t]*[\w\"'-]+[ \t]*\.", line):
            raise UsageProblem(f"{file}:{number}:1: a key of more than {MOST_DOTS} parts")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageProblem(_not_toml(file, text, str(error))) from None
    except (RecursionError, ValueError) as error:  # a number of too many digits is a ValueError
        deep = isinstance(error, RecursionError)
        at = _too_deep(text) if deep else _longest_number(text)
        reason = "it is nested too deep" if deep else str(error)
        raise UsageProblem(f"{file}:{at}:1: {reason}") from None
    if _depth(values) > DEEPEST:
        at = _too_deep(text)
        raise UsageProblem(f"{file}:{at}:1: it is nested more than {DEEPEST} deep")
    return text, values


def problem(file: Path, text: str, wrong: Wrong) -> UsageProblem:
    """What is wrong, with file, line, column and key."""
    line, column = position(text, wrong.path)
    names = [part for part in wrong.path if isinstance(part, str)]
    key = f" {'.'.join(names)}:" if names and not wrong.of_key else ""
    return UsageProblem(f"{file}:{line}:{column}:{key} {wrong.reason}")


def _not_toml(file: Path, text: str, message: str) -> str:
    match = PLACE.fullmatch(message)
    if match is None:  # it ends too early
        reason, last = message.partition(" (at end")[0], text.rstrip().count("\n") + 1
        return f"{file}:{last}:1: it is not TOML: {reason[:1].lower()}{reason[1:]} at its end"
    reason = _spoken(match["reason"], text.split("\n")[: int(match["line"])])
    return (
        f"{file}:{match['line']}:{match['column']}: it is not TOML: {reason[0].lower()}{reason[1:]}"
    )


def _spoken(reason: str, lines: list[str]) -> str:
    """tomllib's reason, without Python's tuples, and with the key that is there twice."""
    for tuple_ in re.findall(r"\((?:'[^']*',? ?)+\)", reason):
        names = re.findall("'([^']*)'", tuple_)
        reason = reason.replace(tuple_, f"`{'.'.join(names)}`")
    if reason != "Cannot overwrite a value":
        return reason
    keys = (re.match(r"[ \t]*([\w.\"' -]+?)[ \t]*=", line) for line in reversed(lines))
    key = next(filter(None, keys), None)
    return f"The key `{key[1]}` is there twice: cannot overwrite a value" if key else reason


def _too_deep(text: str) -> int:
    """The first line with more open brackets than may be, those in texts and comments aside; the
    first line of all for a header of very many parts.
    """
    bare = TEXTS.sub(lambda hit: "\n" * hit[0].count("\n"), text)
    depth, line = 0, 1
    for letter in bare:
        line += letter == "\n"
        depth += (letter in "[{") - (letter in "]}")
        if depth > DEEPEST:
            return line
    return 1


def _longest_number(text: str) -> int:
    """The line of the number with the most digits."""
    lines = text.split("\n")
    return 1 + max(
        range(len(lines)), key=lambda at: max(map(len, NUMBER.findall(lines[at])), default=0)
    )


def _depth(value: Any) -> int:  # any value of TOML
    deepest, waiting = 0, [(value, 0)]
    while waiting:
        value, depth = waiting.pop()
        deepest = max(deepest, depth)
        inner = value.values() if isinstance(value, dict) else value
        if isinstance(value, dict | list):
            waiting += [(item, depth + 1) for item in inner]
    return deepest
