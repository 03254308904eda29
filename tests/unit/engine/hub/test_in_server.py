"""What runs in a user's server, started here as its kernel does, by Pythons old and new."""

from __future__ import annotations

import ast
import base64
import io
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.pace import within

from envcheck.hub import in_server

SOURCE = Path(in_server.__file__)
LAUNCHER = """#!/bin/sh
echo "words: $*"
while [ "$1" != --report ]; do shift; done
printf '{"of": "%s"}' "$HOME" >"${2#json=}"
[ -z "$SLOW" ] || exec sleep 60
echo trouble >&2
exit 3
"""
# A kernel: it answers a line of JSON for each line of Python.
KERNEL = """
import json, sys
exec(open(sys.argv[1]).read(), globals())
for line in sys.stdin:
    print(json.dumps(eval(line)), flush=True)
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: hubs run there")


def pythons() -> list[str]:
    """This one, and the oldest and newest of pyenv's."""
    versions = [
        (Path("/root/.pyenv/versions") / name / "bin/python") for name in ("3.6.15", "3.13.0")
    ]
    return [sys.executable, *(str(path) for path in versions if os.path.exists(path))]


class Kernel:
    """It ends as a kernel does, with all that it holds."""

    def __init__(self, python: str, temporary: Path, **more: str) -> None:
        self.popen = subprocess.Popen(
            [python, "-c", KERNEL, str(SOURCE)],
            env={
                "PATH": os.environ["PATH"],
                "HOME": "/home/x",
                "TMPDIR": str(temporary),
                "JPY_A": "1",
                **more,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, code: str) -> Any:
        assert self.popen.stdin and self.popen.stdout
        self.popen.stdin.write(f"{code}\n")
        self.popen.stdin.flush()
        return json.loads(self.popen.stdout.readline())

    def close(self) -> None:
        assert self.popen.stdin and self.popen.stdout
        self.popen.kill()
        self.popen.wait(10)
        self.popen.stdin.close()
        self.popen.stdout.close()


def archive() -> str:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("envcheck", LAUNCHER)
        file.writestr("packages/a/__init__.py", "")
    return base64.b64encode(made.getvalue()).decode()


def begun(kernel: Kernel) -> str:
    """envcheck is sent in two parts, and started."""
    host = kernel.ask("look()")["host"]
    folder: str = kernel.ask("begin('envcheck-1')")["folder"]
    text = archive()
    for number, part in enumerate((text[:400], text[400:])):
        kernel.ask(f"add({folder!r}, {number}, {part!r})")
    words = ["run", "chapter2", "it's"]
    start = f"start({folder!r}, open({str(SOURCE)!r}).read(), {host['path']!r}, {words!r})"
    kernel.ask(f"[globals().setdefault('keeper', {start}), 1][1]")
    return folder


def until(kernel: Kernel, folder: str) -> dict[str, Any]:
    while not (ended := kernel.ask(f"seen({folder!r}, keeper)"))["over"]:
        pass
    return dict(ended)


def test_old_pythons_read_it() -> None:
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.slow
@pytest.mark.parametrize("python", pythons())
def test_it_runs_and_leaves_nothing(python: str, tmp_path: Path) -> None:
    """By a kernel of any age, where a Python that is new enough is on PATH."""
    kernel = Kernel(python, tmp_path)
    try:
        looked = kernel.ask("look()")
        assert Path(looked["python"]).samefile(python)
        if looked["host"] is None:
            pytest.skip("only on a machine whose PATH has Python 3.10")
        folder = begun(kernel)
        ended = until(kernel, folder)
        assert (ended["code"], ended["words"]) == (3, "trouble\n")
        assert json.loads(ended["report"]) == {"of": "/home/x"}
        assert Path(folder).stat().st_mode & 0o077 == 0
        assert kernel.ask(f"end({folder!r}, keeper)") == {"gone": True}
        assert [*tmp_path.iterdir()] == []
    finally:
        kernel.close()


@pytest.mark.slow
def test_a_kernel_that_is_killed(tmp_path: Path) -> None:
    """What it has begun ends with it."""
    kernel = Kernel(sys.executable, tmp_path, SLOW="1")
    folder = Path(begun(kernel))
    end = within(20) + time.monotonic()
    while not (folder / "report.json").exists():
        assert time.monotonic() < end
    kernel.close()
    while any(tmp_path.iterdir()):
        assert time.monotonic() < end, [*tmp_path.rglob("*")]


@pytest.mark.slow
def test_no_room(tmp_path: Path) -> None:
    """What goes wrong there is told in its own words."""
    kernel = Kernel(sys.executable, tmp_path)
    try:
        folder = begun(kernel)
        ended = until(kernel, folder)
        assert ended["code"] == 3
        kernel.ask(f"end({folder!r}, keeper)")
        Path(folder).mkdir()
        start = f"start({folder!r}, open({str(SOURCE)!r}).read(), '/nowhere/python', ['x'])"
        kernel.ask(f"[globals().update(keeper={start}), 1][1]")
        ended = until(kernel, folder)
        assert ended["code"] is None and "/nowhere/python" in ended["words"]
        kernel.ask(f"end({folder!r}, keeper)")
    finally:
        kernel.close()
        shutil.rmtree(tmp_path / "envcheck-1", ignore_errors=True)
