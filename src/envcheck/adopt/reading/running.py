"""Which of the course's own files a cell runs: by `%run`, or by a program that is given a file of Python."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from envcheck.adopt.reading.cells import Line

OPTIONS = r"(?:[ \t]+-[A-Za-z]\w*)*[ \t]+"
RUN = re.compile(
    rf"run{OPTIONS}(?:\"(?P<double>[^\"]+)\"|'(?P<single>[^']+)'|(?P<plain>[^\s\"'-]\S*))"
)
SHELL = re.compile(
    r"(?<![\w./-])(?:[\w./~-]*\bi?python[\d.]*|\{sys\.executable\}|streamlit[ \t]+run|fastapi[ \t]+(?:dev|run)"
    rf"|chainlit[ \t]+run|gradio|torchrun|accelerate[ \t]+launch){OPTIONS}[\"']?(?P<file>[^\s\"'-][^\s\"']*\.py)\b"
)
SUFFIXES = (".py", ".ipy", ".ipynb")


def files(lines: Iterable[Line]) -> Iterator[str]:
    """By their paths from the notebook."""
    for line in lines:
        if line.sign != "!" and (match := RUN.match(line.text)):
            name = match["double"] or match["single"] or match["plain"]
            yield name if name.endswith(SUFFIXES) else f"{name}.py"
        elif line.sign == "!":
            yield from (each["file"] for each in SHELL.finditer(line.text))
