"""A course file that can be none is refused before an environment is made, and nothing else is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests import built_file
from tests.bootstrap.machine import OFFLINE, Learner

from envcheck.course_file import finding, text
from envcheck.errors import UsageProblem

NAMES = built_file.names()
GOOD = 'course = "mine"\n[chapter.ch1]\npackages = ["numpy"]\n'
BROKEN: dict[str, str | bytes] = {
    "a text without its end": 'course = "mine\n',
    "a key twice": 'course = "mine"\ncourse = "mine"\n',
    "no TOML at all": "import os\n",
    "a bracket that stays open": "[chapter.ch1\n",
    "letters of another code page": "title = 'Café'\n".encode("latin-1"),
}
new = pytest.mark.skipif(sys.version_info < (3, 11), reason="only on Pythons that read TOML")


def refused(*words: str) -> str:
    return str(NAMES["wrong_course"](list(words)))


def engines(place: Path) -> str:
    """Why the engine refuses it, as far as it has no chapter to look at; empty where it does not."""
    try:
        text.read(finding.named(place))
    except UsageProblem as problem:
        return str(problem)
    return ""


def put(folder: Path, content: str | bytes) -> Path:
    file = folder / "envcheck.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@new
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_in_the_engines_words(tmp_path: Path, name: str) -> None:
    """Named by itself or by its folder, behind the option or an equals sign."""
    file = put(tmp_path, BROKEN[name])
    first = refused("ch1", "--quick", "--course", str(file))
    assert first.startswith(f"{file}:")
    assert first == refused("ch1", f"--course={tmp_path}")
    place, _, reason = engines(file).partition(": it is")
    assert first.partition(": it is")[0] == place or "at its end" in reason
    put(tmp_path, GOOD)
    assert refused("ch1", "--course", str(file)) == refused("ch1", f"--course={tmp_path}") == ""


def test_what_is_not_there(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "gone", tmp_path / "gone.toml", tmp_path / "gone.py"):
        assert refused("ch1", "--course", str(place)) == engines(place) != ""
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.toml")  # not waited for
        assert refused("ch1", "--course", str(tmp_path / "pipe.toml")).endswith("no such file")


@pytest.mark.parametrize(
    "words",
    [
        ("chapter2",),
        ("chapter2", "--course", "https://example.org/envcheck.toml"),
        ("hub", "--course", "/srv/on/the/users/servers"),
        ("chapter2", "--course"),
        ("explain", "a-code", "--", "--course", "gone"),
    ],
)
def test_what_the_engine_alone_can_judge(words: tuple[str, ...]) -> None:
    assert refused(*words) == ""


LINES = st.sampled_from(
    ['course = "a"', "[chapter.b]", "a = [1, {b = 2}]", "a.b = 1", "[[a]]", "x = 1979-05-27", "#", "]", "'", '"""', "é = 1"]
)  # fmt: skip


@given(lines=st.lists(LINES | st.text(max_size=12), max_size=8))
@example(lines=["a" + ".a" * 60 + " = 1"])
@example(lines=["a = " + "[" * 3000])
def test_what_is_refused_here_is_refused_there(own_folder: Path, lines: list[str]) -> None:
    """For each text: a file that the engine would take is never refused."""
    file = put(own_folder, "\n".join(lines).encode("utf-8", "replace"))
    assert not refused("ch1", "--course", str(file)) or engines(file)


@pytest.mark.usefixtures("namespaces")
def test_nothing_is_made_for_it(learner: Learner) -> None:
    put(learner.work, 'course = "mine\n')
    ran = learner.run("ch1", "--course", "gone.toml", before=OFFLINE, timeout=20)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "envcheck: --course gone.toml: there is no such file\n"
    assert learner.environments == []
