"""A fix that was killed in the middle of a step: its record says what was begun, and `undo` takes
back as much as was done.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.engine.fixes.test_apply import Person, request, tree, undo

from envcheck import Fix, Rename, Run, Write, fail
from envcheck.environment import Located
from envcheck.errors import UsageProblem
from envcheck.fixes import apply, file_steps, record, unfinished
from envcheck.fixes.snapshot import Snapshot
from envcheck.fixes.state import FixState
from envcheck.model import Diagnosis
from envcheck.run.workplace import environment
from envcheck.target.conda import Record

pytestmark = pytest.mark.slow

posix = pytest.mark.skipif(sys.platform == "win32", reason="killed as POSIX kills")
# One package whole, half of another, a kernelspec, and then it waits to be killed.
INSTALLS = """
import pathlib, sysconfig, sys, time
site = pathlib.Path(sysconfig.get_paths()["purelib"])
def package(name, whole):
    (site / name).mkdir()
    (site / name / "__init__.py").write_text("")
    info = site / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\\nName: {name}\\nVersion: 1.0\\n")
    (info / "INSTALLER").write_text("pip\\n")
    if whole:
        (pathlib.Path(sys.prefix) / "share/deep/er").mkdir(parents=True)
        (pathlib.Path(sys.prefix) / "share/deep/er/file").write_text("")
        (info / "RECORD").write_text("\\n".join(f"{path},," for path in (
            f"{name}/__init__.py", f"{name}-1.0.dist-info/METADATA", f"{name}-1.0.dist-info/INSTALLER",
            f"{name}-1.0.dist-info/RECORD", "../../../share/deep/er/file")))
package("wholeone", True)
if sys.argv[1] == "killed":
    package("halfone", False)
    print("ready", flush=True)
    time.sleep(60)
"""


def _done(step: Rename | Write) -> None:
    if isinstance(step, Rename):
        file_steps.rename(step)
    else:
        file_steps.write(step)


class Killed(BaseException):
    """What no step catches, as nothing catches a signal 9."""


@pytest.fixture(scope="module")
def with_pip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("course") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    return folder


def diagnosis() -> Diagnosis:
    found = fail("x", "it is broken")
    assert isinstance(found, Diagnosis)
    return found


def carried_out(folder: Path, python: Path, step: Run, *, killed: bool) -> Path:
    """The record of a fix of one step."""
    asked = request(folder, None, HOME=str(folder.parent))
    file, fix = folder / "envcheck-fix.json", Fix("mend", (step,))

    def keep(state: FixState) -> None:
        assert record.write(file, record.document(diagnosis(), fix, state, "")) == ""

    def tick(seconds: float, text: str) -> None:
        if text.endswith("ready"):
            raise Killed

    state = FixState(Located((str(python),), "the test"), dict(asked.variables))
    with environment(asked) as env:
        if killed:
            with pytest.raises(Killed):
                apply.carry_out(env, fix, state, tick, keep)
        else:
            assert apply.carry_out(env, fix, state, tick, keep).failed == ""
    return file


def files(folder: Path) -> set[str]:
    """All names below, folders too, but for what Python keeps of its modules."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if "__pycache__" not in path.parts
    }


@posix
@pytest.mark.parametrize("killed", [True, False])
def test_packages_that_came_before_the_kill(with_pip: Path, killed: bool) -> None:
    """What is whole is taken out by name, half a package is moved aside, folders that are empty then
    go, and what the learner has made meanwhile stays.
    """
    folder, python = with_pip.parent, with_pip / "bin" / "python"
    before = files(folder)
    step = Run((str(python), "-c", INSTALLS, "killed" if killed else "ends"))
    file = carried_out(folder, python, step, killed=killed)
    assert any(with_pip.glob("lib/python3*/site-packages/wholeone"))
    (folder / "homework.ipynb").write_text("{}")
    person = Person()
    undo(folder, file, person, HOME=str(folder.parent))
    assert "Everything is as it was before that fix." in person.text
    after = files(folder) - {"envcheck-fix.json", "homework.ipynb"}
    left = {name for name in after - before if ".envcheck-backup-" not in name}
    assert (before - after, left) == (set(), set())
    assert (folder / "homework.ipynb").exists()
    for path in [*folder.glob(".venv/**/*.envcheck-backup-*"), file, folder / "homework.ipynb"]:
        subprocess.run(["rm", "-rf", str(path)], check=True)


