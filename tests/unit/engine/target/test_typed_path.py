"""PATH as the learner's own shell reads it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from envcheck.target.typed_path import as_typed, entries_as_typed, unread


@pytest.mark.skipif("sys.platform == 'win32'", reason="only on systems with bash")
@pytest.mark.parametrize(
    ("shell", "value", "searched"),
    [
        ("/bin/bash", "~/ml/bin::/a:~ada/b:x~", "/home/ada/ml/bin::/a:~ada/b:x~"),
        ("/bin/bash", "~", "/home/ada"),
        ("/bin/zsh", "~/ml/bin:/a", "~/ml/bin:/a"),
        ("/usr/bin/fish", "~/ml/bin:/a", "~/ml/bin:/a"),
        ("", "~/ml/bin:/a", "~/ml/bin:/a"),
    ],
)
def test_bash_alone_looks_into_the_home(shell: str, value: str, searched: str) -> None:
    variables = {"SHELL": shell, "HOME": "/home/ada", "PATH": value}
    assert as_typed(variables) == searched
    assert entries_as_typed(variables) == [entry for entry in searched.split(":") if entry]


@pytest.mark.parametrize("name", ["bash", "zsh", "fish", "dash"])
@pytest.mark.parametrize(
    "value", ["~/ml", "$HOME/ml", "${{HOME}}/ml", "{home}/ml", "~root/ml", "~"]
)
def test_real_shells_look_where_we_say(tmp_path: Path, name: str, value: str) -> None:
    """bash alone takes a `~` for the home; no shell reads a variable there."""
    shell = shutil.which(name)
    if shell is None:
        pytest.skip(f"only on systems with {name}")
    program = tmp_path / "ml" / "hello"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho here\n")
    program.chmod(0o755)
    path = value.format(home=tmp_path)
    variables = {"HOME": str(tmp_path), "PATH": path, "SHELL": shell}
    done = subprocess.run(
        [shell, "-c", "hello"], env=variables, capture_output=True, cwd=tmp_path, check=False
    )
    is_there = shutil.which("hello", path=as_typed(variables)) == str(program)
    assert (done.stdout == b"here\n") is is_there
    names_home = path.startswith(("~/", "$"))
    assert unread(variables) == ([(path, program.parent)] if names_home and not is_there else [])
