"""How a fix asks: without a terminal nothing is done, unless the person said yes beforehand."""

from __future__ import annotations

import io
import sys

import click
import pytest

from envcheck.command.terminal import terminal_helper


class Stdin(io.StringIO):
    def __init__(self, text: str, terminal: bool) -> None:
        super().__init__(text)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    ("yes", "terminal", "typed", "agreed"),
    [
        (True, False, "", True),
        (False, False, "y\n", False),
        (False, True, "y\n", True),
        (False, True, "n\n", False),
        (False, True, "\n", False),
    ],
)
def test_the_question(
    yes: bool, terminal: bool, typed: str, agreed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only --yes, or a y that is typed, is a yes."""
    monkeypatch.setattr(sys, "stdin", Stdin(typed, terminal))
    assert terminal_helper(dry=False, yes=yes).confirm("Do this?") is agreed


@pytest.mark.parametrize(
    ("terminal", "ci", "said"),
    [
        (True, "", "/home/ann/x ***@h"),
        (True, "1", "~/x ***@h"),
        (False, "", "~/x ***@h"),
    ],
)
def test_real_paths_are_said_on_a_terminal_alone(
    terminal: bool, ci: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a log, and for everybody who reads a CI system, nothing private; secrets nowhere."""
    for name, value in {"HOME": "/home/ann", "CI": ci, "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)
    screen = Stdin("", terminal)
    monkeypatch.setattr(sys, "stderr", screen)
    helper = terminal_helper(dry=False, yes=True)
    helper.say("/home/ann/x https://ann:pass@h")
    assert screen.getvalue() == f"{said.replace('***', 'https://***')}\n"


def test_no_terminal_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the option that helps, on stderr: stdout is the report's."""
    monkeypatch.setattr(sys, "stdin", Stdin("", False))
    terminal_helper(dry=False, yes=False).confirm("Do this?")
    said = capsys.readouterr()
    assert (said.out, "--yes says yes" in said.err) == ("", True)


def test_ctrl_c_ends_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """As everywhere else: the reports are still written."""

    def interrupted(question: str, err: bool) -> bool:
        raise click.Abort

    monkeypatch.setattr(sys, "stdin", Stdin("", True))
    monkeypatch.setattr(click, "confirm", interrupted)
    with pytest.raises(KeyboardInterrupt):
        terminal_helper(dry=False, yes=False).confirm("Do this?")


@pytest.mark.parametrize("columns", ["60", "80"])
def test_sentences_are_wrapped_and_lines_to_paste_are_not(
    columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the terminal's width; what is behind four spaces stays whole."""
    monkeypatch.setenv("COLUMNS", columns)
    line = "    /home/ann/ml/.venv/bin/python -m pip install " + "numpy " * 12
    terminal_helper(dry=False, yes=True).say(f"  {'a sentence of words ' * 8}\n{line}")
    *wrapped, whole = capsys.readouterr().err.splitlines()
    assert whole == line
    assert len(wrapped) > 1 and all(len(one) <= int(columns) for one in wrapped)
    assert all(one.startswith("  ") for one in wrapped)
