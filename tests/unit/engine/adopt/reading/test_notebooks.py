"""Notebooks as people have them, of every format and none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envcheck.adopt.reading.notebooks import Notebook, Unreadable, read


def written(folder: Path, content: Any) -> Notebook | Unreadable:
    raw = content if isinstance(content, bytes) else json.dumps(content, indent=1).encode()
    (folder / "a.ipynb").write_bytes(raw)
    return read(folder, "a.ipynb")


def texts(book: Notebook | Unreadable) -> list[tuple[int, str]]:
    assert isinstance(book, Notebook), book
    return [(cell.number, cell.text) for cell in book.cells]


def code(source: Any, **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, **more}


def test_format_4(tmp_path: Path) -> None:
    """Cells of code with their numbers, the kernel, and the language in any spelling."""
    book = written(
        tmp_path,
        {
            "nbformat": 4,
            "metadata": {"kernelspec": {"name": "homl3", "language": "python"}},
            "cells": [code(["a = 1\n", "b"]), {"cell_type": "markdown", "source": "x"}, code("c")],
        },
    )
    assert texts(book) == [(1, "a = 1\nb"), (3, "c")]
    assert isinstance(book, Notebook)
    assert (book.kernel, book.language) == ("homl3", "python")


def test_format_3(tmp_path: Path) -> None:
    """Its cells lie in worksheets, their text is `input`."""
    cells = [{"cell_type": "code", "language": "python", "input": ["import a\n", "import b"]}]
    assert texts(written(tmp_path, {"nbformat": 3, "worksheets": [{"cells": cells}]})) == [
        (1, "import a\nimport b")
    ]


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({}, "python"),
        ({"language_info": {"name": "ipython"}}, "python"),
        ({"kernelspec": {"name": "conda-env-book-py"}}, "python"),
        ({"kernelspec": {"name": "ir", "language": "R"}}, "r"),
        ({"kernelspec": "julia"}, "python"),
        ({"kernelspec": {"name": "kotlin", "language": "kotlin"}}, "kotlin"),
        ({"kernelspec": {"name": "x", "language": "OCaml"}}, "ocaml"),
        ({"language_info": {"name": "A language of tomorrow"}}, "a language of tomorrow"),
        ({"kernelspec": {"name": "kotlin"}}, "kotlin"),
        ({"kernelspec": {"name": "xcpp17"}}, "xcpp"),
        ({"kernelspec": {"name": "julia-1.9"}}, "julia"),
        ({"kernelspec": {"name": "python3", "language": "python3"}}, "python"),
        ({"kernelspec": {"name": "sagemath", "language": "sage"}}, "python"),
        ({"kernelspec": {"name": "pysparkkernel"}, "language_info": {"name": "pyspark"}}, "python"),
        (None, "python"),
        ([], "python"),
    ],
)
def test_the_language(tmp_path: Path, metadata: Any, language: str) -> None:
    """A notebook that does not say its language is one of Python's."""
    book = written(tmp_path, {"metadata": metadata, "cells": [code("x")]})
    assert isinstance(book, Notebook)
    assert book.language == language


def test_lines_without_ends(tmp_path: Path) -> None:
    """A list of lines that were written without their ends has as many lines."""
    assert texts(written(tmp_path, {"cells": [code(["a", "b"]), code([1, "c"]), code(None)]})) == [
        (1, "a\nb"),
        (2, "c"),
    ]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"<!DOCTYPE html>\n<html>", 1, "it is a page of HTML, not a notebook"),
        (b"", 1, "it is empty"),
        (b'{"cells": [],\n "metadata": }', 2, "it is no JSON: Expecting value"),
        (
            b'{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> x\n]}',
            2,
            "it has the marks of a merge that was not finished",
        ),
        (b"[1, 2]", 1, "it is JSON, and no notebook"),
        (b"[" * 100_000, 1, "it is nested too deep"),
        (b"\xff\xfe\x00", 1, "it is no JSON: Expecting value"),
    ],
)
def test_what_is_no_notebook(tmp_path: Path, content: bytes, line: int, reason: str) -> None:
    assert written(tmp_path, content) == Unreadable("a.ipynb", reason, line)


def test_a_notebook_that_is_gone(tmp_path: Path) -> None:
    book = read(tmp_path, "gone.ipynb")
    assert isinstance(book, Unreadable)
    assert book.reason.startswith("it cannot be read: ")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "cells",
                    "metadata",
                    "kernelspec",
                    "name",
                    "language",
                    "language_info",
                    "cell_type",
                    "code",
                    "source",
                    "input",
                    "worksheets",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=30,
)


@settings(max_examples=200)
@given(ANYTHING)
def test_any_json(own_folder: Path, value: Any) -> None:
    """Whatever is in it: a notebook, or why not."""
    folder = own_folder
    book = written(folder, value)
    assert isinstance(book, Notebook | Unreadable)


@settings(max_examples=100)
@given(st.binary(max_size=300))
def test_any_bytes(own_folder: Path, raw: bytes) -> None:
    book = written(own_folder, raw)
    assert isinstance(book, Notebook) or book.line >= 1
