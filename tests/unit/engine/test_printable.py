"""What others say, made fit to be printed: read, and nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck import Confidence, Fix, Rename, Run, SetEnv, Tell, UsePython, Write
from envcheck.fixes.helper import Helper, describe, preview
from envcheck.model import Step
from envcheck.printable import UNSEEN, clean, for_a_log, one_line, visible, without_commands
from envcheck.privacy import Scrubber
from envcheck.target import shells

NASTY = st.text(
    st.sampled_from("ab/\\'\" $`~\n\r\t\x00\x07\x1b[0m:#\u202e\u2028\u200f\ud800\x9b"), max_size=30
)


@given(NASTY)
def test_nothing_steers(text: str) -> None:
    """Neither a terminal nor a CI system's log; what is read stays."""
    for line in for_a_log(text).split("\n"):
        assert UNSEEN.sub("", line) == line.replace("\t", ""), line
        assert not line.lstrip().startswith("::")
        assert "##[" not in line
    assert "\n" not in one_line(text)
    assert for_a_log(clean(text)) == for_a_log(text)


@pytest.mark.parametrize(
    "line", ["::error::x", "  ::error file=a::x", "a\n::stop-commands::x", "x ##[error]", ":::a"]
)
def test_commands_of_a_ci_system(line: str) -> None:
    """The words are still there."""
    shown = without_commands(line)
    assert shown != line
    assert shown.replace(" ", "") == line.replace(" ", "")


@given(NASTY.filter(bool), NASTY)
def test_a_preview_cannot_be_forged(name: str, text: str) -> None:
    """One line for each step, whatever its words are, and nothing in it that is not seen."""
    steps: list[Step] = [
        Run((name, text)),
        Rename(name, text),
        SetEnv("A", text),
        UsePython(name),
        Tell(text),
    ]
    for step in steps:
        assert not UNSEEN.search(describe(step, Scrubber(), "posix")), step
    fix = Fix("x", (*steps, Write(name, text)), Confidence.SURE)
    lines = preview(fix, Helper(print, bool))
    assert len(lines) == len(steps) + 1 + len(text.split("\n"))
    assert not any(map(UNSEEN.search, lines))


def test_different_texts_stay_different() -> None:
    """A file's name with a line feed is shown as such."""
    assert visible("a\nb\x1b\u202e") == r"a\nb\x1b\u202e"


@pytest.mark.skipif(sys.platform == "win32", reason="bash is POSIX's")
@given(st.text(st.sampled_from("a/'\"\\$ \n\r\x07\x1b\u202e\u00e9"), min_size=1, max_size=12))
def test_a_line_for_the_shell_stays_one_and_says_the_same(word: str) -> None:
    """What bash makes of it is the word itself."""
    line = shells.command(("printf", "%s", word), "posix")
    assert not UNSEEN.search(line)
    said = subprocess.run(["bash", "-c", line], capture_output=True, check=True, timeout=20)
    assert said.stdout.decode() == word
    assert not UNSEEN.search(shells.command(("printf", "%s", word), "fish"))
