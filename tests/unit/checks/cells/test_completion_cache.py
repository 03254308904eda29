"""Jedi's own cache: where nothing can be written there, the Tab key is tried with it as it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.plain_user import as_plain_user

from envcheck import Rename
from envcheck.testing import described, interpreter
from envcheck_checks.cells import completion, completion_cache, tab_key
from envcheck_checks.kernel.client import Kernel


class WithJedi:
    """A kernel whose Jedi keeps what it reads in this folder, and offers nothing where it may not."""

    def __init__(self, cache: Path | None, *, minds: bool = True) -> None:
        self.cache, self.minds, self.moved = cache, minds, False
        self.running: Any = SimpleNamespace(stderr=SimpleNamespace(text=str))

    def execute(self, code: str, timeout: float) -> SimpleNamespace:
        if code == completion_cache.ASK:
            told = f"{completion_cache.MARK}{self.cache}\n" if self.cache else ""
            return SimpleNamespace(text=f"hello\n{told}")
        self.moved = self.moved or "cache_directory =" in code
        return SimpleNamespace(text="")

    def complete(self, code: str, timeout: float) -> Sequence[str]:
        return ["np.arange"] if self.moved or not self.minds else []


def pressed(folder: Path, kernel: WithJedi) -> completion.Tab:
    home = {"HOME": str(folder)}
    env = described(variables=home, python=interpreter())
    env.new_folder("jedi").chmod(0o777)
    with as_plain_user():
        return completion.press_tab(env, cast(Kernel, kernel), tab_key.OF_NUMPY)


def closed(folder: Path) -> Path:
    folder.mkdir()
    folder.chmod(0o555)
    return folder / "jedi"


def a_file(folder: Path) -> Path:
    folder.write_text("")
    return folder / "jedi"


@pytest.mark.parametrize(
    ("breaks", "title"),
    [
        (closed, "make the folder your own again"),
        (a_file, "move it aside; a folder is made in its place"),
    ],
)
def test_a_cache_that_cannot_be_written(open_folder: Path, breaks: Any, title: str) -> None:
    open_folder.chmod(0o777)  # the home is the learner's
    kernel = WithJedi(breaks(open_folder / ".cache"))
    (warning,) = pressed(open_folder, kernel).warnings
    assert warning.code == "tab-completes-nothing"
    assert "jedi, which looks the names up, may not write into its own folder" in warning.summary
    assert warning.evidence.looked_in == str(open_folder / ".cache")
    assert warning.fixes[0].title == title


def test_a_home_that_is_closed_as_a_whole(open_folder: Path) -> None:
    """As on a managed computer: what the check says tells it, and nothing is to be mended."""
    home = open_folder / "home"
    home.mkdir()
    home.chmod(0o555)
    tab = pressed(home, WithJedi(home / ".cache" / "jedi"))
    assert not tab.warnings
    assert tab.words == (
        "; the Tab key completes nothing: jedi keeps what it reads in the home, which is closed to "
        "you as a whole"
    )


def test_a_closed_home_excuses_no_other_folder(open_folder: Path) -> None:
    """XDG_CACHE_HOME leads out of it."""
    home = open_folder / "home"
    home.mkdir()
    home.chmod(0o555)
    (warning,) = pressed(home, WithJedi(closed(open_folder / "caches"))).warnings
    assert warning.evidence.looked_in == str(open_folder / "caches")


def test_one_that_is_done_without(open_folder: Path) -> None:
    """A Jedi that completes all the same is no fault."""
    kernel = WithJedi(closed(open_folder / ".cache"), minds=False)
    assert not pressed(open_folder, kernel).warnings


@pytest.mark.parametrize("cache", [None, "jedi"])
def test_one_that_can_be_written_stays_as_it_is(open_folder: Path, cache: str | None) -> None:
    """The key is tried with a folder of ours; without Jedi there is none."""
    open_folder.chmod(0o777)
    kernel = WithJedi(open_folder / cache if cache else None)
    assert not pressed(open_folder, kernel).warnings
    assert kernel.moved


WHOLE = b"\x80\x04N."


@pytest.mark.parametrize("content", [b"", b"\x80\x04N", b"half", b"\0" * 40, WHOLE + b"\n"])
def test_files_that_were_cut_are_told_of(open_folder: Path, content: bytes) -> None:
    """Only those that this Python's Jedi reads; a whole one is no word."""
    cache = open_folder / "jedi"
    for folder in ("CPython-312-33", "CPython-27-33"):
        (cache / folder).mkdir(parents=True)
        (cache / folder / "a.pkl").write_bytes(WHOLE)
    (cache / "CPython-27-33" / "b.pkl").write_bytes(content)
    open_folder.chmod(0o777)
    cache.chmod(0o777)
    kernel = WithJedi(cache)
    assert not pressed(open_folder, kernel).warnings
    (cache / "CPython-312-33" / "b.pkl").write_bytes(content)
    (warning,) = pressed(open_folder, kernel).warnings
    assert (warning.code, warning.evidence.looked_in) == (
        "tab-completes-nothing",
        str(cache / "CPython-312-33"),
    )
    (aside,) = [step for step in warning.fixes[0].steps if isinstance(step, Rename)]
    Path(aside.source).rename(aside.to)
    assert not pressed(open_folder, kernel).warnings
