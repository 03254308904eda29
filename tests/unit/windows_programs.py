"""Windows' own half of CPython's `subprocess`, with its system calls described: who starts a program
there, and which handles that program inherits. Handles are numbers of open files, as if Windows'
were Linux's.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import sys
from dataclasses import dataclass, field
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from envcheck.processes.process import Processes

INVALID_PARAMETER = 87


class Started(OSError):
    """The program would run now: there is no Windows to run it."""


@dataclass(frozen=True)
class Program:
    """What CreateProcess was told: the line, the variables, the flags, and the handles that the new
    program has.
    """

    line: str
    variables: dict[str, str]
    flags: int
    inherited: frozenset[int]


@dataclass
class WindowsSystem:
    """Handles, which of them may be inherited, and the programs that were started."""

    inheritable: set[int] = field(default_factory=set)
    programs: list[Program] = field(default_factory=list)
    _events: Any = field(default_factory=lambda: itertools.count(0x7A4, 4))

    def new_event(self) -> int:
        """As jupyter_client makes it: it may be inherited."""
        handle: int = next(self._events)
        self.inheritable.add(handle)
        return handle

    def create_process(self, *words: Any) -> None:
        """CreateProcessW, by its documentation: with a list of handles those alone are inherited, and
        each must be inheritable; else all that are, or none.
        """
        _, line, _, _, inherit, flags, variables, _, startup = words
        named = (startup.lpAttributeList or {}).get("handle_list")
        if named and not set(named) <= self.inheritable:
            raise OSError(INVALID_PARAMETER, "The parameter is incorrect")
        inherited = frozenset(named or self.inheritable) if inherit else frozenset()
        self.programs.append(Program(line, dict(variables), flags, inherited))
        raise Started("this is no Windows")

    def modules(self) -> dict[str, ModuleType]:
        """`_winapi` and `msvcrt` of this system."""
        calls = {
            "CreateProcess": self.create_process,
            "CreatePipe": lambda *_: os.pipe(),
            "GetCurrentProcess": lambda: -1,
            "DuplicateHandle": self._duplicate,
            "CloseHandle": os.close,
            "GetFileType": lambda _: 1,
        }
        files = {
            "get_osfhandle": lambda number: number,
            "open_osfhandle": lambda handle, _: handle,
        }
        return {"_winapi": _module("_winapi", calls), "msvcrt": _module("msvcrt", files)}

    def _duplicate(self, _: int, handle: int, *more: int) -> int:
        copy = os.dup(handle)
        self.inheritable |= {copy} if more[2] else set()
        return copy


class _Described(ModuleType):
    def __getattr__(self, name: str) -> int:
        """Any constant of Windows', or a call that is only taken hold of; values do not matter here."""
        if name.startswith("__"):
            raise AttributeError(name)
        return 0x10


def _module(name: str, calls: dict[str, Any]) -> ModuleType:
    module = _Described(name)
    module.__dict__.update(calls)
    return module


@pytest.fixture
def windows_system(monkeypatch: pytest.MonkeyPatch) -> WindowsSystem:
    """From now on envcheck's programs are started as on Windows, by CPython's own code for it."""
    described = WindowsSystem()
    own = sys.modules["subprocess"].__file__
    spec = importlib.util.spec_from_file_location("subprocess_of_windows", str(own))
    assert spec is not None
    assert spec.loader is not None
    theirs = importlib.util.module_from_spec(spec)
    with monkeypatch.context() as meanwhile:
        for name, module in described.modules().items():
            meanwhile.setitem(sys.modules, name, module)
        spec.loader.exec_module(theirs)
    monkeypatch.setattr("envcheck.processes.process.subprocess", theirs)
    monkeypatch.setattr("jupyter_client.win_interrupt.create_interrupt_event", described.new_event)
    monkeypatch.setattr(sys, "platform", "win32")
    return described


def processes_there() -> Any:
    """A watchdog that guards nothing, since nothing is started."""
    watchdog: Any = SimpleNamespace(mark="mark", begun=0.0, guard=int, release=int)
    return Processes(watchdog)
