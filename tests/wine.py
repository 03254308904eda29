"""Windows' reader of lines, in Wine: its cmd reads a line, and a stand-in writes down what it was
started with. Wine starts programs of this system too, so the stand-in is a shell script.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from tests.kept import kept
from tests.pace import within
from tests.windows_shells import read_by_cmd, words_of

# Writes its words, or a variable's value, behind each other; no word has such a character. Wine's cmd
# does not wait for a program of this system (`fork_and_exec` in Wine's dlls/ntdll/unix/process.c has
# no process to wait for), so that several write at once: each its row in one piece.
STAND_IN = """#!/bin/sh
[ "$1" = variable ] && set -- "$2" "$(/usr/bin/printenv "$3")"
printf '%s\\0' "$@" '
' | /usr/bin/dd bs=1M iflag=fullblock oflag=append conv=notrunc of="${0%/*}/said" 2>/dev/null
"""
END = b"\0\n\0"  # of what one stand-in wrote: at least its name or number is before it
CONSOLE = "cp437"  # what Wine's cmd takes the bytes of its input for
SECONDS = 120
WRITES = 10  # seconds that a stand-in may take after its cmd has ended
READY = "(waits)"  # what a cmd of ours says when it has started
STARTS_WITHIN = 60  # seconds until such a cmd has read its first line
STARTS = 3  # of a cmd; the server of other tests may just have ended
# What Wine 8 reads otherwise than Windows: it takes a quote behind a caret for one, and puts a
# variable in where a caret stands before its second `%`. Some variables a program of this system gets
# from this system, whatever they are in Windows (`is_special_env_var` in Wine's dlls/ntdll/unix/env.c).
OTHERWISE = re.compile(r'\^"|\^%.*\^%|\bset "?(?:PATH|PWD|HOME|TEMP|TMP)=', re.IGNORECASE)


@dataclass(frozen=True)
class Wine:
    """A Wine whose Windows lies in the folder `place`."""

    place: Path

    @property
    def variables(self) -> dict[str, str]:
        own = {"WINEPREFIX": str(self.place), "WINEDEBUG": "-all", "DISPLAY": "", "HOME": "/tmp"}
        return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **own}

    @property
    def cmd(self) -> Path:
        """cmd as a program of Windows, which ends with the code that it reads (`exit 7`)."""
        return self.place / "drive_c" / "windows" / "system32" / "cmd.exe"

    def batch(self, folder: Path, text: str, typed: str = "") -> subprocess.CompletedProcess[bytes]:
        """Run a batch file in this folder; `typed` is what its programs read."""
        file = folder / "typed.bat"
        file.write_bytes(text.replace("\n", "\r\n").encode(CONSOLE))
        return self._run(["cmd", "/c", file.name], folder, typed)

    def read(self, folder: Path, lines: Sequence[str]) -> list[list[str]]:
        """The words that a program gets for each line, typed at the prompt of one cmd. The line
        itself is not run: its words go to the stand-in. Of `set ...` the one word is the value.
        """
        stand_in = folder / "stand-in.exe"
        stand_in.write_text(STAND_IN)
        stand_in.chmod(0o755)
        typed = [
            text
            for number, line in enumerate(lines)
            for text in _typed(number, line, str(stand_in).replace("/", "\\"))
        ]
        self._type(folder, [f"echo {READY}", *typed])
        rows = [[_as_typed(word) for word in row] for row in said(folder, len(lines))]
        if len(rows) < len(lines):  # pytest shows it below the test that fails
            sys.stdout.write((folder / "shown").read_text(CONSOLE, "replace"))
        by_number = {int(row[0]): row[1:] for row in rows}
        return [by_number.get(number, ["(not run)"]) for number in range(len(lines))]

    def _type(self, folder: Path, lines: Sequence[str]) -> None:
        """To a cmd that reads the first of them. Some cmds end before they do: nothing was typed then."""
        for _ in range(STARTS):
            done = self._run(["cmd"], folder, "\n".join([*lines, ""]))
            if READY.encode() in done.stdout:
                return
        raise OSError(f"Wine's cmd in {self.place} ends before it has read a line")

    def home(self, folder: Path) -> str:
        """What cmd puts in for %USERPROFILE%."""
        return self.read(folder, ["%USERPROFILE%"])[0][0]

    def _run(
        self, words: Sequence[str], folder: Path, typed: str
    ) -> subprocess.CompletedProcess[bytes]:
        """The output goes to a file: Wine's services keep a pipe open after their caller."""
        file, shown = folder / "typed", folder / "shown"  # from a pipe cmd reads one line
        file.write_bytes(typed.replace("\n", "\r\n").encode())
        with file.open("rb") as opened, shown.open("wb") as output:
            done = subprocess.run(
                ["wine", *words],
                cwd=folder,
                env=self.variables,
                stdin=opened,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                check=False,
            )
        return subprocess.CompletedProcess(done.args, done.returncode, shown.read_bytes())


