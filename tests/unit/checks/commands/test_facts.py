"""Which file a typed command is, and which environment that file starts: read from the file, run by
nobody.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.described_machines import command_at, file_at, said

from envcheck import Environment
from envcheck.process import Finished
from envcheck.testing import described
from envcheck_checks.commands.facts import SHEBANG, Command, on_path, prefix_of, prefix_of_running

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has launchers instead")


def typed(folder: Path, text: str) -> tuple[Environment, Path]:
    """A terminal in which `pip` is a script with this text."""
    file = file_at(folder / "bin" / "pip", text)
    file.chmod(0o755)
    return described(variables={"PATH": str(folder / "bin")}), file


def test_there_is_no_such_command(tmp_path: Path) -> None:
    """Neither without a PATH, nor where the file may not be started."""
    file_at(tmp_path / "bin" / "pip").chmod(0o644)
    assert on_path(described(variables={"PATH": str(tmp_path / "bin")}), "pip") is None
    assert on_path(described(variables={}), "pip") is None


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("#!{python}\n", True),
        ("#! {python}\n", True),
        ("#!{python} -I\n", True),
        ("#!{python}   \nimport sys\n", True),
        ("#!/bin/sh\n'''exec' {python} \"$0\" \"$@\"\n' '''\n", False),
        ("#!/bin/sh\n'''exec' \"{python}\" \"$0\" \"$@\"\n' '''\n", False),
    ],
)
def test_the_python_that_a_script_names(tmp_path: Path, text: str, plain: bool) -> None:
    """In its first line, or in pip's second where the first would be too long or holds a space."""
    venv = tmp_path / "my venv"
    python = command_at(venv / "bin" / "python3.12")
    file_at(venv / "pyvenv.cfg")
    env, file = typed(tmp_path, text.format(python=python))
    assert on_path(env, "pip") == Command(str(file), str(python), str(venv), plain)


@pytest.mark.parametrize(
    "text",
    [
        "#!/usr/bin/env python3\n",
        "#!python\n",
        "#!/bin/sh\nexec python -m pip\n",
        "\x7fELF",
        "",
        "\n\n",
        "#!/usr/bin/perl\n",
    ],
)
def test_only_running_it_could_tell(tmp_path: Path, text: str) -> None:
    """A script that looks for its Python itself, a program, or an empty file."""
    env, file = typed(tmp_path, text)
    found = on_path(env, "pip")
    assert found is not None
    assert (found.path, found.interpreter, found.prefix) == (str(file), None, None)


def test_lines_that_end_as_those_of_windows(tmp_path: Path) -> None:
    """The system takes the carriage return for a part of the name; pip's second line is the shell's."""
    python = command_at(tmp_path / "bin" / "python3")
    env, _ = typed(tmp_path, f"#!{python}\r\nimport sys\r\n")
    found = on_path(env, "pip")
    assert found is not None
    assert (found.interpreter, found.plain_shebang) == (f"{python}\r", True)


def test_an_environment_by_its_mark(tmp_path: Path) -> None:
    """pyvenv.cfg beside the Python or above it; it counts also where the Python itself is gone."""
    for place in ("above", "beside/bin"):
        file_at(tmp_path / place / "pyvenv.cfg")
    assert prefix_of(str(tmp_path / "above/bin/python")) == str(tmp_path / "above")
    assert prefix_of(str(tmp_path / "beside/bin/python")) == str(tmp_path / "beside/bin")


def test_a_python_without_the_mark(tmp_path: Path) -> None:
    """The folder above the real bin; none where it does not lie in one, or is not there."""
    python = command_at(tmp_path / "opt/bin/python3")
    (tmp_path / "usr/bin").mkdir(parents=True)
    link = tmp_path / "usr/bin/python3"
    link.symlink_to(python)
    assert prefix_of(str(link)) == str(tmp_path / "opt")
    assert prefix_of(str(command_at(tmp_path / "strange/python3"))) is None
    assert prefix_of(str(tmp_path / "gone/bin/python3")) is None


@settings(max_examples=200)
@given(st.binary(max_size=60))
def test_any_first_line_is_read_without_harm(line: bytes) -> None:
    """What it names ends with a Python's name and stays within the line."""
    hit = SHEBANG.match(b"#!" + line)
    assert hit is None or (b"\n" not in hit["python"] and b"python" in hit["python"])


@pytest.mark.parametrize(
    ("answer", "prefix"),
    [
        (said("welcome\n{folder}\n"), "{folder}"),
        (said("my snake\n"), None),  # a program of that name, and no Python
        (said("{folder}/gone\n"), None),
        (said(".\n"), None),
        (said("", code=3), "{folder}"),  # what is left of a Python, in its folder
    ],
)
def test_the_prefix_that_a_program_says(
    answer: Finished, prefix: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a folder is believed."""
    file = command_at(tmp_path / "bin" / "python")
    env = described(folder=tmp_path)
    ended = replace(answer, stdout=answer.stdout.format(folder=tmp_path))
    monkeypatch.setattr(type(env), "run", lambda *_, **__: ended)
    told = prefix_of_running(env, str(file))
    assert told == (prefix and prefix.format(folder=tmp_path))
