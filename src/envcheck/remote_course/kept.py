"""Courses that came from addresses, kept by what is in them; and which of them the learner agreed to."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from envcheck import foreign_file, private_file
from envcheck.course_file.values import NAME
from envcheck.errors import UsageProblem
from envcheck.remote_course.address import Address
from envcheck.remote_course.fetching import Files
from envcheck.removal import remove_tree
from envcheck.sending.exchange import LARGEST
from envcheck.shape import read_file

AGREED = "agreed.json"


@dataclass(frozen=True)
class Shelf:
    """The folder of one address."""

    folder: Path

    @classmethod
    def of(cls, cache: Path, address: Address) -> Shelf:
        """Below the folder that envcheck keeps things in."""
        return cls(cache / "courses" / hashlib.sha256(str(address).encode()).hexdigest()[:32])

    def agreed(self) -> str:
        """The digest of what the learner said yes to; empty where they never did."""
        row = read_file(self.folder / AGREED, {"digest": str})
        return row["digest"] if row and self._place(row["digest"]) else ""

    def agree(self, key: str) -> None:
        """From now on this one is used without a question. Earlier ones are gone."""
        before = self.agreed()
        private_file.write_whole(self.folder / AGREED, json.dumps({"digest": key}).encode())
        if before and before != key and (place := self._place(before)):
            remove_tree(place)

    def files(self, key: str) -> dict[str, bytes]:
        """What is kept; nothing where it is not what it was."""
        place = self._place(key)
        if place is None:
            return {}
        files: dict[str, bytes] = {}
        with contextlib.suppress(OSError):
            for file in sorted(place.rglob("*")):
                if os.path.isfile(file):
                    files[file.relative_to(place).as_posix()] = foreign_file.content(file, LARGEST)
        return files if digest(files) == key else {}

    def put(self, files: Files) -> Path:
        """The course file, written with those that it names. Raises UsageProblem."""
        key = digest(files)
        place = self.folder / key
        try:
            if self.files(key) != files:
                self.folder.mkdir(parents=True, exist_ok=True, mode=private_file.folder_mode())
                remove_tree(place)
                for name, content in files.items():
                    file = place / name
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(content)
        except OSError as error:
            reason = error.strerror or error
            raise UsageProblem(f"the course cannot be kept in {place}: {reason}") from None
        return place / NAME

    def _place(self, key: str) -> Path | None:
        plain = len(key) == 64 and all(letter in "0123456789abcdef" for letter in key)
        return self.folder / key if plain and os.path.isdir(self.folder / key) else None


def digest(files: Files) -> str:
    """Of names and contents."""
    rows = [(name, hashlib.sha256(files[name]).hexdigest()) for name in sorted(files)]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()
