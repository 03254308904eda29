"""What of the course a learner's clone has, as git counts it: not what it ignores, such as the author's
own secrets and data.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath, PurePosixPath

from envcheck import course_copy, foreign_file
from envcheck.course_file.values import NAME
from envcheck.processes.process import Processes
from envcheck.rehearsal.way import program
from envcheck.sentences import listed

ANSWER = 60  # seconds for git to list a course
MOST = 5  # names that are told
SUBMODULE, LINK = "160000", "120000"  # modes of git
FETCHES = re.compile(
    r"--recurse-submodules|git submodule (?:update|init)|git clone[^\n]* --recursive"
)
SHARED = ("--exclude-standard", "--", ".")


@dataclass(frozen=True)
class Clone:
    """`names` are files, and folders that are there by themselves, by their paths in the course; None where
    all that lies there counts. `notes` are sentences on what the clone lacks.
    """

    names: frozenset[str] | None = None
    notes: tuple[str, ...] = ()

    def has(self, file: PurePath) -> bool:
        """Whether a learner has this, named by its path in the course."""
        if self.names is None or file == PurePath(NAME):
            return True
        return _normal(file.as_posix()) in self.names


def clone_of(course: Path, processes: Processes, variables: Mapping[str, str]) -> Clone:
    """Of the course in this folder. Where git says nothing of it, all that lies there."""
    made = _by_git(course, _Git(course, processes, variables))
    if away := course_copy.left_out(course, made.has):
        note = f"Not copied, for it is a link that leads out of the course: {_some(away)}."
        return replace(made, notes=(*made.notes, note))
    return made


def _by_git(course: Path, git: _Git) -> Clone:
    rows = git.names("ls-files", "--cached", "--stage", "--", ".")
    others = git.names("ls-files", "--others", *SHARED)
    if isinstance(rows, str) or isinstance(others, str):
        if not any(_is_repository(folder) for folder in (course, *course.parents)):
            return Clone()
        reason = rows if isinstance(rows, str) else others
        reason = f"Copied with what git may ignore, for git did not say what that is: {reason}."
        return Clone(notes=(reason,))
    if not rows and not others:
        return Clone()  # a folder that another course's repository ignores
    modes = {name: row[:6] for row, _, name in (row.partition("\t") for row in rows)}
    modules = sorted(name for name, mode in modes.items() if mode == SUBMODULE)
    absolute = [
        name for name, mode in modes.items() if mode == LINK and _is_absolute(course / name)
    ]
    names = {*modes, *(name for name in others if not name.endswith("/"))} - {*absolute}
    fetched = bool(modules) and submodules_told(course)
    notes = [*_of_modules([] if fetched else modules), *_not_copied(course, git, absolute)]
    if fetched:
        names.update(_several(git.names("ls-files", "--cached", "--recurse-submodules", "--", ".")))
    return Clone(frozenset(map(_normal, names)), (*notes, *_as_learners_have_it(git, others)))


def submodules_told(course: Path) -> bool:
    """Whether a page of the course has its learners fetch submodules."""
    root = next((each for each in (course, *course.parents) if _is_repository(each)), course)
    pages = [page for folder in (course, root) for page in folder.glob("[Rr][Ee][Aa][Dd]*.*")]
    return any(FETCHES.search(foreign_file.text_or_nothing(page)) for page in pages)


def _of_modules(modules: Sequence[str]) -> Iterator[str]:
    if modules:
        yield (
            f"Empty in the copy, as in a plain clone: {_some(modules)}, which a learner gets by "
            "`git submodule update --init` alone (where a README says so, it is copied)."
        )


def _not_copied(course: Path, git: _Git, absolute: Sequence[str]) -> Iterator[str]:
    ignored = git.names("ls-files", "--others", "--ignored", "--directory", *SHARED)
    if lacking := [name for name in ignored if _is_told(course, name)]:
        yield f"Not copied, for git ignores it and no learner gets it: {_some(lacking)}."
    if absolute:
        yield f"Not copied, for it is a link to a place on this machine: {_some(absolute)}."


def _as_learners_have_it(git: _Git, others: Sequence[str]) -> Iterator[str]:
    if nested := [name for name in others if name.endswith("/")]:
        yield f"Not copied, for it is a repository of its own, which no clone has: {_some(nested)}."
    changed = git.names("ls-files", "--modified", *SHARED)
    added = git.names("diff", "--cached", "--name-only", "--relative")
    fresh = {*_several(changed), *_several(added), *others} - {*nested}
    if fresh:
        yield f"Copied although no learner has it before it is committed: {_some(sorted(fresh))}."
    if large := _several(git.names("ls-files", "--cached", "--", ":(attr:filter=lfs).")):
        yield (
            "Copied whole, though a learner without Git LFS has a pointer of three lines in its place: "
            f"{_some(large)}."
        )


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


def _is_absolute(link: Path) -> bool:
    return os.path.islink(link) and link.readlink().is_absolute()


def _is_repository(folder: Path) -> bool:
    return os.path.exists(folder / ".git")


def _is_told(course: Path, name: str) -> bool:
    """Whether it is worth a word: environments and caches are made anew."""
    path = PurePosixPath(name)
    own = course_copy.LEFT_OUT.intersection(path.parts) or path.suffix == ".pyc"
    return not own and course_copy.is_kept(course / name)


def _some(names: Sequence[str]) -> str:
    more = [f"{len(names) - MOST} more"] if len(names) > MOST else []
    return listed([*names[:MOST], *more])


def _normal(name: str) -> str:
    """git and a Mac's disk spell the same letter in two ways."""
    return unicodedata.normalize("NFC", name)
