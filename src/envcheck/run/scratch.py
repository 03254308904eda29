"""The throw-away folder of a run: guarded before it is made, and known by its mark, so that a later
run clears what one left whose watchdog was killed too.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import re
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from envcheck.errors import NoRoom
from envcheck.private_file import folder_mode
from envcheck.processes.seen import born, seen, shows_processes
from envcheck.processes.watchdog import Watchdog, kill_marked
from envcheck.removal import remove_tree
from envcheck.run import closed_files
from envcheck.shape import read_file

PREFIX = "envcheck-"
MARK_FILE = ".envcheck-run"  # in every scratch folder: whose it is, as JSON
WRITTEN = {"mark": str, "pid": int, "begun": float, "where?": str, "born?": float}
LONGEST_RUN = 86_400.0  # seconds: of a run elsewhere, which is not seen, only its age is known
MARK = re.compile(r"[0-9a-f]{32}")


def make(watchdog: Watchdog, last_resort: Path | None) -> Path:
    """A new folder under the system's temporary one, or in memory or elsewhere where that one is
    full. Where all are full, one without room: checks tell what a full disk is. Raises NoRoom.
    """
    closed_files.refuse()
    cramped: list[Path] = []
    reasons = []
    for place in (None, "/dev/shm", "/var/tmp", last_resort):
        try:
            folder = _new_folder(watchdog, Path(place or tempfile.gettempdir()))
        except OSError as error:
            reasons.append(f"{place or 'the temporary folder'}: {error.strerror}")
            continue
        if _has_room(folder, watchdog):
            _remove(cramped)
            return folder
        cramped.append(folder)
    if not cramped:
        raise NoRoom(
            f"envcheck found no folder for its temporary files ({'; '.join(reasons)}). Free some space, or set TMPDIR"
        )
    _remove(cramped[1:])
    return cramped[0]


def clear_abandoned() -> None:
    """Remove what carries our mark, belongs to us, and whose run is no more: it was killed, and its
    watchdog with it.
    """
    for folder in _marked_folders():
        note = read_file(folder / MARK_FILE, WRITTEN)
        if note and MARK.fullmatch(note["mark"]) and not _may_live(note):
            kill_marked(note["mark"], note["begun"])
            remove_tree(folder)


def _new_folder(watchdog: Watchdog, place: Path) -> Path:
    folder = place / f"{PREFIX}{secrets.token_hex(8)}"
    watchdog.guard_folder(str(folder))
    folder.mkdir(mode=folder_mode())
    real = _where_it_is(folder)
    if real != folder:
        watchdog.guard_folder(str(real))
    return real


def _where_it_is(folder: Path) -> Path:
    """The Microsoft Store's Python is shown what it makes below %LOCALAPPDATA%, TEMP included, there;
    other programs (a browser, pip of another Python) find it in another folder (bpo-45337).
    """
    return Path(os.path.realpath(folder)) if sys.platform == "win32" else folder


def _has_room(folder: Path, watchdog: Watchdog) -> bool:
    room = folder / "room"
    try:
        room.write_bytes(b"\0" * 4_000_000)
        note = {
            "mark": watchdog.mark,
            "pid": os.getpid(),
            "begun": watchdog.begun,
            "where": _here(),
            "born": born(os.getpid()),
        }
        (folder / MARK_FILE).write_text(json.dumps(note), encoding="utf-8")
    except OSError:
        return False
    finally:
        room.unlink(missing_ok=True)
    return True


def _marked_folders() -> Iterator[Path]:
    """Those of this user that a run has made and that are no links."""
    with contextlib.suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX) and entry.is_dir(follow_symlinks=False):
                status = entry.stat(follow_symlinks=False)
                if sys.platform == "win32" or status.st_uid == os.geteuid():
                    yield Path(entry.path)


def _may_live(note: Mapping[str, Any]) -> bool:
    """A folder that is shared with a container, or with another machine, has runs in it whose
    processes are not seen from here, or whose numbers are other programs' here.
    """
    if note.get("where") == _here():
        return _lives(note)
    return bool(time.time() < note["begun"] + LONGEST_RUN)


def _here() -> str:
    """The machine, and the processes of it that are numbered together (pid_namespaces(7))."""
    numbered = ""
    with contextlib.suppress(OSError):
        numbered = os.readlink("/proc/self/ns/pid")  # noqa: PTH115  # `pid:[4026531836]` is no path
    return f"{platform.node()} {numbered}"


def _lives(note: Mapping[str, Any]) -> bool:
    """Whether the process that began a run is still there: a later one may have its number. The clock
    may have been set meanwhile; an older envcheck wrote no more than its time.
    """
    import psutil

    if not psutil.pid_exists(note["pid"]):
        return not shows_processes()
    if note.get("born") is not None:
        return born(note["pid"]) in (note["born"], None)
    return seen(
        lambda: psutil.Process(note["pid"]).create_time() <= note["begun"] + 1, otherwise=True
    )


def _remove(folders: Sequence[Path]) -> None:
    for folder in folders:
        remove_tree(folder)
