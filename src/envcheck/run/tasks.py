"""Which result each check of a run has: from what it said, and from the results of those that it
depends on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from envcheck.model import (
    Check,
    Diagnosis,
    Fine,
    NotDone,
    Outcome,
    Severity,
    Skipped,
    Status,
    Unknown,
)
from envcheck.run.bounded import bounded
from envcheck.run.plan import Planned
from envcheck.run.result import CheckResult


@dataclass
class Task:
    """A check on its way. `outcome` is what it said, before it is known whether another's failure
    explains it.

    `begun` is on the monotonic clock, `seconds` is how long it took.
    """

    planned: Planned
    begun: float | None = None
    seconds: float = 0.0
    outcome: Outcome | None = None
    error: str = ""
    result: CheckResult | None = None


class Tasks:
    """The checks of one run, in declaration order. `begun` is the run's start on the monotonic
    clock.

    It starts nothing and waits for nothing: that is the runner's part.
    """

    def __init__(self, planned: Sequence[Planned] = (), begun: float = 0.0) -> None:
        self._tasks: dict[Check, Task] = {
            planned_check.check: Task(planned_check) for planned_check in planned
        }
        self._begun = begun

    def __iter__(self) -> Iterator[Task]:
        return iter(self._tasks.values())

    def settled(self, task: Task) -> CheckResult | None:
        """The task's result, if everything that it depends on is known; else None."""
        return self._before_start(task) if task.begun is None else self._after_start(task)

    def _before_start(self, task: Task) -> CheckResult | None:
        if task.planned.left_out:
            return self.result(task, Status.SKIP, "", skip_reason=task.planned.left_out)
        settled = [need.result for need in self.needs(task) if need.result is not None]
        for need in settled:
            if need.status in (Status.FAIL, Status.UNDETERMINED, Status.SKIP):
                return self._blocked(task, need)
        return None

    def _after_start(self, task: Task) -> CheckResult | None:
        """A failure waits for the checks that may explain it; one that does explain it is not
        waited for.
        """
        others = [
            self._tasks[check] for check in task.planned.check.explained_by if check in self._tasks
        ]
        failed = [
            other.result
            for other in others
            if other.result is not None and self._explains(other.result)
        ]
        answered = task.outcome is not None or bool(task.error)
        result = self._judge(task) if answered else None
        if result is not None and result.status not in (Status.FAIL, Status.UNDETERMINED):
            return result
        if failed:
            return self._blocked(task, failed[0])
        return None if any(other.result is None for other in others) else result

    def _explains(self, other: CheckResult) -> bool:
        """A failure explains another; what could not be told does not, nor what waits for that, and no
        failure that does not count: another cause might hide behind it.
        """
        if other.waived:
            return False
        roots = (
            task.result for task in self._tasks.values() if task.planned.id == other.blocked_by
        )
        root = next(roots, None) or other
        return root.status is Status.FAIL

    def _judge(self, task: Task) -> CheckResult:
        outcome = task.outcome
        if isinstance(outcome, Diagnosis):
            outcome = (outcome,)
        if isinstance(outcome, tuple) and outcome:
            failing = any(diagnosis.severity is Severity.ERROR for diagnosis in outcome)
            return self.result(
                task, Status.FAIL if failing else Status.WARN, outcome[0].summary, diagnoses=outcome
            )
        if isinstance(outcome, Fine):
            status = Status.WARN if outcome.warnings else Status.PASS
            fine = self.result(task, status, outcome.summary, diagnoses=outcome.warnings)
            return replace(fine, typed=outcome.typed)
        if isinstance(outcome, NotDone):
            return self.result(
                task, Status.WARN, outcome.warning.summary, diagnoses=(outcome.warning,), done=False
            )
        if isinstance(outcome, Skipped):
            return self.result(task, Status.SKIP, "", skip_reason=outcome.reason)
        return self.result(
            task,
            Status.UNDETERMINED,
            outcome.summary if isinstance(outcome, Unknown) else task.error,
        )

    def _blocked(self, task: Task, by: CheckResult) -> CheckResult:
        """Skipped because of another check: the root, not the nearest, is named."""
        if by.status is Status.SKIP and by.blocked_by is None:
            return self.result(
                task,
                Status.SKIP,
                "",
                skip_reason=f"it needs {by.id}, which was left out: {by.skip_reason}",
            )
        root = by.blocked_by or by.id
        return self.result(task, Status.SKIP, "", skip_reason=f"blocked by {root}", blocked_by=root)

    def needs(self, task: Task) -> list[Task]:
        """The tasks that must have passed before this one starts."""
        return [self._tasks[need] for need in task.planned.check.needs if need in self._tasks]

    def result(
        self,
        task: Task,
        status: Status,
        summary: str,
        *,
        diagnoses: tuple[Diagnosis, ...] = (),
        blocked_by: str | None = None,
        skip_reason: str | None = None,
        done: bool = True,
    ) -> CheckResult:
        """A result of this task; its times are in seconds, `started` from the start of the run."""
        planned, check = task.planned, task.planned.check
        needs = tuple(
            self._tasks[need].planned.id
            for need in (*check.needs, *check.explained_by)
            if need in self._tasks
        )
        result = CheckResult(
            id=planned.id,
            title=check.title,
            status=status,
            seconds=round(task.seconds, 3),
            summary=summary,
            required=check.required and (check.waiver is None or check.waiver.ended),
            diagnoses=diagnoses,
            blocked_by=blocked_by,
            skip_reason=skip_reason,
            started=round((task.begun or self._begun) - self._begun, 3) if task.begun else 0.0,
            needs=needs,
            selected=planned.selected,
            done=done,
            waiver=check.waiver,
        )
        return bounded(result)
