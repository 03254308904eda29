"""A visit: files of ours lie for a moment in a folder of the learner's, and then it is as it was.

All of them carry one random word in their names, whoever makes them for us and whatever for. So
what is taken away again is known by its name alone, by us and by the watchdog.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from envcheck.held import once_free
from envcheck.removal import remove_tree
from envcheck.shape import read_object

ALONE_SECONDS = 5.0
WORD_LENGTH = 12
WRITTEN = {"folder": str, "word": str, "makes": [str], "names": str, "times": object}
TOP = ""  # the folder itself, among the folders in it


@dataclass(frozen=True)
class Visit:
    """`word` stands in the name of each file of ours; `makes` are folders that may be made for
    them. `times` are when the folder and those in it were read and changed before (nanoseconds),
    `names` is a digest of what lay in the folder.
    """

    folder: str
    word: str
    makes: Sequence[str]
    names: str
    times: Mapping[str, Sequence[int]]

    @classmethod
    def begin(cls, folder: str, word: str, makes: Sequence[str] = ()) -> Visit:
        """Remember how the folder is. Raises OSError when it cannot be looked at, ValueError for a
        word that others may have in their names.
        """
        if len(word) < WORD_LENGTH:
            raise ValueError(f"too short to be ours alone: {word!r}")
        times = {TOP: _times(folder)}
        for name, place in _folders_in(folder).items():
            with contextlib.suppress(OSError):
                times[name] = _times(place)
        return cls(folder, word, tuple(makes), _names(folder, word), times)

    @classmethod
    def read(cls, text: str) -> Visit:
        """What `written` gave. Raises ValueError for anything else."""
        written = read_object(text, WRITTEN)
        if written is None:
            raise ValueError(f"not what a visit has written: {text:.80}")
        return cls(**{name: written[name] for name in WRITTEN})

    @property
    def written(self) -> str:
        """In one line, whatever is in the names."""
        return json.dumps(asdict(self))

    def clear(self) -> bool:
        """Take away what carries the word, here and in the folders here, and folders that were made
        for it; put the times back. May be called again. True when nothing of ours is left.
        """
        try:
            folders = _folders_in(self.folder)
        except OSError:
            return not os.path.lexists(self.folder)
        done = [self._clear(name, place) for name, place in folders.items()]
        return all([*done, self._clear(TOP, self.folder)])

    def _clear(self, name: str, folder: str) -> bool:
        try:
            before = self.times.get(name)
            if name != TOP and before is not None and _times(folder)[1] == before[1]:
                return True
            ours = [entry.path for entry in os.scandir(folder) if self.word in entry.name]
        except OSError:
            return name != TOP
        for path in ours:
            _remove(path)
        with contextlib.suppress(OSError):  # not empty; or another owner's: only they may
            if before is None and (ours or name in self.makes):
                os.rmdir(folder)  # noqa: PTH106
            elif before is not None and (
                ours if name != TOP else _names(folder, self.word) == self.names
            ):
                os.utime(folder, ns=(before[0], before[1]))
        return not any(os.path.lexists(path) for path in ours)


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        if os.path.isdir(path) and not os.path.islink(path):
            remove_tree(path)
        else:
            once_free(lambda: os.unlink(path))  # noqa: PTH108


@contextlib.contextmanager
def alone_in(folder: str) -> Iterator[bool]:
    """Two runs in one folder make their visits one after the other, where the system can lock a
    folder; who waited long enough goes on. Says whether nobody else is there.
    """
    handle, alone = -1, False
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            alone = _lock(handle)
    try:
        yield alone
    finally:
        if handle >= 0:
            os.close(handle)


def _lock(handle: int) -> bool:
    import fcntl

    end = time.monotonic() + ALONE_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[attr-defined, unused-ignore]
            return True
        time.sleep(0.02)  # noqa: TID251  # nothing tells us when another run has gone
    return False


def _folders_in(folder: str) -> dict[str, str]:
    """By name, those behind links too: Jupyter goes through them."""
    with os.scandir(folder) as entries:
        return {entry.name: entry.path for entry in entries if os.path.isdir(entry)}


def _names(folder: str, word: str) -> str:
    names = sorted(os.fsencode(name) for name in os.listdir(folder) if word not in name)  # noqa: PTH208
    return hashlib.blake2b(b"\0".join(names), digest_size=12).hexdigest()


def _times(folder: str) -> tuple[int, int]:
    status = os.stat(folder)  # noqa: PTH116
    return status.st_atime_ns, status.st_mtime_ns
