"""What the options of the command line ask of a run."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from envcheck import Chapter, Check, Course, ok
from envcheck.command import request
from envcheck.errors import UsageProblem
from envcheck.run.plan import Selection
from envcheck.run.plugins import Broken, BrokenFile, Loaded
from envcheck.target.protected import what_arrives

CHECK = Check("a", "A", lambda env: ok("fine"))
COURSE = Course(
    "c",
    "C",
    [Chapter("one", "One", [CHECK]), Chapter("two", "Two", [CHECK])],
    [Chapter("t", "T", [CHECK])],
)
BROKEN = Broken("x", "a-package", "it is broken")
WORDS: dict[str, Any] = {
    "quick": True,
    "deep": False,
    "notebooks": False,
    "offline": True,
    "python": sys.executable,
    "timeout": 12.0,
    "jobs": 3,
    "strict": True,
    "course": None,
    "alias": "fox",
}


def test_every_option_arrives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits, options and the broken courses are those of the command line; the folder is where it
    was typed.
    """
    monkeypatch.chdir(tmp_path)
    made = request.make(COURSE, Selection(("one",)), Loaded((COURSE,), (BROKEN,)), WORDS)
    assert (made.options.quick, made.options.deep, made.options.offline) == (True, False, True)
    assert (made.timeout, made.jobs, made.strict) == (12.0, 3, True)
    assert (made.folder, made.located.command) == (Path.cwd(), (sys.executable,))
    assert made.alias == "fox"
    assert (made.broken, made.others) == ((str(BROKEN),), (COURSE,))
    assert made.again.same().endswith(
        f"one --python {sys.executable} --as fox --timeout 12 --quick --offline --strict"
    )


@pytest.mark.parametrize(
    ("python", "repeated"),
    [
        ("3.99", False),
        ("/no/such", False),
        ("no-such-python", False),
        ("gone/.venv", False),
        (sys.executable, True),
        ("dead", True),
        ("empty", True),
    ],
)
def test_what_is_nowhere_is_not_asked_for_again(
    python: str, repeated: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line would fail in the same way. An environment without its Python is mended in its place."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dead").symlink_to("nothing")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "pyvenv.cfg").touch()
    asked = str(tmp_path / python) if python in ("dead", "empty") else python
    words = {**WORDS, "python": asked}
    made = request.make(COURSE, Selection(("one",)), Loaded((COURSE,), ()), words)
    assert (f"--python {asked}" in made.again.same()) is repeated
    assert made.again.same("--fix").endswith("--strict --fix")


@pytest.mark.parametrize(
    ("selection", "ids"),
    [
        (Selection(("one", "one")), ("one",)),
        (Selection(("all",)), ("one", "two")),
        (Selection(("two",), ("t",)), ("two", "t")),
    ],
)
def test_chapters_by_name(selection: Selection, ids: tuple[str, ...]) -> None:
    """`all` is every chapter, each once; tracks come after them."""
    assert request.make(COURSE, selection, Loaded((COURSE,)), WORDS).chapters == ids


def test_a_python_that_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no usage problem: the checks say what is wrong with the machine."""

    def nothing(*words: object) -> None:
        raise LookupError("no Python was found")

    monkeypatch.setattr("envcheck.target.locate.locate", nothing)
    assert request.without_checks(COURSE, None).located.trouble == "no Python was found"


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be deleted there")
def test_a_folder_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run says so in its report; a command that has none ends with a sentence."""
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    asked = request.make(COURSE, Selection(("one",)), Loaded((COURSE,)), WORDS)
    assert "was deleted" in asked.closed
    with pytest.raises(UsageProblem, match="this folder cannot be used"):
        request.without_checks(COURSE, None)


def test_what_macos_takes_from_the_learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind pyenv's shim no program of theirs has it, so none of ours may: a check that fails with it
    would be a false alarm.
    """
    shim = tmp_path / "shims" / "python3"
    shim.parent.mkdir()
    shim.write_text("#!/usr/bin/env bash\n", encoding="utf-8")
    monkeypatch.setenv("DYLD_LIBRARY_PATH", "/opt/lib")
    words = {**WORDS, "python": str(shim)}

    def given() -> bool:
        made = request.make(COURSE, Selection(("one",)), Loaded((COURSE,)), words)
        return "DYLD_LIBRARY_PATH" in made.variables

    assert given()
    monkeypatch.setattr(request, "what_arrives", partial(what_arrives, platform="darwin"))
    assert not given()


def test_a_file_that_is_named_is_not_called_unusable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another user's is passed over until `--course` names it; the reason is no news then."""
    monkeypatch.chdir(tmp_path)
    file = str(tmp_path / "envcheck.toml")
    another = BrokenFile(f"{file}: it belongs to another user, and is not used unless you name it")
    named = replace(COURSE, file=file)
    loaded = Loaded((COURSE,), (another, BROKEN))
    assert request.make(named, Selection(("one",)), loaded, WORDS).broken == (str(BROKEN),)
    assert len(request.make(COURSE, Selection(("one",)), loaded, WORDS).broken) == 2
