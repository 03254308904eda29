"""Fixes that fail, are stopped or are taken back where they do not fit: the machine is as it was,
or the way back is told.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.engine.fixes.test_apply import Person, carry_out, request, run_with, tree, undo

from envcheck import Check, Fix, Rename, Run, SetEnv, Write, fail, ok
from envcheck.environment import Located
from envcheck.errors import UsageProblem
from envcheck.fixes import apply
from envcheck.fixes.state import FixState
from envcheck.reports.working import Working
from envcheck.run.workplace import environment

pytestmark = pytest.mark.slow

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and modes are POSIX's")
HALF = "import pathlib, sys; p = pathlib.Path(sys.argv[1], 'lib'); p.mkdir(parents=True); (p / 'half').write_text('1'); sys.exit('no ensurepip')"


def broken_until(cure: Callable[[], bool], *steps: Rename | Run | SetEnv | Write) -> Check:
    return Check(
        id="x",
        title="X",
        examine=lambda env: (
            ok("whole") if cure() else fail("x", "it is broken", Fix("fix it", steps))
        ),
    )


def make_environment(folder: Path) -> Path:
    """A real environment without pip; gives its Python."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def test_what_a_failed_command_had_made_by_then_is_moved_aside(tmp_path: Path) -> None:
    """`python -m venv` that fails at its end leaves half an environment, which the next run would
    take for a whole one.
    """
    person = Person()
    step = Run((sys.executable, "-c", HALF, str(tmp_path / ".venv")))
    run_with(request(tmp_path, broken_until(lambda: False, step)), person)
    assert tree(tmp_path) == {".venv.envcheck-backup-1/lib/half": "1"}
    assert "Everything is as it was before.\nWhat the fix had made is kept" in person.text
    assert str(tmp_path / ".venv.envcheck-backup-1") in person.text.splitlines()[-1]


def test_half_a_package_is_moved_aside_and_a_kernelspec_too(tmp_path: Path) -> None:
    """An installation that was killed leaves files that no distribution owns."""
    python = make_environment(tmp_path / "env")
    code = (
        "import pathlib, sys, sysconfig; p = pathlib.Path(sysconfig.get_paths()['purelib'], 'pandas'); p.mkdir(); (p / 'x.py').write_text('');"
        "s = pathlib.Path(sys.prefix, 'share/jupyter/kernels/python3'); s.mkdir(parents=True); (s / 'kernel.json').write_text('{}'); sys.exit(1)"
    )
    before = {str(path) for path in (tmp_path / "env").rglob("*")}
    person = Person()
    with_python = request(
        tmp_path,
        broken_until(lambda: False, Run((str(python), "-c", code))),
        PATH=str(python.parent),
    )
    run_with(replace(with_python, located=Located((str(python),), "the test")), person)
    left = {str(path) for path in (tmp_path / "env").rglob("*")} - before
    assert {name.split(".envcheck-backup-1")[0].rpartition(os.sep)[2] for name in left} == {
        "pandas",
        "share",
    }
    assert all(".envcheck-backup-1" in name for name in left)


@posix
def test_ctrl_c_in_a_command_takes_back_what_was_done(tmp_path: Path) -> None:
    """The command gets Ctrl-C itself, then all of it is taken back; nothing is left running."""
    code = "import pathlib, sys, time; pathlib.Path(sys.argv[1]).mkdir(); print('working', flush=True); time.sleep(60)"
    (tmp_path / "a").write_text("1")

    def tick(seconds: float, text: str) -> None:
        assert text == "step 2 of 2: working"
        raise KeyboardInterrupt

    asked = request(tmp_path)
    with environment(asked) as env:
        steps = (
            Rename(str(tmp_path / "a"), str(tmp_path / "b")),
            Run((sys.executable, "-c", code, str(tmp_path / "made"))),
        )
        result = apply.carry_out(
            env, Fix("fix it", steps), FixState(asked.located, dict(asked.variables)), tick
        )
        assert (result.stopped, "was interrupted" in result.failed) == (True, True)
        assert apply.take_back(env, result.state.undo_steps, lambda seconds, text: None) == (
            (),
            None,
        )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "made.envcheck-backup-1"]


