"""What uv says of the Pythons that it could fetch, and what comes of asking for one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from envcheck.errors import UsageProblem
from envcheck.processes.process import Ending, Finished, Processes
from envcheck.rehearsal import pythons
from envcheck.rehearsal.fetching import Fetcher


def row(version: str, **more: Any) -> dict[str, Any]:
    return {"version": version, "implementation": "cpython", "variant": "default", **more}


RELEASES = [
    row("3.16.0a2"),
    row("3.15.2"),
    row("3.15.2", variant="freethreaded"),
    row("3.14.10"),
    row("3.13.18"),
    row("3.9.25"),
    row("2.7.18"),
    row("3.13.0", implementation="graalpy"),
    {"version": 3},
    "x",
]
OFFLINE = (
    "error: No interpreter found for Python 3.13 in managed installations or search path\n\n"
    "hint: A managed Python download is available for Python 3.13, but uv is set to offline mode\n"
)


class Uv(Processes):
    """Says what there is, and fetches all but those of `refused`."""

    def __init__(self, releases: object = RELEASES, refused: tuple[str, ...] = ()) -> None:
        self.releases, self.refused = releases, refused
        self.asked: list[str] = []

    def run(self, argv: list[str], **words: Any) -> Finished:  # type: ignore[override]  # told, not run
        if argv[1] == "python":
            return Finished(tuple(argv), Ending.EXITED, 0, json.dumps(self.releases), "", 0.1)
        if argv[1] != "venv":  # a Python is asked for its version
            there = "/pythons/" in argv[0]
            said = f"{Path(argv[0]).parts[-3]}.7\n" if there else ""
            return Finished(tuple(argv), Ending.EXITED, int(not there), said, "no such Python", 0.1)
        version, place = argv[-2], Path(argv[-1])
        self.asked.append(version)
        assert words["env"]["UV_PYTHON_INSTALL_DIR"].startswith(str(place.parent))
        if version in self.refused:
            return Finished(tuple(argv), Ending.EXITED, 2, "", OFFLINE, 0.1)
        home = place.parent / "pythons" / version / "bin"
        home.mkdir(parents=True)
        (home / f"python{version}").touch()
        place.mkdir()
        (place / "pyvenv.cfg").write_text(f"uv = 0.13\nhome = {home}\n")
        return Finished(tuple(argv), Ending.EXITED, 0, "", "", 0.1)


def machine(folder: Path, uv: Uv) -> pythons.Machine:
    """Without a Python of its own."""
    variables = {"HOME": str(folder / "home"), "PATH": ""}
    fetcher = Fetcher("uv", folder, folder, variables, uv, 60.0, lambda words: None)
    return pythons.Machine(variables, uv, fetcher)


@pytest.fixture(autouse=True)
def nothing_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pythons, "pythons_of", lambda minor, of: iter(()))


def versions(shelf: pythons.Shelf) -> list[str]:
    return [column.version for column in shelf.columns]


def test_what_the_course_allows_and_somebody_looks_after(tmp_path: Path) -> None:
    """No release to come, none past its end, no other build than everybody's."""
    uv = Uv()
    shelf = pythons.shelf((), [">=3.8"], machine(tmp_path, uv))
    assert versions(shelf) == ["3.13.7", "3.14.7", "3.15.7"]
    assert shelf.missed is None
    shelf = pythons.shelf((), ["<3.14"], machine(tmp_path / "other", Uv()))
    assert versions(shelf) == ["3.13.7"]
    assert Path(shelf.columns[0].executable).is_relative_to(tmp_path.resolve() / "other")


def test_the_first_that_cannot_be_had_stands_for_the_rest(tmp_path: Path) -> None:
    """The network is the same for all of them, and each refusal takes its time."""
    uv = Uv(refused=("3.14", "3.15"))
    shelf = pythons.shelf((), [">=3.8"], machine(tmp_path, uv))
    assert versions(shelf) == ["3.13.7"]
    assert shelf.missed is not None
    assert shelf.missed.versions == ("3.14", "3.15")
    assert shelf.missed.reason.endswith("but uv is set to offline mode")
    assert uv.asked == ["3.13", "3.14"]


def test_where_nothing_is_here_and_nothing_comes(tmp_path: Path) -> None:
    uv = Uv(refused=("3.13",))
    with pytest.raises(UsageProblem, match=r"could not fetch: .*offline mode; name one"):
        pythons.shelf((), [">=3.8"], machine(tmp_path, uv))


def test_one_that_is_asked_for(tmp_path: Path) -> None:
    uv = Uv(refused=("3.14",))
    (column,) = pythons.shelf(("3.13",), [""], machine(tmp_path, uv)).columns
    assert column.version == "3.13.7"
    with pytest.raises(UsageProblem, match=r"--python 3.14: .*answers; uv says: .*offline mode"):
        pythons.shelf(("3.14",), [""], machine(tmp_path, uv))


@pytest.mark.parametrize("releases", [None, {}, [None, 3], [{"version": None}]])
def test_a_uv_that_says_something_else(tmp_path: Path, releases: object) -> None:
    uv = Uv(releases)
    assert machine(tmp_path, uv).fetcher is not None
    with pytest.raises(UsageProblem, match="was found on this machine; name one"):
        pythons.shelf((), [""], machine(tmp_path, uv))


def test_an_environment_that_says_nothing(tmp_path: Path) -> None:
    """uv ended well, and nothing came of it."""

    class Silent(Uv):
        def run(self, argv: list[str], **words: Any) -> Finished:  # type: ignore[override]  # told, not run
            return Finished(tuple(argv), Ending.EXITED, 0, "", "all is well", 0.1)

    fetcher = machine(tmp_path, Silent()).fetcher
    assert fetcher is not None
    assert fetcher.fetch(13) == "all is well"
