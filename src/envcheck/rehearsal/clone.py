"""What of the course a learner's clone has, as git counts it: not what it ignores, such as the author's
own secrets and data.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

from envcheck import course_copy
from envcheck.course_file.values import NAME
from envcheck.processes.process import Processes
from envcheck.rehearsal.way import program
from envcheck.sentences import listed

ANSWER = 60  # seconds for git to list a course
MOST = 5  # names that are told
SHARED = ("--exclude-standard", "--", ".")


@dataclass(frozen=True)
class Clone:
    """`names` are files and whole folders, by their paths in the course; None where all that lies there
    counts. `notes` are sentences on what the clone lacks.
    """

    names: frozenset[str] | None = None
    notes: tuple[str, ...] = ()

    def has(self, file: PurePath) -> bool:
        """Whether a learner has this file, named by its path in the course."""
        if self.names is None or file == PurePath(NAME):
            return True
        return any(_normal(path.as_posix()) in self.names for path in (file, *file.parents))


def clone_of(course: Path, processes: Processes, variables: Mapping[str, str]) -> Clone:
    """Of the course in this folder. Where git says nothing of it, all that lies there."""
    git = _Git(course, processes, variables)
    names = git.names("ls-files", "--cached", "--others", *SHARED)
    if isinstance(names, str):
        if not any(_is_repository(folder) for folder in (course, *course.parents)):
            return Clone()
        reason = f"Copied with what git may ignore, for git did not say what that is: {names}."
        return Clone(notes=(reason,))
    if not names:
        return Clone()  # a folder that another course's repository ignores
    ignored = git.names("ls-files", "--others", "--ignored", "--directory", *SHARED)
    notes = []
    if lacking := [name for name in ignored if _is_told(course, name)]:
        notes.append(f"Not copied, for git ignores it and no learner gets it: {_some(lacking)}.")
    changed = git.names("ls-files", "--others", "--modified", *SHARED)
    added = git.names("diff", "--cached", "--name-only", "--relative")
    if fresh := sorted({*_several(changed), *_several(added)}):
        notes.append(f"Copied although no learner has it before it is committed: {_some(fresh)}.")
    return Clone(frozenset(_normal(name.rstrip("/")) for name in names), tuple(notes))


@dataclass(frozen=True)
class _Git:
    course: Path
    processes: Processes
    variables: Mapping[str, str]

    def names(self, *words: str) -> list[str] | str:
        """What git lists, by its path in the course; else why it lists nothing."""
        own = {name: value for name, value in self.variables.items() if name[:4] != "GIT_"}
        git = program(self.variables.get("PATH", ""), "git")
        if not git:
            return "there is no git on this machine"
        argv = [git, "-c", "core.fsmonitor=false", words[0], "-z", *words[1:]]
        finished = self.processes.run(
            argv, env={**own, "GIT_OPTIONAL_LOCKS": "0"}, cwd=self.course, timeout=ANSWER
        )
        if not finished.ok:
            return finished.last_words
        return [name for name in finished.stdout.split("\0") if name]


def _several(names: list[str] | str) -> list[str]:
    return [] if isinstance(names, str) else names


def _is_repository(folder: Path) -> bool:
    return os.path.exists(folder / ".git")


def _is_told(course: Path, name: str) -> bool:
    """Whether it is worth a word: environments and caches are made anew."""
    path = PurePosixPath(name)
    own = course_copy.LEFT_OUT.intersection(path.parts) or path.suffix == ".pyc"
    return not own and course_copy.belongs(course / name)


def _some(names: Sequence[str]) -> str:
    more = [f"{len(names) - MOST} more"] if len(names) > MOST else []
    return listed([*names[:MOST], *more])


def _normal(name: str) -> str:
    """git and a Mac's disk spell the same letter in two ways."""
    return unicodedata.normalize("NFC", name)