@posix
def test_an_environment_that_was_half_made(tmp_path: Path) -> None:
    """The folder that the command names is moved aside, and no other one."""
    code = "import pathlib, sys, time; pathlib.Path(sys.argv[1]).mkdir(); print('ready', flush=True); time.sleep(60)"
    python = os.path.realpath(sys.executable)  # of no environment
    step = Run((python, "-c", code, str(tmp_path / ".venv")))
    file = carried_out(tmp_path, Path(python), step, killed=True)
    (tmp_path / "mine").mkdir()
    undo(tmp_path, file, Person())
    assert sorted(path.name for path in tmp_path.iterdir() if path != file) == [
        ".venv.envcheck-backup-1",
        "mine",
    ]


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("done", ["nothing", "cleared", "all"])
def test_renames_and_files(
    there: bool, done: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Killed before, between and after the two moves of a step."""
    for step in (
        Rename(str(tmp_path / "a"), str(tmp_path / "b")),
        Write(str(tmp_path / "b"), "new"),
    ):
        for path in tmp_path.iterdir():
            path.unlink()
        (tmp_path / "a").write_text("mine")
        if there:
            (tmp_path / "b").write_text("in the way")
        before = tree(tmp_path)
        begun = unfinished.begun(step, file_steps.planned(step), None)
        if done == "cleared" and there:
            (tmp_path / "b").rename(f"{tmp_path}/b.envcheck-backup-1")
        elif done == "all":
            _done(step)
        state = FixState(Located((sys.executable,), ""), {}, begun=begun)
        file = tmp_path_factory.mktemp("records") / "record.json"
        record.write(file, record.document(diagnosis(), Fix("x", ()), state, ""))
        undo(tmp_path, file, Person())
        made = {name: text for name, text in tree(tmp_path).items() if text != "new"}
        assert made == before


def test_what_was_begun_is_read_as_strictly(tmp_path: Path) -> None:
    """No other folder, no other version than one."""
    begun = {"argv": [], "renames": [], "entries": [], "place": "", "versions": {}, "inside": [], "conda": []}  # fmt: skip
    for change in (
        {"renames": [["/a/b", "/c/b"]]},
        {"versions": {"x": "1.zip"}},
        {"versions": {"--index-url": "1"}},
        {"argv": [1]},
        {"renames": 3},
    ):
        file = tmp_path / "record.json"
        file.write_text(json.dumps({"schema": 1, "done": [], "begun": {**begun, **change}}))
        with pytest.raises(UsageProblem, match="is not a record"):
            record.read(file, os.sep)


def test_what_conda_had_there_comes_through_a_record(tmp_path: Path) -> None:
    """By name, version and build; its address is taken from this machine, never from the file."""
    noted = {
        Record("_libgcc_mutex", "0.1", "main"),
        Record("numpy", "2.1.0", "py312_0", "conda-forge", "https://example.org/numpy.conda"),
    }
    before = Snapshot("", frozenset(), None, frozenset(), frozenset(noted))
    step = Run(("/opt/conda/bin/conda", "install", "--yes", "--prefix", str(tmp_path), "pandas"))
    written = json.dumps(unfinished.document(unfinished.begun(step, (), before)))
    assert "example.org" not in written
    read = unfinished.read(json.loads(written))
    assert read.conda == {"_libgcc_mutex=0.1=main", "numpy=2.1.0=py312_0"}
    for forged in ("numpy", "../x=1=2", "x=1=https://example.org/y.conda"):
        with pytest.raises(ValueError, match=r"."):
            unfinished.read({**json.loads(written), "conda": [forged]})
