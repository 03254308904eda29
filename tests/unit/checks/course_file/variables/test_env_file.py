"""A file of variables is read to the letter as python-dotenv reads it."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from unittest.mock import patch

import pytest
from dotenv.main import DotEnv
from hypothesis import example, given, settings
from hypothesis import strategies as st

from envcheck_checks.course_file.variables.env_file import read

PARTS = st.sampled_from(
    [
        "K",
        "B",
        "=",
        "=",
        " ",
        "\n",
        "\n",
        "\r\n",
        "'",
        '"',
        "#",
        "\\",
        "\\n",
        "export ",
        "${K}",
        "${B:-d}",
        "${HERE}",
        "x",
        "sk-1",
        "\ufeff",
        "\t",
        "\N{NO-BREAK SPACE}",
        ":",
        "é",
        "\x85",
    ]
)


@given(st.lists(PARTS, max_size=24).map("".join))
@example('K="unterminated\nB=2')
@example("K='sk'x")
@example("K=${OTHER}")
@example("K=#real")
@example("K= # none")
@example("\ufeffK=1")
@example("K\nB=${K:-d}")
@example('A="\n" # c\nK=1')
@settings(max_examples=200, deadline=None)
def test_as_python_dotenv(own_folder: Path, text: str) -> None:
    """As `load_dotenv` would set them, over nothing that the terminal has."""
    logging.getLogger("dotenv").setLevel(logging.ERROR)
    file = own_folder / ".env"
    file.write_bytes(text.encode())
    with patch.dict(os.environ, {"HERE": "h"}, clear=True):
        theirs = DotEnv(file, encoding="utf-8", override=False).dict()
    there = {name: value for name, value in theirs.items() if value is not None}
    assert read(file, {"HERE": "h"}).values == there


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ('A=1\nK="open\nB=2', "line 2: quotes are not closed, or something stands behind them"),
        ("K='a'b", "line 1: quotes are not closed, or something stands behind them"),
        ("\n\nK", "line 3 names it, and gives it no value"),
        ("set K 1", "line 1 names it, and gives it no value"),
        ("B=1", ""),
    ],
)
def test_a_line_without_a_value_is_told(tmp_path: Path, text: str, odd: str) -> None:
    file = tmp_path / ".env"
    file.write_text(text)
    there = read(file, {})
    assert "K" not in there.values
    assert there.odd_line("K") == odd


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_letters_that_programs_do_not_read(tmp_path: Path, encoding: str) -> None:
    """python-dotenv ends with a UnicodeDecodeError."""
    file = tmp_path / ".env"
    file.write_bytes("A=é\nK=1".encode(encoding))
    assert read(file, {}).trouble
