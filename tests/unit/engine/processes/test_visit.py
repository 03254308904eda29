"""Files of ours in a folder of the learner's: however it ends, the folder is as it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pace import within

from envcheck.processes.process import Processes
from envcheck.processes.visit import Visit

WORD = "envcheck-0123456789ab"
MAKES = (".cache",)


def seen(folder: Path) -> dict[str, object]:
    """Names, modes, times and contents."""
    places = [folder, *sorted(folder.rglob("*"))]
    status = {str(place): place.lstat() for place in places}
    return {
        name: (
            one.st_mode,
            one.st_mtime_ns,
            Path(name).read_bytes() if Path(name).is_file() else b"",
        )
        for name, one in status.items()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "ml"
    (place / "data").mkdir(parents=True)
    (place / "data" / "a.csv").write_text("1")
    (place / "notes.ipynb").write_text("{}")
    for one in (place / "data", place):
        os.utime(one, ns=(1_600_000_000_000_000_123, 1_600_000_000_000_000_456))
    return place


def bring(folder: Path) -> None:
    """What Jupyter and its hooks may make of one notebook."""
    (folder / f"{WORD}.ipynb").write_text("{}")
    (folder / f".~{WORD}.ipynb").write_text("{}")
    (folder / f"{WORD}_files").mkdir()
    (folder / f"{WORD}_files" / "picture.png").write_text("")
    (folder / "data" / f"{WORD}.py").write_text("")
    for made in (".cache", "html"):
        (folder / made).mkdir(exist_ok=True)
        (folder / made / f"{WORD}-copy.ipynb").write_text("{}")


def test_all_is_as_it_was(processes: Processes, folder: Path) -> None:
    before = seen(folder)
    with processes.visit(str(folder), WORD, MAKES):
        bring(folder)
        assert seen(folder) != before
    assert seen(folder) == before


def test_what_others_made_meanwhile_stays(processes: Processes, folder: Path) -> None:
    """Also an empty folder, and the time at which it was made."""
    with processes.visit(str(folder), WORD, MAKES):
        bring(folder)
        (folder / "html" / "index.html").write_text("")
        (folder / "new").mkdir()
    assert sorted(path.name for path in folder.rglob("*")) == sorted(
        ["data", "a.csv", "notes.ipynb", "html", "index.html", "new"]
    )
    assert folder.stat().st_mtime_ns > 1_700_000_000_000_000_000


def test_a_folder_made_for_a_copy_that_never_came(processes: Processes, folder: Path) -> None:
    before = seen(folder)
    with processes.visit(str(folder), WORD, MAKES):
        (folder / ".cache").mkdir()
    assert seen(folder) == before


def test_a_folder_behind_a_link(processes: Processes, folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / ".cache").symlink_to(elsewhere)
    before, there = seen(folder), seen(elsewhere)
    with processes.visit(str(folder), WORD, MAKES):
        bring(folder)
    assert (seen(folder), seen(elsewhere)) == (before, there)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks no folders")
def test_two_runs_visit_one_after_the_other(processes: Processes, folder: Path) -> None:
    """So that neither takes the folder of the other's making for the learner's."""
    before, met = seen(folder), []

    def visit(word: str) -> None:
        with processes.visit(str(folder), word, MAKES):
            met.append(sorted(path.name for path in folder.iterdir() if "envcheck" in path.name))
            (folder / f"{word}.ipynb").write_text("")
            (folder / ".cache").mkdir()
            time.sleep(0.1)

    threads = [
        threading.Thread(target=visit, args=(f"envcheck-{one * 12}",)) for one in ("a", "b", "c")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert met == [[], [], []]
    assert seen(folder) == before


def test_a_run_that_is_over_visits_no_more(processes: Processes, folder: Path) -> None:
    processes.close()
    with pytest.raises(InterruptedError), processes.visit(str(folder), WORD):
        pytest.fail("let in")


def test_the_end_of_a_run_ends_its_visits(processes: Processes, folder: Path) -> None:
    """Somebody who was given up is still in the middle of it."""
    before = seen(folder)
    with processes.visit(str(folder), WORD, MAKES):
        bring(folder)
        processes.close()
        assert seen(folder) == before


def test_a_word_that_others_may_use_is_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match="too short"):
        Visit.begin(str(folder), "note")


def test_names_of_any_bytes_are_carried(folder: Path) -> None:
    (folder / os.fsdecode(b"\xff\n")).mkdir()
    visit = Visit.begin(str(folder), WORD, MAKES)
    assert "\n" not in visit.written
    again = Visit.read(visit.written)
    assert {name: tuple(times) for name, times in again.times.items()} == visit.times
    bring(folder)
    assert again.clear()
    assert not list(folder.rglob(f"*{WORD}*"))


KILLED = """
import os, sys, time
from pathlib import Path
from envcheck.processes.process import Processes
from envcheck.processes.watchdog import Watchdog
sys.path[:0] = [sys.argv[2]]
from tests.unit.engine.processes.test_visit import MAKES, WORD, bring
folder = Path(sys.argv[1])
processes = Processes(Watchdog("test-" + os.urandom(8).hex()))
with processes.visit(str(folder), WORD, MAKES):
    bring(folder)
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX's")
def test_killed_in_the_middle(folder: Path) -> None:
    """The watchdog does what we cannot."""
    before = seen(folder)
    root = Path(__file__).parents[4]
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder), str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"ready\n"
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
    end = time.monotonic() + within(5)
    while not is_as(folder, before) and time.monotonic() < end:
        time.sleep(0.05)
    assert seen(folder) == before


def is_as(folder: Path, before: object) -> bool:
    """Whether all is as it was; not while somebody is at it."""
    try:
        return seen(folder) == before
    except FileNotFoundError:  # between the list of names and the look at one of them
        return False


KEYS = st.sampled_from(["folder", "word", "makes", "names"])
ANY_JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner),
)


@given(value=ANY_JSON)
def test_what_no_visit_has_written(value: object) -> None:
    """Refused in one way, whatever its shape is."""
    with pytest.raises(ValueError, match="not what a visit has written"):
        Visit.read(json.dumps(value))
