"""envcheck itself runs in every Python that it says it runs in, and on hosts of every shape."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.pace import within
from tests.recipes import Recipe, python_of
from tests.stories import stacks
from tests.stories.machine import ENVCHECK, Machine, Seen

pytestmark = [pytest.mark.slow, pytest.mark.whole]
ROOT = Path(__file__).resolve().parents[2]
HOSTS = ("3.10", "3.12", "3.13")


def launcher_of(version: str) -> str:
    """The command of an envcheck that this Python hosts."""
    known = stacks.interpreters()
    if version not in known:
        pytest.skip(f"only on machines with Python {version} (pyenv)")
    recipe = Recipe(f"host-{version}", ("-e", str(ROOT)), known[version], "uv")
    return str(python_of(recipe).parent / "envcheck")


@pytest.mark.parametrize("version", HOSTS)
def test_every_host(version: str, machine: Machine) -> None:
    """A healthy machine is ready, and nothing stands on stderr, whichever Python hosts envcheck."""
    command = launcher_of(version)
    seen = machine.check("--offline", launcher=[command])
    assert (seen.code, seen.diagnoses) == (0, [])
    done = machine.run("chapter2", "--only", "kernel-starts", launcher=[command])
    assert (done.returncode, done.stderr) == (0, "")


linux_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only on a Linux where root may be another"
)


@linux_root
def test_a_host_without_proc(machine: Machine) -> None:
    """Nobody can be asked which processes there are: a normal verdict all the same."""
    machine.wrap = ["unshare", "-m", "sh", "-c", 'mount -t tmpfs none /proc && exec "$@"', "sh"]
    seen = machine.check("--offline")
    assert (seen.code, seen.errors) == (0, [])


@linux_root
def test_a_terminal_whose_umask_closes_everything(machine: Machine) -> None:
    """No verdict, its cause, and a report: what is written here can be read by nobody."""
    machine.as_a_plain_user()
    machine.limited("umask 777")
    done = machine.run("chapter2", "--quick", "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["verdict"]) == (3, "undetermined")
    assert "umask 777" in str(report["checks"])


def stood_in(machine: Machine, *commands: str) -> Seen:
    """A report of a run in a folder to which these were done after the terminal went into it."""
    done = (command.format(work=machine.work.name) for command in commands)
    machine.limited("; ".join([f"cd {machine.work}", *done, f"export PWD={machine.work}"]))
    return machine.check()


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        (("rmdir ../{work}",), "was deleted, or replaced"),
        (("rmdir ../{work}", "mkdir ../{work}"), "Go there again (cd "),
        (("chmod 0 .",), "you may not go into this folder"),
    ],
)
def test_a_folder_in_which_nothing_can_be_started(
    machine: Machine, commands: tuple[str, ...], words: str
) -> None:
    """No verdict, its cause, and a report. No package is blamed, and no Python that nobody asked."""
    machine.as_a_plain_user()
    seen = stood_in(machine, *commands)
    assert (seen.code, seen.report["verdict"], seen.report["diagnoses"]) == (3, "undetermined", [])
    assert words in seen.report["checks"][0]["summary"]
    assert seen.report["target"]["answered"] is None


def test_a_folder_whose_name_is_no_utf_8(machine: Machine) -> None:
    """As an old disk or a ZIP file has it: a normal verdict."""
    place = machine.root / os.fsdecode(b"caf\xe9")
    place.mkdir()
    machine.limited(f"cd {machine.root}/caf*")
    seen = machine.check("--offline")
    assert (seen.code, seen.errors) == (0, []), seen.report["diagnoses"]


def test_sixteen_runs_at_once(machine: Machine) -> None:
    """As in a lab that shares one machine: each waits for its turn, and each can tell."""
    runs = [
        subprocess.Popen(
            [*ENVCHECK, "chapter2", "--offline", "--quick"],
            env=machine.environ,
            cwd=machine.work,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(16)
    ]
    assert [run.wait(within(600)) for run in runs] == [0] * 16
