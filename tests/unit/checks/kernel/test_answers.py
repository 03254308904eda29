"""What a cell printed, and what a page shows in red: two streams that come in any order."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from typing import Any

import pytest

from envcheck_checks.kernel.answers import Answer, End, Execution

RESULT = ("stdout", "1\n")
# PYTHONPROFILEIMPORTTIME, and a C library that logs: written to the process's own standard error,
# which a thread of the kernel's reads when it comes to it.
LOUD = (("stderr", "import time: 239 | 306 | seaborn.widgets\n"), ("stderr", "[info] ready\n"))


def stream(name: str, text: str) -> Mapping[str, Any]:
    content = {"name": name, "text": text}
    return {"msg_type": "stream", "parent_header": {"msg_id": "7"}, "content": content}


@pytest.mark.parametrize("order", [*permutations([RESULT, *LOUD])])
def test_red_text_never_stands_in_a_result(order: tuple[tuple[str, str], ...]) -> None:
    heard: list[str] = []
    answer = Answer("7", heard.append)
    for name, text in order:
        answer.hear(stream(name, text))
    done = answer.execution(End.REPLIED, 0.1)
    assert (done.text, heard) == ("1\n", ["1\n"])
    assert sorted(done.red.splitlines(keepends=True)) == sorted(text for _, text in LOUD)
    assert answer.size == sum(len(text) for _, text in order)


def test_a_line_among_others() -> None:
    done = Execution(End.REPLIED, "ok", "loading\r\n 5050 \ntime: 3 ms\n")
    assert done.printed("5050")
    assert not done.printed("505")
    assert not Execution(End.REPLIED, "ok", "").printed("5050")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('[1]\ntime: 3 ms\n{"a": 1}\ntime: 4 ms\n', {"a": 1}),
        ('["a"]\n7\n', ["a"]),
        ("7\nnull\n{broken\n", None),
        ("", None),
    ],
)
def test_an_object_among_lines(text: str, value: object) -> None:
    assert Execution(End.REPLIED, "ok", text).printed_object() == value


def test_what_a_trial_is_told() -> None:
    """A cell that was given up says nothing of the setting that was removed."""
    assert Execution(End.SILENT).proves(False) is None
    assert Execution(End.DIED).proves(False) is False
    assert Execution(End.REPLIED).proves(True) is True


def message(kind: str, **content: Any) -> Mapping[str, Any]:
    return {"msg_type": kind, "parent_header": {"msg_id": "7"}, "content": content}


RAISED = message("execute_reply", status="error", ename="KeyError", evalue="'b'")
SHOWN = message("error", ename="KeyError", evalue="'b'", traceback=["KeyError: 'b'"])


@pytest.mark.parametrize("messages", [(RAISED, SHOWN), (SHOWN, RAISED)])
def test_an_error_that_is_shown(messages: tuple[Mapping[str, Any], ...]) -> None:
    answer = Answer("7", lambda text: None)
    for one in messages:
        answer.hear(one)
    done = answer.execution(End.REPLIED, 0.1)
    assert done.error == ("KeyError", "'b'")
    assert done.shows_error("KeyError")
    assert not done.shows_error("Error")


def test_an_error_that_somebody_else_shows_or_nobody() -> None:
    """As with `rich.traceback.install()`: only the reply says that the cell ended in an error."""
    answer = Answer("7", lambda text: None)
    answer.hear(RAISED)
    assert answer.execution(End.REPLIED, 0.1).error == ("KeyError", "'b'")
    assert not answer.execution(End.REPLIED, 0.1).shows_error("KeyError")
    answer.hear(stream("stdout", "+-- Traceback --+\nKeyError: 'b'\n"))
    assert answer.execution(End.REPLIED, 0.1).shows_error("KeyError")


def test_an_error_whose_showing_fails() -> None:
    """Met where stack_data is missing, which IPython needs to show any error."""
    answer = Answer("7", lambda text: None)
    answer.hear(RAISED)
    red = "KeyError: 'b'\n\nDuring handling of the above exception, another occurred:\n\n"
    answer.hear(stream("stderr", f"{red}ModuleNotFoundError: No module named 'stack_data'\n"))
    assert not answer.execution(End.REPLIED, 0.1).shows_error("KeyError")


def test_a_cell_without_an_error_has_none() -> None:
    answer = Answer("7", lambda text: None)
    answer.hear(message("execute_reply", status="ok"))
    answer.hear(stream("stdout", "KeyError\n"))
    assert answer.execution(End.REPLIED, 0.1).error is None
    assert not answer.execution(End.REPLIED, 0.1).shows_error("KeyError")
