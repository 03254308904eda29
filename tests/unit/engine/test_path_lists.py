"""Lists of folders in one variable."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from envcheck.path_lists import as_typed, joined, parts


@pytest.mark.parametrize(
    ("system", "value", "found"),
    [
        ("win32", r"C:\a;;D:\b;", [r"C:\a", r"D:\b"]),
        ("win32", r'"C:\Program Files\Git";""', [r"C:\Program Files\Git"]),
        ("win32", r'"C:\a;b\bin";C:\c', [r"C:\a;b\bin", r"C:\c"]),
        (
            "win32",
            r'C:\"Program Files"\Git;"C:\open;D:\b',
            [r"C:\Program Files\Git", r"C:\open", r"D:\b"],
        ),
        ("linux", "/a::/b;c", ["/a", "/b;c"]),
        ("darwin", '/Volumes/"x":/b', ['/Volumes/"x"', "/b"]),
        ("", "", []),
    ],
)
def test_each_system_parts_its_own(system: str, value: str, found: list[str]) -> None:
    assert parts({"PATH": value}, "PATH", system) == found
    quoted = [f'"{part}"' if system == "win32" else part for part in found]
    assert parts({"PATH": joined(quoted, system)}, "PATH", system) == found


def test_the_system_is_ours_where_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert parts({"X": r"C:\a;b"}, "X") == [r"C:\a", "b"]
    assert joined([r"C:\a", "b"]) == r"C:\a;b"


@pytest.mark.skipif("sys.platform == 'win32'", reason="only on systems with bash")
@pytest.mark.parametrize(
    ("shell", "value", "searched"),
    [
        ("/bin/bash", "~/ml/bin::/a:~ada/b:x~", "/home/ada/ml/bin::/a:~ada/b:x~"),
        ("/bin/bash", "~", "/home/ada"),
        ("/bin/zsh", "~/ml/bin:/a", "~/ml/bin:/a"),
        ("", "~/ml/bin:/a", "~/ml/bin:/a"),
    ],
)
def test_bash_alone_looks_into_the_home(shell: str, value: str, searched: str) -> None:
    variables = {"SHELL": shell, "HOME": "/home/ada", "PATH": value}
    assert as_typed(variables) == searched
    assert parts(variables, "PATH") == [entry for entry in searched.split(":") if entry]


@pytest.mark.skipif(shutil.which("bash") is None, reason="only on systems with bash")
def test_a_real_bash_does(tmp_path: Path) -> None:
    program = tmp_path / "ml" / "hello"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho here\n")
    program.chmod(0o755)
    variables = {"HOME": str(tmp_path), "PATH": "~/ml", "SHELL": "/bin/bash"}
    bash = str(shutil.which("bash"))
    done = subprocess.run([bash, "-c", "hello"], env=variables, capture_output=True, check=False)
    assert done.stdout == b"here\n"
    assert shutil.which("hello", path=as_typed(variables)) == str(program)
