"""The whole answer: results, root causes, and the one place where verdict and exit code are
decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from envcheck.environment import Options
from envcheck.exit_codes import INTERRUPTED as INTERRUPTED  # noqa: PLC0414  # their other home
from envcheck.exit_codes import NOT_READY as NOT_READY  # noqa: PLC0414
from envcheck.exit_codes import READY as READY  # noqa: PLC0414
from envcheck.exit_codes import UNDETERMINED as UNDETERMINED  # noqa: PLC0414
from envcheck.exit_codes import USAGE as USAGE  # noqa: PLC0414
from envcheck.model import Diagnosis, Severity, Status
from envcheck.run.again import Again
from envcheck.run.alias import Alias
from envcheck.run.plan import BY_OPTION, Selection
from envcheck.run.result import CheckResult, TargetSummary


@dataclass(frozen=True)
class RootCause:
    """A diagnosis and the ids of the checks that met it; `waived` where none of them counts."""

    diagnosis: Diagnosis
    checks: tuple[str, ...]
    waived: bool = False


@dataclass(frozen=True)
class Report:
    """`started` is UTC, ISO 8601; `seconds` the length of the run; `broken` what envcheck itself
    could not load; `tracks` those of `chapters` that are none; `explained` the pages of codes that
    have one, by code; `again` asks for the same once more; `alias` is the name that the learner chose;
    `course_file` the `envcheck.toml` that answered, `course_help` where the course's learners ask,
    `hints` what it says to them on this system.
    """

    started: str
    seconds: float
    course_id: str
    course_title: str
    course_revision: str
    chapters: tuple[str, ...]
    target: TargetSummary
    results: tuple[CheckResult, ...]
    strict: bool = False
    interrupted: bool = False
    broken: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    explained: Mapping[str, str] = field(default_factory=dict)
    again: Again = field(default_factory=Again)
    selection: Selection = field(default_factory=Selection)
    options: Options = field(default_factory=Options)
    alias: Alias | None = None
    course_file: str = ""
    course_help: str = ""
    hints: tuple[str, ...] = ()

    @property
    def causes(self) -> tuple[RootCause, ...]:
        """Root causes, each once however many checks met it: errors first, and first those of
        required checks.
        """
        ids_by_diagnosis: dict[Diagnosis, list[str]] = {}
        diagnoses = [
            (result.id, diagnosis) for result in self.results for diagnosis in result.diagnoses
        ]
        # An error first: what one check only warns of may be why another fails.
        for id, diagnosis in sorted(
            diagnoses, key=lambda pair: pair[1].severity is not Severity.ERROR
        ):
            same = _first_alike(diagnosis, ids_by_diagnosis)
            ids_by_diagnosis.setdefault(same, []).append(id)
        waived = {result.id for result in self.results if result.waived}
        roots = [
            RootCause(diagnosis, tuple(dict.fromkeys(ids)), waived >= {*ids})
            for diagnosis, ids in ids_by_diagnosis.items()
        ]
        required = {result.id for result in self.results if result.required}
        return tuple(
            sorted(
                roots,
                key=lambda root: (
                    root.diagnosis.severity is not Severity.ERROR,
                    not required & {*root.checks},
                ),
            )
        )

    @property
    def to_mend(self) -> tuple[RootCause, ...]:
        """The root causes that somebody should do something about: without those that are waived."""
        return tuple(cause for cause in self.causes if not cause.waived)

    @property
    def exit_code(self) -> int:
        """0 ready, 1 something fails, 3 could not be determined, 130 interrupted (2, wrong usage,
        has no report).
        """
        if self.interrupted:
            return INTERRUPTED
        required = [result for result in self.results if result.required and result.selected]
        bad = {Status.FAIL, Status.WARN} if self.strict else {Status.FAIL}
        if any(result.status in bad for result in required) or self._failing_prerequisites(
            required
        ):
            return NOT_READY
        if any(result.status is Status.UNDETERMINED or result.blocked_by for result in required):
            return UNDETERMINED
        return READY if any(result.proved for result in required) else UNDETERMINED

    @property
    def verdict(self) -> str:
        """`ready`, `not-ready` or `undetermined`."""
        return {READY: "ready", NOT_READY: "not-ready"}.get(self.exit_code, "undetermined")

    @property
    def complete(self) -> bool:
        """Whether everything required was asked for: no option has cut the run short."""
        return not any(self.cut_short(result) for result in self.results if result.required)

    @staticmethod
    def cut_short(result: CheckResult) -> bool:
        """Whether an option has left the check out, or it ran for another's sake alone."""
        return not result.selected or (result.skip_reason or "").startswith(BY_OPTION)

    def _failing_prerequisites(self, required: Sequence[CheckResult]) -> bool:
        """Whether something required waits for a failure, or ran only for a selected check and
        failed: that is the answer too.
        """
        blocking = {result.blocked_by for result in required}
        failed = [result for result in self.results if result.status is Status.FAIL]
        return any(
            result.id in blocking or (result.required and not result.selected) for result in failed
        )


def _first_alike(diagnosis: Diagnosis, earlier: Iterable[Diagnosis]) -> Diagnosis:
    """The earlier diagnosis that names the same thing, or this one. A cause is its code and what
    was found: two checks that meet it tell of different consequences.
    """

    def key(diagnosis: Diagnosis) -> tuple[str, str]:
        return diagnosis.code, diagnosis.evidence.found or diagnosis.summary

    return next((other for other in earlier if key(other) == key(diagnosis)), diagnosis)
