"""docs/other-systems.md: what the first person with a Windows or a Mac is asked to type can be typed."""

from __future__ import annotations

import re
import shutil
import subprocess

import click
import pytest
from tests.guards.source import ROOT

from envcheck.command.cli import cli

PAGE = (ROOT / "docs" / "other-systems.md").read_text(encoding="utf-8")
STARTS = re.compile(
    r"(?:E|envcheck|(?:py -3|py|python|python3|/usr/bin/python3)[^`]*run-envcheck\.py) "
)


def commands(heading: str) -> list[str]:
    """The numbered points under a heading, each whole."""
    part = PAGE[PAGE.index(heading) :]
    part = part[: part.index("\n\n", part.index("\n10. "))]
    return re.findall(r"^\d+\. .*?(?=^\d+\. |\Z)", part, re.MULTILINE | re.DOTALL)


WINDOWS = commands("### Ten commands for the first person with Windows")
MACS = commands("### If you have a Mac: ten commands")
TYPED_ON_A_MAC = [
    " ".join(line.split())
    for point in MACS
    for line in re.findall(r"`([^`]+)`", point)
    if " " in line or line.startswith("E")
]


def test_there_are_ten_of_each() -> None:
    """And each says what is to be sent, or that all of it is."""
    assert len(WINDOWS) == len(MACS) == 10
    assert all("send " in point.lower() for point in WINDOWS)
    assert "With every number send what the terminal" in " ".join(PAGE.split())


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_mac_s_lines_are_lines(shell: str) -> None:
    """zsh is a Mac's shell, and bash was until 2019."""
    if shutil.which(shell) is None:
        pytest.skip(f"only on a machine with {shell}")
    for line in (*TYPED_ON_A_MAC, re.search(r"^    (alias E=.*)$", PAGE, re.MULTILINE)[1]):  # type: ignore[index]  # it is there
        done = subprocess.run(
            [shell, "-n", "-c", line], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{line}: {done.stderr}"
        assert not done.stderr, f"{line}: {done.stderr}"


def test_each_option_is_one_of_ours() -> None:
    lines = [
        re.sub(r"\$\([^)]*\)", "", " ".join(line.split()))
        for point in (*WINDOWS, *MACS)
        for line in re.findall(r"`([^`]+)`", point)
    ]
    asked = [
        STARTS.sub("", part, count=1)
        for line in lines
        for part in re.split(r"[;&>]", line)
        if STARTS.match(part.strip() + " ")
    ]
    assert len(asked) > 20
    for words in (part.split() for part in asked):
        chapter = cli.get_command(click.Context(cli), words[0])
        assert chapter is not None, words
        known = {name for parameter in chapter.params for name in parameter.opts}
        assert {word for word in words[1:] if word.startswith("--")} <= known, words
