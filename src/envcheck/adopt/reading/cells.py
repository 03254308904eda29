"""A cell as Python reads it: IPython's magics and shell lines apart, and what is left as a tree."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 300_000  # characters of a cell; more is data that somebody pasted
# The body of these cell magics is Python as it stands; that of others is, unless it is of another language.
PYTHON_MAGICS = {"time", "timeit", "capture", "prun", "python", "python3", "memit", "mprun", "px"}
PYTHON_MAGICS |= {"lprun", "debug", "heat", "snakeviz", "pyinstrument", "scalene", "skip", "wandb"}
OTHERS = {
    *(
        "r",
        "rpy2",
        "julia",
        "javascript",
        "js",
        "html",
        "svg",
        "latex",
        "markdown",
        "md",
        "perl",
        "ruby",
        "pypy",
    ),
    *(
        "cython",
        "cpp",
        "c",
        "cuda",
        "cu",
        "fortran",
        "scala",
        "java",
        "kotlin",
        "sql",
        "bigquery",
        "mermaid",
    ),
    *(
        "sparkr",
        "dot",
        "octave",
        "matlab",
        "stata",
        "sas",
        "haskell",
        "rust",
        "go",
        "typescript",
        "ai",
        "ruff",
    ),
    *(
        "appendfile",
        "save",
        "yaml",
        "json",
        "css",
        "lua",
        "node",
        "mysql",
        "duckdb",
        "postgres",
        "python2",
    ),
}
SHELL_MAGICS = {"bash", "sh", "shell", "!", "system", "sx", "script", "cmd"}
CELL_MAGIC = re.compile(r"\A\s*%%(?P<name>[\w!.]+)(?P<words>[^\n]*)(?:\n|\Z)")
SPECIAL = re.compile(r"^(?P<indent>[ \t]*)(?P<sign>[%!?]{1,2})(?P<rest>.*)$")
ASSIGNED = re.compile(r"^(?P<indent>[ \t]*)[\w, .\[\]\"']+=[ \t]*(?P<sign>[!%])(?P<rest>[^=].*)$")
# Without its sign, as IPython takes it too where it is no Python.
BARE = re.compile(
    r"^(?P<indent>[ \t]*)(?P<sign>)(?P<rest>(?:pip[\d.]*|conda|mamba|uv|cd|ls|cat|run|load_ext|matplotlib|pylab)"
    r"[ \t]+[\w./~\"'-][^=(]*(?:[=(].*)?)$"
)
ASKED = re.compile(r"^(?P<indent>[ \t]*)[\w.*\[\]()'\", ]+\?{1,2}[ \t]*(?:#.*)?$")
TIMED = re.compile(
    r"^(?P<indent>[ \t]*)%(?:timeit|time|prun|memit)\b[ \t]*(?:-\w+(?:[ \t]*\d+)?[ \t]+)*",
    re.MULTILINE,
)
CONTINUED = re.compile(r"^(?:[^\n]*\\\n)+[^\n]*", re.MULTILINE)
PROMPT = re.compile(r"^(?:In \[\d*\]: ?|>>> ?|\.\.\. ?)", re.MULTILINE)


@dataclass(frozen=True)
class Line:
    """A line that IPython gives away: to the shell (`sign` is `!`), or to a magic (`%`)."""

    text: str
    number: int
    sign: str = "!"


@dataclass(frozen=True)
class Code:
    """A cell's tree, None where it is no Python, and its lines for the shell and for magics.
    `written` is the file that `%%writefile` makes of it. `lost`: it should be Python, and is not.
    """

    tree: ast.Module | None
    lines: tuple[Line, ...] = ()
    written: str = ""
    lost: bool = False


def read(text: str) -> Code:
    """The code of a cell. One that is broken costs itself alone."""
    if len(text) > LONGEST or not text.strip():
        return Code(None, lost=bool(text.strip()))
    if (tree := parsed(text)) is not None:
        return Code(tree)
    if magic := CELL_MAGIC.match(text):
        name, words = magic["name"], magic["words"].strip()
        body = text[magic.end() :]
        if name in SHELL_MAGICS:
            return Code(None, _shell(body, text.count("\n", 0, magic.end())))
        if name in ("writefile", "file"):
            return Code(parsed(body), written=words.split()[-1] if words else "")
        if name not in PYTHON_MAGICS:
            return Code(None if name.lower() in OTHERS else parsed(_without_magics(body)[0]))
        text = "\n" * text.count("\n", 0, magic.end()) + body
    plain, lines = _without_magics(text)
    tree = next((tree for attempt in _attempts(text, plain) if (tree := parsed(attempt))), None)
    return Code(tree, lines, lost=tree is None)


def _attempts(text: str, plain: str) -> Iterator[str]:
    """The text in the ways in which IPython may take it."""
    timed = TIMED.sub(r"\g<indent>", text)
    if timed != text:
        yield _without_magics(timed)[0]  # what is timed is Python
    yield plain
    yield PROMPT.sub("", plain)
    first = next((line for line in plain.split("\n") if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip())]
    if indent:
        yield "\n".join(line.removeprefix(indent) for line in plain.split("\n"))


def parsed(text: str) -> ast.Module | None:
    """The tree of a text, None where it is not Python of today. Nothing is run."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its strings: `"\\d"`
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return None


def _shell(text: str, first: int) -> tuple[Line, ...]:
    rows = enumerate(CONTINUED.sub(_on_one_row, text).split("\n"), 1)
    return tuple(
        Line(line.strip(), first + number)
        for number, line in rows
        if line.strip() and not line.lstrip().startswith("#")
    )


def _on_one_row(match: re.Match[str]) -> str:
    """What goes on in the next row, with as many rows as before."""
    return re.sub(r"\\\n\s*", " ", match[0]) + "\n" * match[0].count("\n")


def _without_magics(text: str) -> tuple[str, tuple[Line, ...]]:
    """The text with `pass` where IPython would not ask Python, and those lines. As many lines as
    before: an `if` keeps something below it.
    """
    lines, special, continued = text.split("\n"), [], False
    for number, line in enumerate(lines):
        match = SPECIAL.match(line) or ASSIGNED.match(line) or BARE.match(line)
        if continued or match or ASKED.match(line):
            indent = line[: len(line) - len(line.lstrip())]
            lines[number] = "" if continued else f"{indent}pass"
        if match and not continued:
            special.append(Line(match["rest"].strip(), number + 1, match["sign"][:1] or "%"))
        elif continued:
            last = special[-1]
            special[-1] = Line(f"{last.text[:-1]} {line.strip()}", last.number, last.sign)
        continued = (continued or match is not None) and line.rstrip().endswith("\\")
    return "\n".join(lines), tuple(special)
