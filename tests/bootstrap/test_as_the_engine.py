"""What run-envcheck.py decides by itself it decides as the engine does: words that no option takes,
how much was asked for, and what is an environment of the folder.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import built_file
from tests.unit.engine.reports import examples

from envcheck.errors import UsageProblem
from envcheck.printable import STEERING
from envcheck.reports.document import document
from envcheck.run import alias
from envcheck.target.locate import locate
from envcheck_checks.courses.ml_for_software_engineers import chapter2

NAMES = built_file.names()
ALIASES = ["", "   ", "x" * 64, "x" * 65, "a\x1b[31m", "a\u202eb", "  Anna \t Müller\n", "anna"]


def outcome(choose: Callable[[str], str], text: str) -> str:
    """The alias, or the words by which it is refused."""
    try:
        return str(choose(text))
    except (UsageProblem, NAMES["RefusedWords"]) as refused:
        return str(refused)


def test_its_report_has_the_engines_keys() -> None:
    """Also those of the course and of what was asked for, so that none is forgotten here."""
    unasked = SimpleNamespace(facts=None, cannot_be_asked=True, command="python3", rule="")
    why = SimpleNamespace(fact="it cannot be installed")
    own = NAMES["make_report"](unasked, why, (), 0.0)
    engines = document(examples.NOT_READY)
    for name in (None, "course", "selection", "target"):
        ours, theirs = (own, engines) if name is None else (own[name], engines[name])
        assert ours.keys() == theirs.keys()
    for part in ("checks", "diagnoses"):
        rows = [*own[part], *engines[part]]
        assert own[part] or part == "diagnoses"  # this Python is in order
        assert {frozenset(row) for row in rows} == {frozenset(engines[part][0])}


@pytest.mark.parametrize("text", ALIASES)
def test_an_alias(text: str) -> None:
    assert outcome(NAMES["chosen_alias"], text) == outcome(alias.chosen, text)


def test_which_signs_steer() -> None:
    """Each code point that a name may not have."""
    signs = [chr(code) for code in range(0x20000) if chr(code).strip()]
    assert [one for one in signs if NAMES["steers"](one)] == [one for one in signs if STEERING.search(one)]  # fmt: skip
    assert all(unicodedata.category(one) != "Cc" for one in signs if not NAMES["steers"](one))


@given(st.text(max_size=80))
def test_any_alias(text: str) -> None:
    assert outcome(NAMES["chosen_alias"], text) == outcome(alias.chosen, text)


@pytest.mark.parametrize("words", ["--timeout abc", "--timeout=0", "--jobs 0", "--jobs 1.5", "--as="])  # fmt: skip
def test_words_that_no_option_takes(words: str) -> None:
    with pytest.raises(NAMES["RefusedWords"], match="--"):
        NAMES["parse_words"](["chapter2", *words.split()])


def test_how_much_was_asked_for() -> None:
    """A program counts only complete reports: what --quick leaves out is not complete."""
    served = {one.id for one in chapter2.CHECKS if one.required and "server" in one.traits}
    assert set(NAMES["SERVED"]) == served
    for words, complete in (([], True), (["--deep"], True), (["--offline"], True), (["--quick"], False)):  # fmt: skip
        selection = NAMES["selection_of"](NAMES["parse_words"](["chapter2", *words]))
        assert selection["complete"] is complete
        assert [name for name in ("quick", "deep", "offline") if selection[name]] == [one[2:] for one in words]  # fmt: skip
    assert NAMES["parse_words"](["chapter2", "--only", "python"]) is None


ENVIRONMENTS = {
    "whole": ("pyvenv.cfg", "bin/activate", "bin/python", "lib/python3.12/site-packages/x"),
    "lost settings": ("bin/activate", "bin/python", "lib/python3.12/site-packages/x"),
    "of Windows, lost": ("Scripts/activate", "bin/python", "Lib/site-packages/x"),
    "no packages": ("bin/activate", "bin/python"),
    "no activation": ("bin/python", "lib/python3.12/site-packages/x"),
    "conda's": ("conda-meta/history", "bin/activate", "lib/python3.12/site-packages/x"),
    "a runner's": ("pyvenv.cfg", "uv-receipt.toml", "bin/python"),
    "pipx's": ("pyvenv.cfg", "pipx_metadata.json", "bin/python"),
    "a folder": ("notes.txt",),
}


@pytest.mark.parametrize("kind", ENVIRONMENTS)
@pytest.mark.parametrize("folder", ["work", "[a] b"])
def test_what_is_an_environment(kind: str, folder: str, tmp_path: Path) -> None:
    place = tmp_path / folder / ".venv"
    for name in ENVIRONMENTS[kind]:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("export VIRTUAL_ENV\n", encoding="utf-8")
    found = locate(None, {"PATH": "/usr/bin:/bin"}, place.parent).command[0]
    assert NAMES["is_environment"](str(place)) is (str(place) in found)


def test_a_link_to_a_class_is_taken_and_never_shown(names: dict[str, Any]) -> None:
    """Nothing is sent from here, so it need not be understood; its code is a secret."""
    link = "https://class.example.org/0123456789ABCDEFGHJK"
    words = ["chapter2", "--as", "fox", "--join", link, "--send-without-asking"]
    assert names["parse_words"](words)["--join"] == link
    assert names["parse_words"](["chapter2", f"--submit={link}"])["--submit"] == link
    assert names["shown_words"]([*words, f"--submit={link}", "--only", "x"]) == (
        "chapter2 --as fox --join *** --send-without-asking --submit=*** --only x"
    )
