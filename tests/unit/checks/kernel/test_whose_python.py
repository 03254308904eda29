"""The kernel's answer is found whatever else the kernel prints."""

from __future__ import annotations

import contextlib
import io
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from envcheck_checks.kernel.whose_python import Question


def printed(cell: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(cell, {})
    return out.getvalue()


@given(before=st.text(), after=st.text())
def test_answer_between_other_words(before: str, after: str) -> None:
    """What a thread in the background prints before and behind it changes nothing."""
    asked = Question()
    text = f"{before}{printed(asked.cell)}{after}"
    assert asked.answer(text) == (sys.prefix, sys.executable)
    assert asked.folder(text) == str(Path.cwd())


@given(noise=st.text())
def test_no_answer(noise: str) -> None:
    """Noise alone, half an answer, an older answer, or the cell itself is none."""
    asked = Question()
    half = printed(asked.cell)[: len(asked.mark) + 3]
    for text in (noise, half, printed(Question().cell), asked.cell, noise + asked.cell):
        assert not asked.answered(text)
        assert asked.answer(text) == ("", "")
        assert asked.folder(text) == ""
