"""A variable is looked for where the course's programs do, and its value is never told."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import file_at, on

from envcheck import Diagnosis, Fine, Tell, Unknown
from envcheck.course_file.asked import Variable
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.variables import env_file_places
from envcheck_checks.course_file.variables.variable import variable_set

SECRET = "sk-proj-0123456789"
WANTED = Variable(".env", ("sk-YOUR_KEY_HERE",))


def examined(
    folder: Path, wanted: Variable = WANTED, system: str = "linux", **variables: Any
) -> object:
    """What the check says, in a course in `work` whose chapter is `work/ch1`."""
    env = on(system, folder, **variables)
    root = folder / "work"
    (root / "ch1").mkdir(exist_ok=True)
    check = variable_set("API_KEY", wanted, ChapterPlace("w", root / "ch1", root))
    outcome = check.examine(env)
    assert SECRET not in repr(outcome)
    return outcome


@pytest.mark.parametrize(
    "text",
    [
        f"API_KEY={SECRET}",
        f'OTHER=1\r\nexport API_KEY = "{SECRET}" # mine\r\n',
        f"API_KEY='{SECRET}'",
        f"\ufeffAPI_KEY={SECRET}\n",
        f"API_KEY=\nAPI_KEY={SECRET}\n",
        f"API_KEY={SECRET}#not a comment",
    ],
)
@pytest.mark.parametrize("place", ["work/ch1/.env", "work/.env"])
def test_a_value_in_the_file(tmp_path: Path, text: str, place: str) -> None:
    """However it is written, beside the notebook or in a folder above."""
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).write_bytes(text.encode())
    assert examined(tmp_path) == Fine("it has a value, in .env")


@pytest.mark.parametrize(
    ("files", "code", "sign"),
    [
        ({}, "variable-unset", "there is no file `.env`"),
        ({"ch1/.env.example": "API_KEY=x"}, "variable-unset", "there is no file"),
        ({".env": f"OTHER={SECRET}"}, "variable-unset", "not in `.env`"),
        ({".env": f"a=1\nAPI_KEY: {SECRET}"}, "variable-unset", "not in `.env`"),
        ({".env": f"# API_KEY={SECRET}"}, "variable-unset", "not in `.env`"),
        ({".env": "API_KEY=\n"}, "variable-empty", "empty"),
        ({".env": "API_KEY=  # your key\n"}, "variable-empty", "empty"),
        ({".env": 'API_KEY=""'}, "variable-empty", "empty"),
        ({".env": "API_KEY= 'sk-your_key_here'"}, "variable-placeholder", "value of the example"),
        ({"ch1/.env.txt": f"API_KEY={SECRET}"}, "env-file-misnamed", "`.env.txt` should be called"),
        ({"env": f"API_KEY={SECRET}"}, "env-file-misnamed", "`env` should be called `.env`"),
        ({"ch2/.env": f"API_KEY={SECRET}"}, "env-file-misplaced", "lies in a folder"),
        ({"ch1/notebooks/.env": f"API_KEY={SECRET}"}, "env-file-misplaced", "lies in a folder"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_file(
    tmp_path: Path, files: dict[str, str], code: str, sign: str
) -> None:
    for name, text in files.items():
        file_at(tmp_path / "work" / name, text)
    outcome = examined(tmp_path)
    assert isinstance(outcome, Diagnosis)
    assert outcome.code == code
    assert sign in outcome.summary
    assert outcome.fixes
    assert not outcome.fixes[0].automatic


@pytest.mark.parametrize("up", ["../", "../../"])
def test_a_file_above_the_course_is_read(tmp_path: Path, up: str) -> None:
    """`load_dotenv()` goes up to the disk's root, and takes the first file that it comes to."""
    file = tmp_path / "deep/work" / up / ".env"
    file_at(file, f"API_KEY={SECRET}")
    outcome = examined(tmp_path / "deep")
    assert isinstance(outcome, Fine)
    assert str(file.resolve()) in outcome.summary, "it is not the course's: where it lies is told"
    file_at(tmp_path / "deep/work/.env", "OTHER=1")
    assert getattr(examined(tmp_path / "deep"), "code", "") == "variable-unset", "the nearest alone"


def test_only_a_bare_name_is_looked_for_above_the_course(tmp_path: Path) -> None:
    """Another path is written for the course's own folders."""
    file_at(tmp_path / "settings/keys.env", f"API_KEY={SECRET}")
    outcome = examined(tmp_path, Variable("settings/keys.env"))
    assert isinstance(outcome, Diagnosis)


