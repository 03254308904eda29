"""run-envcheck.py takes the same things out of a text as the engine does: the shapes of secrets are
the same expressions, and the names go in the same places.
"""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import built_file
from tests.bootstrap.machine import other_pythons
from tests.pace import within

from envcheck.privacy import Scrubber
from envcheck.secret_shapes import ALL

NAMES = built_file.names()
HOST, USER = "lab3.uni.example", "ann"
PIECES = st.sampled_from(
    (
        "/home/ann", "%2Fhome%2Fann", "%2fhome%2fann", "ann", "lab3", "lab3.uni.example", "/", "\\", " ", "\n", "@", ":", "=",
        "'", '"', "b'", "://", "http", "token", "--password ", "AWS_SECRET_ACCESS_KEY", "Authorization: ", "bearer ", "basic ",
        "s3cr3t", "a1B2a1B2a1B2a1B2a1B2", "ghp_", "hf_", ".", "-", "x", "C:\\Users\\ann", "ANALOP~1", "C:\\\\Users\\\\ann", "c:/users/ann",
    )
)  # fmt: skip
HOMES = (
    "\\\\srv\\users$\\ann.LAB",
    "/home/ann",
    "C:\\Users\\ann",
    "/home/jörg müller",
    "C:\\Users\\Ana Lopez",
    "/Users/zoë",
    "",
)


def test_the_shapes_are_the_same() -> None:
    alone = [(one.pattern, one.flags) for one in NAMES["SECRET_SHAPES"]]
    assert alone == [(one.pattern, one.flags) for one in ALL]


@pytest.mark.parametrize("home", HOMES)
@given(st.lists(PIECES, max_size=12))
def test_each_text_comes_out_alike(home: str, pieces: list[str]) -> None:
    text = "".join([*pieces, home, "/x"])
    alone = NAMES["without_names"](NAMES["without_secrets"](text), home, USER, HOST)
    assert alone == Scrubber(home, USER, HOST).text(text)


def test_long_texts_come_to_an_end() -> None:
    """A display name of sixty thousand letters took forty seconds."""
    begun = time.process_time()
    for text in ("a" * 60_000, "a." * 30_000, "://" * 20_000, "token=" * 10_000, "a:" * 30_000):
        NAMES["scrubbed"](text)
    assert time.process_time() - begun < within(20)


def test_python_2_takes_a_home_of_windows_out() -> None:
    """Its names are bytes: what parts letters from their marks refuses those."""
    python = other_pythons().get("2.7")
    if not python:
        pytest.skip("only on machines with Python 2.7 (pyenv)")
    home = r"C:\Users\Ana Lopez"
    code = f"""import sys; sys.path.insert(0, "."); sys.dont_write_bytecode = True
from bootstrap.privacy import without_names
print(without_names({home + chr(92) + "ml"!r}, {home!r}, "ana", "desk"))"""
    root = Path(__file__).parents[2]
    said = subprocess.run(
        [python, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert (said.stdout, said.stderr) == ("~\\ml\n", "")
