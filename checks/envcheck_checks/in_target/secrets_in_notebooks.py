# Reads the notebooks of a folder, sources and outputs, for credentials. Answers with places, never
# with values. Carried out in the target behind credentials.py: `kinds` and `Keys` are there.
from __future__ import annotations

import json
import os
import sys
import time

FOLDERS_LEFT_OUT = (
    ".git",
    ".venv",
    "node_modules",
    "__pycache__",
    "site-packages",
    ".ipynb_checkpoints",
)
LARGEST = 50000000  # bytes of a notebook
MOST = 200  # places that are told


def is_environment(folder):
    return any(os.path.exists(os.path.join(folder, mark)) for mark in ("pyvenv.cfg", "conda-meta"))


def notebooks(folder, deadline):
    """Paths of notebooks below the folder, in order; what belongs to an environment is none of the
    learner's.
    """
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(
            folder_name
            for folder_name in folders
            if folder_name not in FOLDERS_LEFT_OUT
            and not is_environment(os.path.join(place, folder_name))
        )
        for name in sorted(files):
            if time.time() > deadline:
                raise TimeoutError
            if name.endswith(".ipynb"):
                yield os.path.join(place, name)


def texts(value):
    """All texts of a JSON value. A list of texts is one text in lines, as notebooks write it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        if value and all(isinstance(part, str) for part in value):
            yield "".join(value)
        else:
            for part in value:
                for text in texts(part):
                    yield text
    elif isinstance(value, dict):
        for name, part in value.items():
            if not name.startswith("image/"):
                for text in texts(part):
                    yield text


def in_text(text, keys_of):
    """(line number, kind) of what is found in a text of many lines."""
    keys = keys_of()
    for number, line in enumerate(text.splitlines(), 1):
        if keys.line(line):
            yield number, "a private key"
        for kind in kinds(line):  # noqa: F821  # of credentials.py
            yield number, kind


def in_notebook(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        text = file.read()
    try:
        cells = cells_of(json.loads(text))  # noqa: TID251  # runs in the target
    except (
        ValueError,
        AttributeError,
        TypeError,
    ):  # no notebook, or one that broke: its lines are read as they are
        for line, kind in in_text(text, Keys):  # noqa: F821  # of credentials.py
            yield "line %d" % line, kind
        return
    for number, cell in enumerate(cells, 1):
        source = cell.get("source", cell.get("input", ""))
        for what, part in (
            ("line", source),
            ("line", cell.get("metadata", {})),
            ("output, line", cell.get("outputs", [])),
        ):
            for text in texts(part):
                for line, kind in in_text(text, Keys):  # noqa: F821  # of credentials.py
                    yield "cell %d, %s %d" % (number, what, line), kind


def cells_of(content):
    cells = content.get("cells")
    if cells is None:  # the format before 2015
        cells = [cell for sheet in content.get("worksheets", []) for cell in sheet.get("cells", [])]
    return [dict(cell) for cell in cells]


def scan(folder, seconds):
    places, read, unread, whole = [], 0, [], True
    deadline = time.time() + seconds
    try:
        for path in notebooks(folder, deadline):
            short = os.path.relpath(path, folder)
            try:
                if os.path.getsize(path) > LARGEST:
                    raise ValueError
                places += [[short, where, kind] for where, kind in in_notebook(path)]
                read += 1
            except TimeoutError:
                raise
            except Exception:  # its words could cite the file
                unread.append(short)
    except TimeoutError:
        whole = False
    return {
        "places": places[:MOST],
        "more": len(places) > MOST,
        "read": read,
        "unread": unread[:20],
        "whole": whole,
    }


def answer():
    result = scan(sys.argv[2], float(sys.argv[3]))
    os.write(1, (sys.argv[1] + json.dumps(result) + sys.argv[1] + "\n").encode("ascii"))
