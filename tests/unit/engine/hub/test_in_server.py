"""What runs in a user's server, started here as its kernel does, by Pythons old and new."""

from __future__ import annotations

import ast
import base64
import io
import json
import os
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
        self.popen.wait(within(10))
        self.popen.stdin.close()
        self.popen.stdout.close()


def archive() -> str:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("envcheck", LAUNCHER)
        file.writestr("packages/a/__init__.py", "")
    return base64.b64encode(made.getvalue()).decode()


def begun(kernel: Kernel, host: str = "", *, parts: int = 2) -> Path:
    """envcheck is sent in two parts, and started when both are there."""
    host = host or kernel.ask("look()")["host"]["path"]
    words = ["run", "chapter2", "it's"]
    begin = f"begin('envcheck-1', open({str(SOURCE)!r}).read(), {host!r}, {words!r})"
    kernel.ask(f"[globals().update(kept={begin}), 1][1]")
    text = archive()
    for number, part in enumerate((text[:400], text[400:])[:parts]):
        kernel.ask(f"add(kept, {number}, {part!r})")
    if parts == 2:
        kernel.ask("go(kept)")
    return Path(kernel.ask("kept.folder"))


def until(kernel: Kernel) -> dict[str, Any]:
    while not (ended := kernel.ask("seen(kept)"))["over"]:
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
        ended = until(kernel)
        assert (ended["code"], ended["words"]) == (3, "trouble\n")
        assert json.loads(ended["report"]) == {"of": "/home/x"}
        assert folder.stat().st_mode & 0o077 == 0
        assert kernel.ask("end(kept)") == {"gone": True}
        assert [*tmp_path.iterdir()] == []
    finally:
        kernel.close()


@pytest.mark.slow
def test_a_kernel_that_is_killed(tmp_path: Path) -> None:
    """What it has begun ends with it."""
    kernel = Kernel(sys.executable, tmp_path, SLOW="1")
    folder = begun(kernel)
    end = within(20) + time.monotonic()
    while not (folder / "report.json").exists():
        assert time.monotonic() < end
    kernel.close()
    while any(tmp_path.iterdir()):
        assert time.monotonic() < end, [*tmp_path.rglob("*")]


@pytest.mark.slow
@pytest.mark.whole
@pytest.mark.parametrize("parts", [0, 1, 2])
@pytest.mark.parametrize("is_killed", [False, True])
def test_it_is_let_go_at_any_moment(parts: int, is_killed: bool, tmp_path: Path) -> None:
    """Before it was all sent, while its environment is made, or while it runs: nothing stays."""
    kernel = Kernel(sys.executable, tmp_path, SLOW="1")
    try:
        assert begun(kernel, parts=parts).exists()
        if not is_killed:
            assert kernel.ask("end(kept)") == {"gone": True}
    finally:
        kernel.close()
    end = within(20) + time.monotonic()
    while any(tmp_path.iterdir()):
        assert time.monotonic() < end, [*tmp_path.rglob("*")]


@pytest.mark.slow
@pytest.mark.whole
def test_it_was_never_begun(tmp_path: Path) -> None:
    kernel = Kernel(sys.executable, tmp_path)
    try:
        assert kernel.ask("end(globals().get('kept'))") == {"gone": True}
    finally:
        kernel.close()


def test_nothing_is_written_into_a_folder_that_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How envcheck ended was written while another thread removed the folder, which stayed."""
    reads, writes = os.pipe()
    folder = tmp_path / "envcheck-1"
    folder.mkdir()
    make: Any = in_server.Keeper
    keeper: Any = make(str(folder), sys.executable)
    tell = keeper._tell

    def let_go_and_unpack() -> None:
        os.close(writes)
        keeper.let_go.wait(within(10))

    def tell_late(ended: dict[str, Any]) -> None:
        time.sleep(0.3)  # longer than a removal of the folder takes
        tell(ended)

    monkeypatch.setattr(keeper, "_output", lambda argv: (0, ""))
    monkeypatch.setattr(keeper, "_unpack", let_go_and_unpack)
    monkeypatch.setattr(keeper, "_tell", tell_late)
    with os.fdopen(reads, "rb") as stdin:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stdin))
        os.write(writes, in_server.GO)
        keeper.keep()
    assert [*tmp_path.iterdir()] == []


@pytest.mark.slow
def test_no_room(tmp_path: Path) -> None:
    """What goes wrong there is told in its own words."""
    kernel = Kernel(sys.executable, tmp_path)
    try:
        begun(kernel, "/nowhere/python")
        ended = until(kernel)
        assert ended["code"] is None and "/nowhere/python" in ended["words"]
        assert kernel.ask("end(kept)") == {"gone": True}
    finally:
        kernel.close()