@pytest.mark.skipif(
    sys.platform == "win32", reason="only on systems whose files have an owner's id"
)
def test_a_strangers_file_above_the_course_is_not_the_learners(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_at(tmp_path / ".env", f"API_KEY={SECRET}")
    monkeypatch.setattr(os, "geteuid", lambda: (tmp_path / ".env").stat().st_uid + 1)
    monkeypatch.setattr("envcheck_checks.course_file.variables.env_file_places.ADMINISTRATOR", -1)
    outcome = examined(tmp_path)
    assert getattr(outcome, "code", "") == "variable-unset"


def test_on_windows_nobody_owns_a_file_by_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python says 0 for all there."""
    file_at(tmp_path / ".env", f"API_KEY={SECRET}")
    (tmp_path / "work").mkdir()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delattr(os, "geteuid", raising=False)
    monkeypatch.setattr("envcheck_checks.course_file.variables.env_file_places.ADMINISTRATOR", -1)
    assert env_file_places.above(".env", "API_KEY", tmp_path / "work", {}) is not None


def test_the_line_that_gives_no_value_is_named(tmp_path: Path) -> None:
    file_at(tmp_path / "work/.env", f"a=1\nset API_KEY {SECRET}\n")
    outcome = examined(tmp_path)
    assert isinstance(outcome, Diagnosis)
    assert outcome.evidence.found == "line 2 names it, and gives it no value"


@pytest.mark.parametrize("kind", ["a folder", "environment", "a link that leads nowhere"])
def test_what_lies_in_the_place_of_the_file_is_told(tmp_path: Path, kind: str) -> None:
    """A file cannot be made there before it is moved."""
    path = tmp_path / "work/.env"
    path.parent.mkdir()
    if kind.startswith("a link"):
        path.symlink_to(tmp_path / "gone")
    else:
        path.mkdir()
    if kind == "environment":
        (path / "pyvenv.cfg").touch()
    outcome = examined(tmp_path)
    assert isinstance(outcome, Diagnosis)
    assert outcome.code == "env-file-not-read"
    assert kind in outcome.evidence.found
    assert "another name" in repr(outcome.fixes)
    file_at(tmp_path / "work/ch1/.env", f"API_KEY={SECRET}")
    assert isinstance(examined(tmp_path), Fine), "a file nearer to the notebook counts"


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with pipes that have a name")
def test_a_pipe_of_a_safe_is_not_read(tmp_path: Path) -> None:
    """To look into it would ask the learner for a password."""
    (tmp_path / "work").mkdir()
    os.mkfifo(tmp_path / "work/.env")
    assert isinstance(examined(tmp_path), Unknown)


def test_utf_16_as_powershell_writes_it(tmp_path: Path) -> None:
    """python-dotenv ends with a UnicodeDecodeError."""
    (tmp_path / "work").mkdir()
    (tmp_path / "work/.env").write_bytes(f"API_KEY={SECRET}\r\n".encode("utf-16"))
    outcome = examined(tmp_path)
    assert isinstance(outcome, Diagnosis)
    assert outcome.code == "env-file-not-read"


def test_the_terminal_counts_before_the_file(tmp_path: Path) -> None:
    """As for python-dotenv: an empty one hides the file's."""
    file_at(tmp_path / "work/.env", f"API_KEY={SECRET}")
    outcome = examined(tmp_path, API_KEY="")
    assert isinstance(outcome, Diagnosis)
    assert (outcome.code, outcome.evidence.looked_in) == (
        "variable-empty",
        "the variables of this terminal",
    )


@pytest.mark.parametrize("value", [f'"{SECRET}"', f"{SECRET}\r", f"{SECRET} "])
def test_what_a_shell_left_at_the_ends(tmp_path: Path, value: str) -> None:
    outcome = examined(tmp_path, Variable(), API_KEY=value)
    assert isinstance(outcome, Fine)
    assert [warning.code for warning in outcome.warnings] == ["variable-odd-ends"]


@pytest.mark.parametrize(
    "quotes", ["\u201c{}\u201d", "\u2018{}\u2019", "\u201e{}\u201c", "\xab{}\xbb", "\u201c{}"]
)
@pytest.mark.parametrize("in_file", [True, False])
def test_printed_quotes_are_a_part_of_the_value(tmp_path: Path, quotes: str, in_file: bool) -> None:
    """A word processor made them: around an example's value they make no value of one's own."""

    def outcome(value: str) -> object:
        if not in_file:
            return examined(tmp_path, API_KEY=value)
        file_at(tmp_path / "work/.env", f"API_KEY={value}")
        return examined(tmp_path)

    own = outcome(quotes.format(SECRET))
    assert isinstance(own, Fine)
    assert [warning.code for warning in own.warnings] == ["variable-odd-ends"]
    example = outcome(quotes.format("sk-YOUR_KEY_HERE"))
    assert getattr(example, "code", "") == "variable-placeholder"
    assert getattr(outcome(quotes.format("")), "code", "") == "variable-empty"


def test_windows_knows_no_case(tmp_path: Path) -> None:
    assert isinstance(examined(tmp_path, Variable(), "win32", Api_Key=SECRET), Fine)
    unset = examined(tmp_path, Variable())
    assert isinstance(unset, Diagnosis)
    assert unset.code == "variable-unset"


def test_windows_has_its_own_line(tmp_path: Path) -> None:
    lines = {}
    for system in ("linux", "win32"):
        unset = examined(tmp_path, Variable(), system)
        assert isinstance(unset, Diagnosis)
        (step,) = unset.fixes[0].steps[:1]
        assert isinstance(step, Tell)
        lines[system] = step.text
    assert "export API_KEY='...'" in lines["linux"]
    assert '$env:API_KEY = "..."' in lines["win32"]
