"""A course's notebooks through `json`, the code of their cells through `ast`, and nothing else.

python parse_notebooks.py FOLDER [--all]; with --all Python in Markdown and scripts too, which `envcheck adopt` reads.
"""

from __future__ import annotations

import ast
import json
import os
import sys
import warnings

FENCE = "```"


def main(folder: str, *, everything: bool) -> None:
    warnings.simplefilter("ignore")
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            file = os.path.join(place, name)  # noqa: PTH118  # pathlib takes longer to import than a course to read
            if name.endswith(".ipynb"):
                for cell in notebook(file).get("cells", ()):
                    if cell.get("cell_type") == "code":
                        parse("".join(cell.get("source", "")))
            elif everything and name.endswith(".py"):
                parse(text_of(file))
            elif everything and name.endswith((".md", ".mdx")):
                for block in text_of(file).split(FENCE)[1::2]:
                    language, _, code = block.partition("\n")
                    if "py" in language or "code-cell" in language:
                        parse(code)


def notebook(file: str) -> dict:
    try:
        values = json.loads(text_of(file))
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}


def text_of(file: str) -> str:
    with open(file, encoding="utf-8", errors="replace") as opened:  # noqa: PTH123  # as above
        return opened.read()


def parse(code: str) -> None:
    try:
        ast.parse(code)
    except (SyntaxError, ValueError):
        return


if __name__ == "__main__":
    main(sys.argv[1], everything="--all" in sys.argv)
