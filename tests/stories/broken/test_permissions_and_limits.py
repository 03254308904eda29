"""What the learner may not do, and limits that are too small."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.machine import Machine, MakeMachine

pytestmark = pytest.mark.slow


def a_folder_to_read_only(machine: Machine) -> None:
    machine.work.chmod(0o555)
    machine.as_a_plain_user()


def limit(command: str, code: str, word: str) -> Story:
    return Story(lambda machine: machine.limited(command), code, (word,))


def a_full_home(machine: Machine) -> None:
    mounted(
        machine,
        f"mount -t tmpfs -o size=64k none {machine.home}; head -c 70k /dev/zero >{machine.home}/film.mp4 2>/dev/null",
    )


def a_full_work_folder(machine: Machine) -> None:
    mounted(
        machine,
        f"mount -t tmpfs -o size=64k none {machine.work}; cd {machine.work}; head -c 70k /dev/zero >film.mp4 2>/dev/null",
    )


def a_stick_without_programs(machine: Machine) -> None:
    mounted(
        machine,
        f"mount --bind {machine.site} {machine.site}; mount -o remount,bind,noexec {machine.site}",
    )


def full_temporary_folders(machine: Machine) -> None:
    """All of them; our own environment, the last resort, lies on a disk that is read only."""
    (machine.root / "tmp").mkdir()
    machine.variables["TMPDIR"] = str(machine.root / "tmp")
    ours = Path(sys.prefix)
    full = "; ".join(
        f"mount -t tmpfs -o size=64k none {place}"
        for place in (machine.root / "tmp", "/dev/shm", "/var/tmp")
    )
    mounted(machine, f"{full}; mount --bind {ours} {ours}; mount -o remount,bind,ro {ours}")


def mounted(machine: Machine, command: str) -> None:
    machine.wrap = ["unshare", "-m"]
    machine.limited(command)


def no_loopback(machine: Machine) -> None:
    machine.wrap = ["unshare", "-n"]


STORIES = {
    "work folder to read only": Story(
        a_folder_to_read_only, "work-folder-read-only", ("read-only",), always=True
    ),
    "few open files": limit("ulimit -n 40", "open-files-limit-too-low", "40 open files"),
    "little memory": limit("ulimit -v 700000", "memory-limit-too-low", "ulimit -v"),
    "hardly any open files": limit("ulimit -n 20", "open-files-limit-too-low", "20 open files"),
    "small files": limit("ulimit -f 4", "file-size-limit-too-low", "ulimit -f"),
    "few seconds": limit("ulimit -t 2", "processor-time-limit-too-low", "ulimit -t"),
    "temporary folders full": Story(full_temporary_folders, "disk-full", ("full",)),
    "home full": Story(a_full_home, "disk-full", ("full",)),
    "work folder full": Story(a_full_work_folder, "disk-full", ("full",)),
    "packages on a disk without programs": Story(
        a_stick_without_programs, "disk-allows-no-programs", ("noexec",)
    ),
    "no loopback": Story(no_loopback, "loopback-down", ("127.0.0.1",)),
}


@told(STORIES)
def test_a_machine_without_room_or_rights(
    story: Story, make_machine: MakeMachine, wheels: Path
) -> None:
    """The limit or the folder is named, and no fix claims to be automatic."""
    play(story, make_machine, wheels)
