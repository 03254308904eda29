"""A Mac below a folder: Apple's stubs are started only where the tools are that stand behind them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bootstrap import programs
from envcheck.processes import apple_stubs, process
from envcheck.processes.apple_stubs import path_without_stubs, refuse_to_ask_for_tools
from envcheck.processes.process import Ending
from envcheck.processes.watchdog import Watchdog

TOOLS = "Library/Developer/CommandLineTools"


def command(place: Path) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("#!/bin/sh\n")
    place.chmod(0o755)
    return place


def refused(root: Path, program: str, platform: str = "darwin", **variables: str) -> bool:
    given = {"PATH": f"{root}/opt/homebrew/bin:{root}/usr/bin", **variables}
    try:
        refuse_to_ask_for_tools(program, given, platform, root)
    except FileNotFoundError as error:
        assert error.strerror == apple_stubs.WORDS
        return True
    return False


@pytest.mark.parametrize("name", ["python3", "git", "pip3", "clang"])
def test_a_stub_without_tools_is_never_started(tmp_path: Path, name: str) -> None:
    """By name, by path, and by a link that leads to it; on no other system."""
    stub = command(tmp_path / "usr/bin" / name)
    link = tmp_path / "home/.venv/bin/python"
    link.parent.mkdir(parents=True)
    link.symlink_to(stub)
    for word in (name, str(stub), str(link), f"{tmp_path}/usr/bin/../bin/{name}"):
        assert refused(tmp_path, word), word
        assert not refused(tmp_path, word, "linux")


@pytest.mark.parametrize("place", [TOOLS, "Applications/Xcode.app/Contents/Developer"])
def test_with_the_tools_it_is_started(tmp_path: Path, place: str) -> None:
    stub = command(tmp_path / "usr/bin/python3")
    (tmp_path / place / "usr/bin").mkdir(parents=True)
    assert not refused(tmp_path, str(stub))


def test_tools_that_were_chosen(tmp_path: Path) -> None:
    """`xcode-select --switch` leaves a link, and a variable may name them."""
    stub = command(tmp_path / "usr/bin/python3")
    (tmp_path / "beta/usr/bin").mkdir(parents=True)
    assert refused(tmp_path, str(stub), DEVELOPER_DIR=str(tmp_path / "gone"))
    assert not refused(tmp_path, str(stub), DEVELOPER_DIR=str(tmp_path / "beta"))
    (tmp_path / "var/db").mkdir(parents=True)
    (tmp_path / "var/db/xcode_select_link").symlink_to(tmp_path / "beta")
    assert not refused(tmp_path, str(stub))


def test_programs_that_are_no_stubs(tmp_path: Path) -> None:
    """Homebrew's comes first on PATH; and /usr/bin has programs of macOS itself."""
    command(tmp_path / "usr/bin/python3")
    command(tmp_path / "usr/bin/open")
    command(tmp_path / "opt/homebrew/bin/python3")
    assert not refused(tmp_path, "python3")
    assert not refused(tmp_path, str(tmp_path / "usr/bin/open"))
    assert not refused(tmp_path, "no-such-program")


def test_no_program_of_a_run_is_a_stub(
    tmp_path: Path, watchdog: Watchdog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks for it: the one place that starts programs refuses."""
    stub = command(tmp_path / "usr/bin/git")
    stub.write_text(f"#!/bin/sh\ntouch {tmp_path}/opened\n")
    real = apple_stubs.refuse_to_ask_for_tools
    monkeypatch.setattr(
        process,
        "refuse_to_ask_for_tools",
        lambda program, variables: real(program, variables, "darwin", tmp_path),
    )
    processes = process.Processes(watchdog)
    variables = {"PATH": str(stub.parent)}
    done = processes.run(["git", "init"], env=variables, cwd=tmp_path, timeout=5)
    assert (done.ending, done.code) == (Ending.NOT_STARTED, None)
    assert apple_stubs.WORDS in done.stderr
    assert not (tmp_path / "opened").exists()
    (tmp_path / TOOLS / "usr/bin").mkdir(parents=True)
    assert processes.run(["git"], env=variables, cwd=tmp_path, timeout=5).ending is Ending.EXITED


def test_others_do_not_find_stubs_either(tmp_path: Path) -> None:
    path = os.pathsep.join([f"{tmp_path}/opt/homebrew/bin", f"{tmp_path}/usr/bin/", "/bin"])
    searched = path_without_stubs(path, {}, "darwin", tmp_path)
    assert searched == os.pathsep.join([f"{tmp_path}/opt/homebrew/bin", "/bin"])
    assert path_without_stubs(path, {}, "linux", tmp_path) == path
    (tmp_path / TOOLS / "usr/bin").mkdir(parents=True)
    assert path_without_stubs(path, {}, "darwin", tmp_path) == path


@pytest.mark.parametrize("tools", [True, False])
def test_nor_does_the_file_that_learners_start(
    tools: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """run-envcheck.py looks for a Python that can host."""
    is_stub: Callable[[str], bool] = programs.is_apples_stub
    monkeypatch.setattr(os.path, "isdir", lambda place: tools and "Xcode.app" in str(place))
    monkeypatch.setattr(os.path, "realpath", lambda place: place)
    monkeypatch.setattr(programs, "which", {"python3": "/usr/bin/python3"}.get)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert is_stub("python3") is not tools
    assert is_stub("/usr/bin/git") is not tools
    assert not is_stub("/opt/homebrew/bin/python3.13")
    start: Callable[..., object] = programs.start_in_own_group
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: "started")
    if tools:
        assert start(["/usr/bin/python3"], {}, "/") == "started"
    else:
        with pytest.raises(OSError, match="stub"):
            start(["/usr/bin/python3"], {}, "/")
    monkeypatch.setattr(sys, "platform", "linux")
    assert not is_stub("/usr/bin/python3")