def said(folder: Path, count: int = 1) -> list[list[str]]:
    """What so many stand-ins in this folder wrote down, in the order in which they ended: all of it,
    or what is there in the end.
    """
    file, until = folder / "said", time.monotonic() + within(WRITES)
    while True:
        rows = file.read_bytes().split(END)[:-1] if file.exists() else []
        if len(rows) >= count or time.monotonic() > until:
            return [row.decode().split("\0") for row in rows]
        time.sleep(0.05)


def _as_typed(word: str) -> str:
    return word.encode(CONSOLE).decode()


def _typed(number: int, line: str, stand_in: str) -> list[str]:
    if line.startswith("set "):
        name = line.removeprefix("set ").strip('"').partition("=")[0]
        return [line, f"Z:{stand_in} variable {number} {name}", f"set {name}="]
    return [f"Z:{stand_in} {number} {line}"]


@contextlib.contextmanager
def running() -> Iterator[Wine]:
    """The one of all tests, made once in about ten seconds. Skips the test where there is no Wine:
    `scripts/install-test-tools` says why.

    A cmd of ours waits meanwhile. Wine's server ends some seconds after its last program, and a
    program that comes at that very moment is never started.
    """
    if shutil.which("wine") is None:
        pytest.skip("the lines for cmd, and its launcher: there is no Wine here")
    wine = Wine(kept("wine", _make))
    with _waiting(wine):
        yield wine


@contextlib.contextmanager
def _waiting(wine: Wine) -> Iterator[None]:
    """A cmd that waits for a line until the end."""
    for _ in range(STARTS):
        with tempfile.TemporaryFile() as output:
            process = subprocess.Popen(
                ["wine", "cmd"],
                env=wine.variables,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
            try:
                ready = _has_read_a_line(process, output)
                if ready:
                    yield
            finally:
                process.kill()
                process.communicate()
            if ready:
                return
    raise OSError(f"Wine's cmd in {wine.place} ends before it has read a line")


def _has_read_a_line(process: subprocess.Popen[bytes], output: IO[bytes]) -> bool:
    """In time, and is still there. Some cmds end before they do."""
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(f"echo {READY}\r\n".encode())
    until = time.monotonic() + within(STARTS_WITHIN)
    while process.poll() is None and time.monotonic() < until:
        if READY.encode() in os.pread(output.fileno(), 10_000, 0):
            return True
        time.sleep(0.05)
    return False


def _make(place: Path) -> None:
    env = Wine(place).variables
    quiet = subprocess.DEVNULL
    subprocess.run(
        ["wineboot", "--init"], env=env, stdout=quiet, stderr=quiet, timeout=300, check=True
    )


def assert_read(wine: Wine, folder: Path, lines: Iterable[str]) -> None:
    """cmd reads each line as tests/windows_shells.py says that it does."""
    home, listed = (
        wine.home(folder),
        sorted(line for line in set(lines) if not OTHERWISE.search(line)),
    )
    expected = [_expected(line, home) for line in listed]
    (folder / "said").unlink(missing_ok=True)
    read = wine.read(folder, listed)
    wrong = [row for row in zip(listed, read, expected, strict=True) if row[1] != row[2]]
    assert not wrong, wrong[:5]


def _expected(line: str, home: str) -> list[str]:
    if line.startswith("set "):
        text = read_by_cmd(line, home).removeprefix("set ")
        text = text[1:-1] if text.startswith('"') else text
        return [text.partition("=")[2]]
    return words_of(read_by_cmd(line, home))
