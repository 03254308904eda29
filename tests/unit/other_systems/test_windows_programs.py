"""How programs are started on Windows, by CPython's own code for it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tests.unit.windows_programs import Started, WindowsSystem, processes_there, windows_system

from envcheck.environment import Environment, Located
from envcheck_checks.kernel import client, interrupt_event

__all__ = ["windows_system"]
ROOT = Path(__file__).parents[3]


def learner(folder: Path) -> Environment:
    return Environment(
        Located(("python",), "described"),
        variables={"PATH": ""},
        folder=folder,
        scratch=folder,
        cache=None,
        processes=processes_there(),
    )


def test_a_kernel_inherits_the_event_that_interrupts_it(
    windows_system: WindowsSystem, tmp_path: Path
) -> None:
    """A handle in a variable is a number: without the handle itself ipykernel waits for nothing, or
    for something else that has this number, and no cell can be stopped.
    """
    with pytest.raises(Started):
        client.start(learner(tmp_path), ["python", "-m", "ipykernel_launcher"], {})
    (kernel,) = windows_system.programs
    handle = int(kernel.variables["JPY_INTERRUPT_EVENT"])
    assert handle in kernel.inherited
    assert len(kernel.inherited) == 4, "the event, and three streams"


def test_other_programs_inherit_their_streams_alone(
    windows_system: WindowsSystem, tmp_path: Path
) -> None:
    """A handle of ours in a program of the learner's would keep our pipes open."""
    event = windows_system.new_event()
    with pytest.raises(Started):
        learner(tmp_path).start(["python", "-c", "pass"])
    (program,) = windows_system.programs
    assert event not in program.inherited
    assert len(program.inherited) == 3


def test_no_event_is_no_kernel(
    windows_system: WindowsSystem, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A kernel that nobody can stop proves nothing: it is not started."""
    monkeypatch.setattr("jupyter_client.win_interrupt.create_interrupt_event", lambda: 0)
    with pytest.raises(OSError, match="event"):
        client.start(learner(tmp_path), ["python"], {})
    assert not windows_system.programs


def test_the_event_is_named_in_one_place() -> None:
    """No kernel is started on Windows but with an event: nothing else names the variable, and a
    start that hands handles on is the kernel's alone.
    """
    for file in (*ROOT.glob("src/**/*.py"), *ROOT.glob("checks/**/*.py")):
        text = file.read_text(encoding="utf-8")
        assert file.name in ("interrupt_event.py", "overrides.py") or (
            interrupt_event.NAMES[0] not in text
        ), file
        if "ipykernel_launcher" in text and file.name != "client.py":
            calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
            starts = [one for one in calls if ast.unparse(one.func) == "env.start"]
            assert not starts, f"{file} starts a kernel by itself: client.start hands the event on"
