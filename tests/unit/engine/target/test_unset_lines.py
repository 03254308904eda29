"""The line that takes a variable away does, in the shell that it is for, whatever its name is."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.windows_shells import read_by_powershell

from envcheck.model import UnsetEnv
from envcheck.target.shells import script
from envcheck.target.startup_files import _sets
from envcheck.target.unset_lines import exported_function

FUNCTION = "BASH_FUNC_jupyter%%"
# Of a container's `--env`, of Windows' own list, of Windows' variables that WSL hands on
STRANGE = ["a.b", "npm_config_//x:_auth", "ProgramFiles(x86)", "it's", "BASH_FUNC_a.b()"]
# A function of bash's is in no terminal of zsh.
IN_SHELLS = [
    (shell, words, name)
    for shell, words in (("bash", "posix"), ("zsh", "posix"), ("fish", "fish"))
    for name in (FUNCTION, *STRANGE, "PLAIN")
    if not (shell == "zsh" and exported_function(name))
]
SHOW = f"{sys.executable} -c 'import os; print(*os.environ, sep=chr(10))'"


def seen_after(shell: str, line: str, name: str, tmp_path: Path) -> list[str]:
    """The variables of a program that is started once the line was read: by the same shell, or by
    the one that took its place.
    """
    again = tmp_path / "shell"
    again.write_text(f"#!/bin/sh\n{SHOW}\n")
    again.chmod(0o755)
    shutil.copy(again, tmp_path / "fish")
    variables = {"PATH": f"{tmp_path}:/usr/bin:/bin", "SHELL": str(again), "HOME": str(tmp_path)}
    real = str(shutil.which(shell))
    done = subprocess.run(
        [real, "-c", f"{line}\n{SHOW}"],
        env={**variables, name: "() { echo no; }"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="needs sh")
@pytest.mark.parametrize(("shell", "words", "name"), IN_SHELLS)
def test_it_is_gone_in_a_real_shell(shell: str, words: str, name: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    assert name in seen_after(shell, "true", name, tmp_path)
    assert name not in seen_after(shell, script((UnsetEnv(name),), words), name, tmp_path)


def test_a_function_is_unset_as_one() -> None:
    assert script((UnsetEnv(FUNCTION),), "posix") == "unset -f jupyter"
    assert script((UnsetEnv("BASH_FUNC_a b%%"),), "posix") == "unset -f 'a b'"


def test_on_windows() -> None:
    assert script((UnsetEnv("ProgramFiles(x86)"),), "cmd") == 'set "ProgramFiles(x86)="'
    line = script((UnsetEnv("it's(x)"),), "powershell")
    assert read_by_powershell(line, "") == ["Remove-Item", "-LiteralPath", "Env:it's(x)"]


def test_where_a_function_is_exported() -> None:
    """So that new terminals can be mended too."""
    for line in ("export -f jupyter", "  declare -fx python jupyter", "export -f jupyter other"):
        assert _sets(line, FUNCTION), line
    for line in ("jupyter=1", "export -f jupyter2", "export jupyter", "# export -f jupyter"):
        assert not _sets(line, FUNCTION), line
