"""The vocabulary: course, check, diagnosis, fix. Frozen values, no behaviour."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from envcheck.code import Code
from envcheck.code import Severity as Severity  # noqa: PLC0414  # all words are imported from here
from envcheck.older_names import accepts_beside
from envcheck.steps import Rename as Rename  # noqa: PLC0414
from envcheck.steps import Run as Run  # noqa: PLC0414
from envcheck.steps import SetEnv as SetEnv  # noqa: PLC0414
from envcheck.steps import Step as Step  # noqa: PLC0414
from envcheck.steps import Tell as Tell  # noqa: PLC0414
from envcheck.steps import UnsetEnv as UnsetEnv  # noqa: PLC0414
from envcheck.steps import UsePython as UsePython  # noqa: PLC0414
from envcheck.steps import Write as Write  # noqa: PLC0414
from envcheck.waiver import Waiver

if TYPE_CHECKING:
    from pathlib import Path

    from envcheck.course_file.values import CourseFile
    from envcheck.environment import Environment


class Status(str, Enum):
    """How a check ended. FAIL: the machine is not ready. UNDETERMINED: envcheck could not tell;
    "error" in JSON, and `ERROR` its older name until 1.0. SKIP always has a reason."""

    PASS = "pass"
    WARN = "warn"
    FAIL = "fail"
    SKIP = "skip"
    UNDETERMINED = "error"
    ERROR = "error"


class Confidence(str, Enum):
    """How sure a fix is: `ask` means that a person should decide."""

    SURE = "sure"
    LIKELY = "likely"
    ASK = "ask"


@dataclass(frozen=True)
class Fix:
    """What to do, as data: executed in order, stopping at the first step that fails."""

    title: str
    steps: tuple[Step, ...]
    confidence: Confidence = Confidence.SURE

    @property
    def automatic(self) -> bool:
        """A program may carry it out: sure, and nothing in it needs a person."""
        by_a_person = any(isinstance(step, Tell) for step in self.steps)
        return self.confidence is Confidence.SURE and not by_a_person


@dataclass(frozen=True)
class Evidence:
    """What was found, wanted instead, and looked in; empty when there is no such side."""

    found: str = ""
    wanted: str = ""
    looked_in: str = ""


@dataclass(frozen=True)
class Diagnosis:
    """A named cause. `code` is stable kebab-case, a `Code` where it is declared; `envcheck explain
    CODE` shows its page.
    """

    code: str
    summary: str
    evidence: Evidence = Evidence()
    fixes: tuple[Fix, ...] = ()
    severity: Severity = Severity.ERROR
    note: str = ""


@dataclass(frozen=True)
class Fine:
    """The thing was done and worked; a line that did it where the course's would not is `typed`."""

    summary: str
    warnings: tuple[Diagnosis, ...] = ()
    typed: str = ""


@dataclass(frozen=True)
class Skipped:
    """Not examined, and why: offline, no display, not for this platform."""

    reason: str


@dataclass(frozen=True)
class Unknown:
    """envcheck could not tell. Not a verdict about the machine."""

    summary: str


@dataclass(frozen=True)
class NotDone:
    """It could not be done for a reason outside this machine, and counts for nothing: a warning."""

    warning: Diagnosis


Outcome = Fine | Skipped | Unknown | NotDone | Diagnosis | tuple[Diagnosis, ...]


@dataclass(frozen=True)
class Cost:
    """What a check uses at most on an ordinary laptop."""

    seconds: float = 0.1
    memory_mb: int = 0
    disk_mb: int = 0


@accepts_beside
@dataclass(frozen=True, eq=False)
class Check:
    """One question about an environment. Two checks of one id are the same check, unless their
    `scope` tells them apart: the chapter that asks it.

    `needs` must have passed before this one starts. `explained_by` are started without waiting: the
    failure of one is the reason for this one's. `timeout` is in seconds, from this check's own
    start. `traits` say what it uses: "server", "browser", "network", "deep" and "notebooks" (only with
    --deep, --notebooks).
    `page` is its long page, where its course has none; `pythons` are the versions asked for; while a
    `waiver` holds it counts for nothing. `only_on` are the systems that it is for, all where none is
    named: windows, macos, linux (WSL is one, too), wsl. `symptom` is what a learner sees where it
    fails: under it `envcheck explain` lists its causes.
    """

    id: str
    title: str
    examine: Callable[[Environment], Outcome]
    needs: Sequence[Check] = ()
    explained_by: Sequence[Check] = ()
    timeout: float = 30.0
    required: bool = True
    traits: frozenset[str] = frozenset()
    proves: str = ""
    slow_because: str = ""
    cost: Cost = Cost()
    owner: str = ""
    page: str = ""
    pythons: str = ""
    scope: str = ""
    waiver: Waiver | None = None
    only_on: Sequence[str] = ()
    symptom: str = ""

    @property
    def beside(self) -> Sequence[Check]:
        """The older name of `explained_by`."""
        return self.explained_by

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Check) and (other.scope, other.id) == (self.scope, self.id)

    def __hash__(self) -> int:
        return hash((self.scope, self.id))


@dataclass(frozen=True)
class Chapter:
    """What one chapter asks of the machine, in the order a learner meets it; a track is one too.
    `checks` may be an `envcheck.Lazy`, which is made when somebody asks for this chapter.
    `hints` are words for who is not ready, by system: windows, macos, linux, wsl. `own_checks` are loaded only
    when the chapter runs: neither to list them nor to explain. `folder` has its notebooks; an
    environment in it is the chapter's own. `conda` names the environment of conda's that learners make.
    `unlisted` are to explain alone, where `checks` cannot be made from the files that they are made from.
    """

    id: str
    title: str
    checks: Sequence[Check]
    hints: Mapping[str, str] = field(default_factory=dict)
    own_checks: Sequence[Check] = ()
    folder: Path | None = None
    conda: str = ""
    unlisted: Sequence[Check] = ()


@dataclass(frozen=True)
class Course:
    """`revision` changes when the course asks for something else. `pages` names the importable
    package in which, at any depth, the `CODE.md` files of `envcheck explain` lie; `where` draws who
    is who. `codes` are those declared; `file` is the one that `--course` named; `own_pages` reads what
    checks in Python say of themselves, without running them.
    """

    id: str
    title: str
    chapters: Sequence[Chapter]
    tracks: Sequence[Chapter] = ()
    revision: str = ""
    pages: str = ""
    where: Callable[[Environment], str] | None = None
    codes: Sequence[Code] = ()
    file: str = ""
    help: str = ""
    described: Callable[[CourseFile], Course] | None = None
    own_pages: Callable[[], Mapping[str, str]] | None = None