def test_a_rename_that_fails_brings_back_what_it_moved_aside(tmp_path: Path) -> None:
    """The place was cleared, and then the disk refused."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "inner").write_text("in the way")
    (tmp_path / "a" / "b").mkdir()
    state, failed = carry_out(tmp_path, Rename(str(tmp_path / "a"), str(tmp_path / "a" / "b")))
    assert "cannot be renamed" in failed
    with environment(request(tmp_path)) as env:
        assert apply.take_back(env, state.undo_steps, lambda seconds, text: None) == ((), None)
    assert tree(tmp_path) == {"a/inner": "in the way"}
    assert (tmp_path / "a" / "b").is_dir()


def test_a_file_that_cannot_be_written_comes_back(tmp_path: Path) -> None:
    """The disk is full, or the folder is not there."""
    state, failed = carry_out(tmp_path, Write(str(tmp_path / "no" / "such" / "file"), "x"))
    assert ("cannot be written" in failed, state.undo_steps) == (True, ())
    state, failed = carry_out(tmp_path, Rename(str(tmp_path / "nothing"), str(tmp_path / "x")))
    assert ("it is not there" in failed, state.undo_steps) == (True, ())


@pytest.mark.parametrize("path", ["/etc/envcheck-test", "/usr/lib/envcheck-test", "/envcheck-test"])
def test_nothing_outside_the_learners_own_folders_is_touched(tmp_path: Path, path: str) -> None:
    """Whatever a fix says: not the system's folders, and not through a link that leads there."""
    (tmp_path / "mine").write_text("1")
    (tmp_path / "link").symlink_to(Path(path).parent)
    for step in (
        Write(path, "x"),
        Rename(str(tmp_path / "mine"), path),
        Write(str(tmp_path / "link" / Path(path).name), "x"),
    ):
        _, failed = carry_out(tmp_path, step)
        assert "envcheck does not touch it" in failed
    assert not Path(path).exists()


def test_nothing_is_installed_into_a_python_that_is_no_environment(tmp_path: Path) -> None:
    """Not by a course's fix either."""
    base = os.path.realpath(sys.executable)
    for tool in ("pip", "ensurepip"):
        _, failed = carry_out(tmp_path, Run((base, "-m", tool, "install", "--dry-run", "x")))
        assert "is not an environment of its own" in failed


def test_two_fixes_in_a_row_leave_two_records(tmp_path: Path) -> None:
    """Also within one second; each is taken back by its own, and the last one first."""
    for name in ("one", "two"):
        (tmp_path / name).write_text(name)
    before = tree(tmp_path)

    def check(name: str) -> Check:
        place = tmp_path / name
        return broken_until(lambda: not place.exists(), Rename(str(place), f"{place}.old"))

    for name in ("one", "two"):
        assert run_with(request(tmp_path, check(name)), Person()).verdict == "ready"
    records = sorted(
        tmp_path.glob("envcheck-fix-*.json"), key=lambda file: (len(file.name), file.name)
    )
    assert len(records) == 2
    for file in reversed(records):
        undo(tmp_path, file, Person())
    assert {
        name: text for name, text in tree(tmp_path).items() if "envcheck-fix" not in name
    } == before


def test_a_fix_of_variables_alone_leaves_no_record(tmp_path: Path) -> None:
    """Nothing on the machine was changed, so there is nothing to take back, and the line for the
    terminal is shown.
    """
    check = Check(
        id="x",
        title="X",
        examine=lambda env: (
            ok("whole")
            if env.variables.get("A")
            else fail("x", "it is broken", Fix("mend", (SetEnv("A", "1"),)))
        ),
    )
    person = Person()
    assert run_with(request(tmp_path, check), person).verdict == "ready"
    assert "export A=1" in person.text
    assert tree(tmp_path) == {}


def record_of(folder: Path, *undo_steps: Mapping[str, object], **more: object) -> Path:
    file = folder / "record.json"
    done = [{"step": {"do": "rename"}, "undo": [step]} for step in undo_steps]
    file.write_text(json.dumps({"schema": 1, "python": sys.executable, "done": done, **more}))
    return file


@pytest.mark.parametrize(
    "step",
    [
        {"do": "run", "argv": ["/bin/rm", "-rf", "/"]},
        {"do": "run", "argv": "rm -rf /"},
        {"do": "run", "argv": []},
        {"do": "rename", "from": 1, "to": "x"},
        {"do": "rename", "from": "a\0b", "to": "x"},
        {"do": "write", "path": "/x", "text": "x"},
        {"do": "tell", "text": "x"},
    ],
    ids=str,
)
def test_a_record_with_a_step_that_no_fix_leaves_is_refused(
    tmp_path: Path, step: Mapping[str, object]
) -> None:
    """A file that somebody edited starts no program and writes no file."""
    with pytest.raises(UsageProblem, match="is not a record that envcheck wrote"):
        undo(tmp_path, record_of(tmp_path, step), Person())


