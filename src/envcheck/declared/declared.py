"""A package that a file asks for, and where it says so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from envcheck import foreign_file, places
from envcheck.errors import UsageProblem

LARGEST = 1_000_000  # bytes of a list that somebody wrote


@dataclass(frozen=True)
class Declared:
    """`requirement` is one of PEP 508, without extras' addresses; `file` as the course names it, `line`
    from 1, 0 where it has none.
    """

    requirement: str
    file: str
    line: int = 0


@dataclass(frozen=True)
class Source:
    """A file of the course: its path on this machine, and as the course names it. `root` is the
    course's folder: nothing is read outside of it.
    """

    root: Path
    name: str

    @property
    def path(self) -> Path:
        return self.root / self.name

    def text(self) -> str:
        """What is in it. Raises UsageProblem."""
        try:
            if not places.lies_in(self.path.resolve(), self.root.resolve()):
                raise UsageProblem(f"{self.path}: it leads out of the course's folder")
            return foreign_file.text(self.path, LARGEST)
        except OSError as error:
            raise UsageProblem(
                f"{self.path}: it cannot be read: {error.strerror or error}"
            ) from None

    def beside(self, name: str) -> Source:
        """Another file, named from this one's folder."""
        inside = places.within((self.path.parent / name).resolve(), self.root.resolve())
        if inside is None:
            raise UsageProblem(f"{self.path}: `{name}` leads out of the course's folder")
        return Source(self.root, inside.as_posix())
