"""What the learner may not do, and limits that are too small."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.machine import Machine, MakeMachine

pytestmark = pytest.mark.slow

OTHER = 4242  # another user's number


def a_folder_to_read_only(machine: Machine) -> None:
    machine.work.chmod(0o555)
    machine.as_a_plain_user()


def a_folder_that_may_not_be_listed(machine: Machine) -> None:
    machine.work.chmod(0o300)
    machine.as_a_plain_user()


def limit(command: str, code: str, word: str) -> Story:
    return Story(lambda machine: machine.limited(command), code, (word,))


def a_full_home(machine: Machine) -> None:
    mounted(
        machine,
        f"mount -t tmpfs -o size=64k none {machine.home}; head -c 70k /dev/zero >{machine.home}/film.mp4 2>/dev/null",
    )


def a_home_for_one_file_more(machine: Machine) -> None:
    """Its disk has room, and no place in its list of files."""
    mounted(machine, f"mount -t tmpfs -o size=60m,nr_inodes=2 none {machine.home}")


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


def fonts_of_one_sudo(machine: Machine) -> None:
    """matplotlib's list of fonts after one `sudo python`."""
    machine.write("home/.cache/matplotlib/fontlist-v390.json", "{}")
    place = machine.at("home/.cache/matplotlib")
    os.chown(place, OTHER, OTHER)
    place.chmod(0o700)
    machine.as_a_plain_user()


def settings_that_are_closed(machine: Machine) -> None:
    machine.write("home/.config/matplotlib/matplotlibrc", "figure.dpi: 90\n")
    machine.at("home/.config/matplotlib").chmod(0o555)
    machine.as_a_plain_user()


def a_file_where_the_fonts_belong(machine: Machine) -> None:
    machine.write("home/.cache/matplotlib", "")


def a_file_where_all_caches_belong(machine: Machine) -> None:
    machine.write("home/.cache", "")


def the_lock_of_a_matplotlib_that_was_ended(machine: Machine) -> None:
    source = (machine.site / "matplotlib/font_manager.py").read_text(encoding="utf-8")
    number = re.findall(r"    __version__ = '([\d.]+)'", source)[0]
    lock = machine.write(f"home/.cache/matplotlib/fontlist-v{number}.json.matplotlib-lock")
    os.utime(lock, (1_700_000_000, 1_700_000_000))


def matplotlib_led_to_the_schools_disk(machine: Machine) -> None:
    (machine.root / "school").mkdir(mode=0o555)
    machine.variables["MPLCONFIGDIR"] = str(machine.root / "school/matplotlib")
    machine.as_a_plain_user()


def a_home_to_read_only(machine: Machine) -> None:
    """All of Jupyter's folders are led elsewhere, as on a school's machines; matplotlib's is not."""
    for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"):
        machine.variables[name] = str(machine.root / "scratch" / name)
        (machine.root / "scratch" / name).mkdir(parents=True)
    mounted(
        machine,
        f"mount --bind {machine.home} {machine.home}; mount -o remount,bind,ro {machine.home}",
    )


def red(breaks: Callable[[Machine], None], *words: str, fixed: bool = True) -> Story:
    return Story(breaks, "matplotlib-folder-unwritable", words, warns=True, fixed=fixed)


STORIES = {
    "work folder to read only": Story(
        a_folder_to_read_only, "work-folder-read-only", ("read-only",), always=True
    ),
    "work folder that may not be listed": Story(
        a_folder_that_may_not_be_listed, "work-folder-unreadable", ("mode 300",)
    ),
    "few open files": limit("ulimit -n 40", "open-files-limit-too-low", "40 open files"),
    "little memory": limit("ulimit -v 700000", "memory-limit-too-low", "ulimit -v"),
    "little data": limit("ulimit -d 150000", "memory-limit-too-low", "ulimit -d"),
    "hardly any open files": limit("ulimit -n 20", "open-files-limit-too-low", "20 open files"),
    "small files": limit("ulimit -f 4", "file-size-limit-too-low", "ulimit -f"),
    "few seconds": limit("ulimit -t 2", "processor-time-limit-too-low", "ulimit -t"),
    "temporary folders full": Story(full_temporary_folders, "disk-full", ("full",)),
    "home full": Story(a_full_home, "disk-full", ("full",)),
    "a home for one file more": Story(a_home_for_one_file_more, "disk-full", ("inodes",)),
    "work folder full": Story(a_full_work_folder, "disk-full", ("full",)),
    "packages on a disk without programs": Story(
        a_stick_without_programs, "disk-allows-no-programs", ("noexec",)
    ),
    "matplotlib's fonts after one sudo": red(fonts_of_one_sudo, "Permission denied (owner 4242"),
    "matplotlib's settings that are closed": red(settings_that_are_closed, "mode 555"),
    "a file where matplotlib's fonts belong": red(a_file_where_the_fonts_belong, "is a file"),
    "a file where all caches belong": red(a_file_where_all_caches_belong, "~/.cache is a file"),
    "the lock of a matplotlib that was ended": red(
        the_lock_of_a_matplotlib_that_was_ended, "lock", "fontlist"
    ),
    "matplotlib led to the school's disk": red(matplotlib_led_to_the_schools_disk, "school"),
    "a home to read only, and Jupyter led elsewhere": red(
        a_home_to_read_only, "Read-only file system", fixed=False
    ),
    "no loopback": Story(no_loopback, "loopback-down", ("127.0.0.1",)),
}


@told(STORIES)
def test_a_machine_without_room_or_rights(
    story: Story, make_machine: MakeMachine, wheels: Path
) -> None:
    """The limit or the folder is named; where only a person can do something, no fix claims to be
    automatic.
    """
    play(story, make_machine, wheels)
