"""A machine that is mounted is the machine that a clone is, and nothing of it stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.stories.machine import MakeMachine, clone
from tests.stories.mounted import OURS, is_mounted

ROOT = Path(__file__).parents[2]
ABSENT = """
import shutil, sys
from pathlib import Path
from tests.stories.mounted import absent, may_mount
if may_mount(Path(sys.argv[1])):
    with absent("env"):
        print(bool(shutil.which("env")))
    print(bool(shutil.which("env")))
else:
    print("unmountable")
"""
ENDED_IN_ITS_MIDST = """
import os, signal, sys
from pathlib import Path
from tests.stories.mounted import is_mounted, may_mount, overlay
folder = Path(sys.argv[1])
(folder / "tried").mkdir()
if may_mount(folder / "tried"):
    mounted = overlay(folder / "tried" / "below", folder / "machine", folder)
    mounted.__enter__()
    assert is_mounted(folder / "machine" / "old name")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
@pytest.mark.whole
def test_it_is_as_a_clone_is(make_machine: MakeMachine, layer: Path | None) -> None:
    """The same files with the same content; where a script names its place, its own. Compiled modules
    are those of when each was made: whoever runs the healthy one writes more of them.
    """
    if layer is None:
        pytest.skip("only on a system that lets the tests mount")
    mounted, linked = make_machine(), make_machine("linked", folder="other")
    assert is_mounted(mounted.prefix) and not is_mounted(linked.prefix)
    trees = [
        {
            path.relative_to(machine.root): path.is_symlink()
            or path.is_dir()
            or path.stat().st_size
            for path in machine.root.rglob("*")
            if path.parent.name != "bin" and "__pycache__" not in path.parts
        }
        for machine in (mounted, linked)
    ]
    settings = {Path("venv/pyvenv.cfg"), Path("venv/share/jupyter/kernels/python3/kernel.json")}
    assert {path for path, _ in trees[0].items() ^ trees[1].items()} <= settings
    scripts = [
        {file.name: file.read_bytes().replace(bytes(machine.root), b"") for file in files}
        for machine in (mounted, linked)
        for files in [[file for file in (machine.prefix / "bin").iterdir() if file.is_file()]]
    ]
    assert scripts[0] == scripts[1]


@pytest.mark.slow
@pytest.mark.whole
def test_what_is_changed_is_its_own(make_machine: MakeMachine, healthy: Path) -> None:
    """A file written in place, one that is removed, and a folder that is renamed."""
    machine = make_machine()
    site = next(healthy.parent.parent.glob("lib/python3*/site-packages"))
    before = (site / "six.py").read_bytes()
    numpy = machine.site / "numpy"
    if is_mounted(machine.root):  # in a clone it would be the healthy environment's as well
        (machine.site / "six.py").write_text("")
    machine.remove("@site/seaborn*")
    numpy.rename(numpy.with_name("~umpy"))
    machine.prefix.rename(machine.work / ".venv")
    assert [*machine.work.glob(".venv/lib/python3*/site-packages/~umpy/__init__.py")]
    assert (site / "six.py").read_bytes() == before
    assert [*site.glob("seaborn")] and (site / "numpy").is_dir()


@pytest.mark.slow
@pytest.mark.whole
def test_links_are_not_made_on_it(make_machine: MakeMachine) -> None:
    """Each would be a copy of the whole file."""
    machine = make_machine()
    if not is_mounted(machine.root):
        pytest.skip("only on a system that lets the tests mount")
    with pytest.raises(AssertionError, match="linked"):
        clone(machine.prefix, machine.work / ".venv")


def test_a_program_is_absent_for_a_while(tmp_path: Path) -> None:
    """In a process of its own, which alone has mounts of its own from then on."""
    words = [sys.executable, "-c", ABSENT, str(tmp_path)]
    done = subprocess.run(
        words,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() in (["False", "True"], ["unmountable"]), done.stderr
    assert shutil.which("env")


def test_who_is_killed_leaves_no_mount(tmp_path: Path) -> None:
    (tmp_path / "machine").mkdir()
    words = [sys.executable, "-c", ENDED_IN_ITS_MIDST, str(tmp_path)]
    done = subprocess.run(
        words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60, check=False
    )
    assert done.returncode == -9
    mounts = Path("/proc/self/mountinfo").read_text("utf-8").splitlines()
    assert not [line for line in mounts if OURS in line and str(tmp_path / "machine") in line]