def test_a_record_of_another_machine_changes_nothing(tmp_path: Path) -> None:
    """All is looked at before anything is done: the first step would have worked."""
    (tmp_path / "b").write_text("1")
    fits = {"do": "rename", "from": str(tmp_path / "b"), "to": str(tmp_path / "a")}
    strange = {
        "do": "run",
        "argv": ["/no/such/bin/python", "-m", "pip", "uninstall", "--yes", "numpy"],
    }
    with pytest.raises(UsageProblem, match="not your environment here"):
        undo(tmp_path, record_of(tmp_path, strange, fits), Person())
    assert (tmp_path / "b").exists()


def test_a_record_may_not_lead_out_of_the_learners_folders(tmp_path: Path) -> None:
    """What an edited record names outside is refused before anything is done; and nothing is
    carried from one folder into another, be both the learner's.
    """
    (tmp_path / "b").write_text("1")
    (tmp_path / "course").mkdir()
    fits = {"do": "rename", "from": str(tmp_path / "b"), "to": str(tmp_path / "a")}
    out = {"do": "rename", "from": "/etc/hosts", "to": "/etc/hosts.envcheck-backup-1"}
    with pytest.raises(UsageProblem, match="outside of your folders"):
        undo(tmp_path, record_of(tmp_path, out, fits), Person())
    for to in ("/etc/envcheck-test", str(tmp_path / "course" / ".bashrc")):
        carried = {"do": "rename", "from": str(tmp_path / "b"), "to": to}
        with pytest.raises(UsageProblem, match="is not a record that envcheck wrote"):
            undo(tmp_path, record_of(tmp_path, carried), Person())
    assert (tmp_path / "b").exists()


def test_paths_in_a_record_are_the_homes(tmp_path: Path) -> None:
    """`~/` in the file, the real place when it is taken back."""
    (tmp_path / "random.py").write_text("mine")
    place = tmp_path / "random.py"
    run_with(
        request(
            tmp_path, broken_until(lambda: not place.exists(), Rename(str(place), f"{place}.old"))
        ),
        Person(),
    )
    file = next(tmp_path.glob("envcheck-fix-*.json"))
    assert str(tmp_path) not in file.read_text().replace(sys.executable, "")
    assert "~/random.py" in file.read_text()
    undo(tmp_path, file, Person())
    assert place.exists()


class Terminal(io.StringIO):
    """Knows no size: the width that was asked for holds."""


@pytest.mark.parametrize("width", [80, 60, 40])
def test_the_moving_line_fits_its_terminal(width: int) -> None:
    """One line that is written over, never wrapped, and gone before the next line that stays."""
    stream = Terminal()
    working = Working(stream, width, moving=True)
    for second in range(1, 200, 7):
        working.tick(
            second,
            "Installing collected packages: pure-eval, ptyprocess, websocket-client, \u5305\u5305\u5305, tornado"
            * (second % 3),
        )
    working.line("Done.")
    drawn = stream.getvalue().split("\r")
    assert max(len(one.rstrip()) for one in drawn) < width
    assert drawn[-1] == "Done.\n"
    assert stream.getvalue().count("\n") == 1


@pytest.mark.parametrize("width", [0, 1, 3, 6])
def test_a_terminal_without_room(width: int) -> None:
    """COLUMNS=3, or a window that is made as small as it goes: no end of shortening otherwise."""
    stream = Terminal()
    Working(stream, width, moving=True).tick(5, "Installing collected packages: numpy")
    assert stream.getvalue() == "\r..."


def test_without_a_terminal_lines_are_few() -> None:
    """Ten seconds between two, and the same words a minute later only."""
    stream = Terminal()
    working = Working(stream, 80, moving=False)
    for second in range(1, 131):
        working.tick(second, "Collecting" if second < 15 else "Installing")
    assert stream.getvalue().splitlines() == [
        "... 10 s: Collecting",
        "... 20 s: Installing",
        "... 80 s: Installing",
    ]
