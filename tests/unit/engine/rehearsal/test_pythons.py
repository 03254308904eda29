"""Which Pythons of a machine are rehearsed on, and where they lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.errors import UsageProblem
from envcheck.processes.process import Ending, Finished, Processes
from envcheck.rehearsal import pythons
from envcheck.rehearsal.matrix import Column
from envcheck.target.python_homes import pythons_of


class Answering(Processes):
    """Pythons that say the version which their path names; those below `dead` say nothing."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def run(self, argv: list[str], **_: object) -> Finished:  # type: ignore[override]  # told, not run
        self.asked.append(argv[0])
        code = 1 if "dead" in argv[0] else 0
        said = Path(argv[0]).parts[-3]
        return Finished(tuple(argv), Ending.EXITED, code, f"{said}\n", "", 0.1)


def install(home: Path, *versions: str) -> dict[str, str]:
    """pyenv's folder with these, and the variables of whoever has it."""
    for version in versions:
        minor = version.split(".")[1]
        file = home / ".pyenv/versions" / version / "bin" / f"python3.{minor}"
        file.parent.mkdir(parents=True)
        file.write_text("")
        file.chmod(0o755)
    return {"HOME": str(home), "PATH": ""}


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setattr(pythons, "pythons_of", lambda minor, of: pythons_of(minor, of, "linux"))
    return install(tmp_path, "3.10.4", "3.12.9", "3.12.10", "3.13.0")


def test_the_newest_release_of_each_version(machine: dict[str, str]) -> None:
    there = pythons.shelf((), [""], pythons.Machine(machine, Answering())).columns
    assert [column.version for column in there] == ["3.10.4", "3.12.10", "3.13.0"]


def test_those_that_the_course_allows(machine: dict[str, str]) -> None:
    processes = Answering()
    there = pythons.shelf((), [">=3.11,<3.13"], pythons.Machine(machine, processes)).columns
    assert [column.version for column in there] == ["3.12.10"]
    assert len(processes.asked) == 1
    with pytest.raises(UsageProblem, match=r"that the course allows \(>=3.14\)"):
        pythons.shelf((), [">=3.14"], pythons.Machine(machine, processes))


@pytest.mark.parametrize(
    ("takes", "versions"),
    [
        (["<3.11", ""], ["3.10.4", "3.12.10", "3.13.0"]),
        (["<3.11", ">=3.13"], ["3.10.4", "3.13.0"]),
        (["!=3.12.10", "<3.11"], ["3.10.4", "3.12.9", "3.13.0"]),
        (["==3.12.9"], ["3.12.9"]),
    ],
)
def test_all_that_any_chapter_takes(
    machine: dict[str, str], takes: list[str], versions: list[str]
) -> None:
    """An older release stands in where the newest is one that nobody takes."""
    there = pythons.shelf((), takes, pythons.Machine(machine, Answering())).columns
    assert [column.version for column in there] == versions


def test_one_that_is_asked_for_by_its_version(machine: dict[str, str]) -> None:
    (column,) = pythons.shelf(("3.10",), [">=3.12"], pythons.Machine(machine, Answering())).columns
    assert column.version == "3.10.4"
    with pytest.raises(UsageProblem, match=r"--python /dead/bin/python: no such Python"):
        pythons.shelf(("/dead/bin/python",), [""], pythons.Machine(machine, Answering()))


@pytest.mark.parametrize(
    "place",
    [
        "local/Programs/Python/Python312/python.exe",
        "local/Python/pythoncore-3.12-64/python.exe",
        "home/.pyenv/pyenv-win/versions/3.12.4/python.exe",
        "roaming/uv/python/cpython-3.12.4-windows-x86_64-none/python.exe",
    ],
)
def test_where_they_lie_on_windows(place: str, tmp_path: Path) -> None:
    windows = {
        "HOME": str(tmp_path / "home"),
        "USERPROFILE": str(tmp_path / "home"),
        "LOCALAPPDATA": str(tmp_path / "local"),
        "APPDATA": str(tmp_path / "roaming"),
        "PATH": str(tmp_path),
    }
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).write_text("")
    assert [*pythons_of(12, windows, "win32")] == [tmp_path / place]


def test_where_they_lie_on_a_mac(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folders of python.org's and of Homebrew's Pythons are searched, and no shim of pyenv's."""
    searched: list[str] = []

    def glob(folder: Path, pattern: str) -> list[Path]:
        searched.append(f"{folder}/{pattern}")
        return []

    monkeypatch.setattr(Path, "glob", glob)
    mac = [*pythons_of(12, {"HOME": "/h", "PATH": "/usr/bin:/x/shims"}, "darwin")]
    assert mac == [Path("/usr/bin/python3.12")]
    assert "/Library/Frameworks/Python.framework/Versions/3.12/bin/python3.12" in searched
    assert "/opt/homebrew/opt/python@3.12/bin/python3.12" in searched


def test_a_column_by_its_version() -> None:
    assert pythons.is_allowed(Column("3.14.0rc1"), ">=3.13")
    assert not pythons.is_allowed(Column("3.9.18"), ">=3.10")
