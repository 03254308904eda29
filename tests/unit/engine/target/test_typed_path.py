"""PATH as the learner's own shell reads it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from envcheck.target.typed_path import as_typed, entries_as_typed


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
    assert entries_as_typed(variables) == [entry for entry in searched.split(":") if entry]


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
