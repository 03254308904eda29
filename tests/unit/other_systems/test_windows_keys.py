"""Keys and windows of a Windows console: who hears what is pressed, and who reads the keyboard."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.unit.windows_programs import Started, WindowsSystem, processes_there, windows_system

from bootstrap import command as _command
from bootstrap import launch as _launch
from bootstrap import programs as _programs
from envcheck.command import main
from envcheck.command.terminal import is_seen
from envcheck.processes.console import is_console

__all__ = ["windows_system"]
# Of the file that learners start, which Python 2 reads too: no types.
command: Any = _command
launch: Any = _launch
programs: Any = _programs
BREAK = 21  # SIGBREAK, which only Windows' Python has
NO_WINDOW = 0x8000000


@pytest.fixture
def handlers(monkeypatch: pytest.MonkeyPatch) -> dict[int, Any]:
    """What is to be done at each signal; Ctrl-Break is one of them."""
    kept: dict[int, Any] = {}
    monkeypatch.setattr(signal, "SIGBREAK", BREAK, raising=False)
    monkeypatch.setattr(signal, "getsignal", kept.get)
    monkeypatch.setattr(signal, "signal", kept.__setitem__)
    return kept


def test_ctrl_break_puts_everything_away(handlers: dict[int, Any]) -> None:
    """Without a handler Windows ends us at once, with its own exit code."""
    main._signals(signal.default_int_handler)
    assert handlers[BREAK] is signal.default_int_handler


def test_ctrl_break_in_the_file_that_learners_start(
    handlers: dict[int, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The child hears the key too and puts its things away: it must not be killed meanwhile."""
    killed: list[object] = []

    class Child:
        def __init__(self, *_: object, **__: object) -> None:
            self.terminate = lambda: killed.append(self)

        def wait(self) -> int:
            handlers[BREAK](BREAK, None)
            return 130

    monkeypatch.setattr(launch, "WINDOWS", True)
    monkeypatch.setattr(subprocess, "Popen", Child)
    assert launch.start_python("python.exe", ["list"], {}, "") == 130
    assert not killed


def test_ctrl_break_while_our_environment_is_made(
    handlers: dict[int, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def make(*_: object) -> None:
        handlers[BREAK](BREAK, None)

    monkeypatch.setattr(command, "cache_folder", lambda: str(tmp_path))
    monkeypatch.setattr(command, "is_whole", lambda _: False)
    monkeypatch.setattr(command, "make_environment", make)
    assert command.main(["list"]) == 130


def test_no_program_of_a_run_reads_the_learners_keyboard(
    windows_system: WindowsSystem, tmp_path: Path
) -> None:
    """`getpass` and git read keys of the console that they are attached to, whatever stdin is: they
    would take what the learner types and wait for it. Elsewhere a session of its own keeps them off.
    """
    with pytest.raises(Started):
        processes_there().start(["python"], env={"PATH": ""}, cwd=tmp_path)
    assert windows_system.programs[0].flags & NO_WINDOW


def test_nor_does_pip_while_our_environment_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """And Ctrl-C reaches the file alone, which then ends all that it has started."""
    given: dict[str, Any] = {}
    monkeypatch.setattr(programs, "WINDOWS", True)
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **how: given.update(how))
    programs.start_in_own_group(["pip"], dict(os.environ), None)
    assert given["creationflags"] == NO_WINDOW | 0x200
    assert not {"preexec_fn", "start_new_session"} & set(given)


def test_a_stream_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """`pythonw` has no stdin, and nor has a program that was started with it closed."""
    assert not is_console(None)
    monkeypatch.setattr(sys, "stdin", None)
    assert not is_seen()
