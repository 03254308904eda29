"""What must come back from each snippet, and what does not count as it."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from envcheck_checks.cells.snippets import SNIPPETS, WORDS
from envcheck_checks.kernel.answers import End, Execution

PNG = b"\x89PNG\r\n\x1a\n"
BY_NAME = {snippet.name: snippet for snippet in SNIPPETS}


DIVIDED = ("ZeroDivisionError", "division by zero")


def came(
    text: str = "", error: tuple[str, str] | None = None, traceback: str = "", **bundle: str
) -> Execution:
    bundles = ({name.replace("_", "/"): value for name, value in bundle.items()},)
    return Execution(End.REPLIED, "ok", text, bundles, error, traceback)


def png(size: int, start: bytes = PNG) -> str:
    return base64.b64encode(start + bytes(size)).decode()


@pytest.mark.parametrize(
    ("name", "answer", "proved"),
    [
        ("number", came("5050\n"), True),
        ("number", came("5050\ntime: 217 µs (started: 2026-11-28)\n"), True),
        ("number", came("15050"), False),
        ("number", came(""), False),
        ("text", came(f"a warning\n{WORDS}\n"), True),
        ("text", came(WORDS.encode("ascii", "replace").decode()), False),
        ("table", came(text_html="<tr><th>3</th><td>3</td><td>9</td></tr>"), True),
        ("table", came(text_plain="   n  square\n3  3  9"), True),
        ("table", came("<pandas table>"), False),
        ("picture", came(image_png=png(2000)), True),
        ("picture", came(image_png=png(2000, b"<svg>")), False),
        ("picture", came(image_png=png(10)), False),
        ("picture", came("<Figure size 640x480 with 1 Axes>"), False),
        ("error", came(error=DIVIDED, traceback="ZeroDivisionError: division by zero"), True),
        ("error", came("-- ZeroDivisionError --\ndivision by zero\n", DIVIDED), True),
        ("error", came(error=DIVIDED, text_html="<b>ZeroDivisionError</b>"), True),
        ("error", came(error=DIVIDED), False),
        ("error", came(error=("NameError", "x"), traceback="ZeroDivisionError"), False),
        ("error", came("ZeroDivisionError"), False),
        ("error", came("0"), False),
    ],
)
def test_only_the_thing_itself_proves_it(name: str, answer: Any, proved: bool) -> None:
    """A figure's name is what a learner would call broken; a table as text is what some ask for."""
    assert BY_NAME[name].proved(answer) is proved
