"""Checks become results: needs first, the rest in parallel, each within its deadline, in declaration order."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from envcheck.environment import Environment
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
from envcheck.run.crashes import blame, is_outcome, owner, shown
from envcheck.run.plan import Planned
from envcheck.run.result import CheckResult

STACK = 1_048_576  # bytes for a check's thread: a small `ulimit -v` has no room for many of 8 MB


@dataclass(frozen=True)
class Event:
    """For whoever shows progress: a check has begun, or has its result."""

    planned: Planned
    result: CheckResult | None = None


@dataclass
class _Task:
    """A check on its way. `outcome` is what it said, before it is known whether another's failure explains it."""

    planned: Planned
    begun: float | None = None
    seconds: float = 0.0
    outcome: Outcome | None = None
    error: str = ""
    result: CheckResult | None = None


@dataclass
class Runner:
    """One run. Only the thread that calls `run` calls `on_event`. `limit` is in seconds, for the whole run, of which
    `spent` have passed before `run` is called.
    """

    env: Environment
    jobs: int = 6
    limit: float = 90.0
    spent: float = 0.0
    on_event: Callable[[Event], object] = id
    _tasks: dict[Check, _Task] = field(default_factory=dict)
    _answers: queue.SimpleQueue[tuple[_Task, Outcome | None, str, float]] = field(
        default_factory=queue.SimpleQueue
    )
    _zero: float = 0.0
    _end: float = 0.0

    def run(self, planned: Sequence[Planned]) -> tuple[CheckResult, ...]:
        """Every check's result, in declaration order. A KeyboardInterrupt is raised on; `results` has what is known."""
        self._zero = time.monotonic()
        self._end = self._zero + max(self.limit - self.spent, 0.5)
        self.expect(planned)
        threading.stack_size(STACK)
        self._advance()
        while any(task.result is None for task in self._tasks.values()):
            self._receive()
            self._advance()
        return self.results()

    def expect(self, planned: Sequence[Planned]) -> None:
        """From now on `results` has a line for each of these."""
        self._tasks = {one.check: _Task(one) for one in planned}

    def results(self, otherwise: str = "") -> tuple[CheckResult, ...]:
        """The results so far; a check without one is UNDETERMINED and says `otherwise`."""
        return tuple(
            task.result or self._result(task, Status.UNDETERMINED, otherwise)
            for task in self._tasks.values()
        )

    def _advance(self) -> None:
        """Settle and start whatever can be settled or started now, until nothing changes."""
        changed = True
        while changed:
            changed = False
            for task in self._tasks.values():
                if task.result is None and (self._settle(task) or self._begin(task)):
                    changed = True

    def _begin(self, task: _Task) -> bool:
        waiting = any(need.result is None for need in self._needs(task))
        running = len(self._open())
        if task.begun is not None or waiting or running >= self.jobs:
            return False
        task.begun = time.monotonic()
        self.on_event(Event(task.planned))
        threading.Thread(
            target=self._examine, args=(task,), daemon=True, name=task.planned.id
        ).start()
        return True

    def _examine(self, task: _Task) -> None:
        begun = time.monotonic()
        try:
            outcome, error = task.planned.check.examine(self.env), ""
        except BaseException as crash:  # noqa: BLE001  # a check that breaks is a result, whatever it raises
            outcome, error = None, blame(task.planned.check, crash)
        self._answers.put((task, outcome, error, time.monotonic() - begun))

    def _receive(self) -> None:
        """Wait for the next answer or the next deadline. A late answer finds its check settled and changes nothing."""
        now = time.monotonic()
        open_tasks = self._open()
        deadlines = [(task.begun or now) + task.planned.check.timeout for task in open_tasks]
        end = min([*deadlines, self._end])
        try:
            task, outcome, error, seconds = self._answers.get(timeout=max(end - now, 0.01))
        except queue.Empty:
            self._expire(open_tasks)
            return
        if (
            not task.error
        ):  # of a check that is settled already, it is still known that it runs no more
            task.outcome, task.error, task.seconds = outcome, error, seconds
            if not error and not is_outcome(outcome):
                task.outcome, task.error = (
                    None,
                    f"{owner(task.planned.check)} returned {shown(outcome)}, which is not an outcome",
                )

    def _open(self) -> list[_Task]:
        """What runs and is still waited for."""
        tasks = self._tasks.values()
        return [
            task
            for task in tasks
            if task.begun is not None
            and task.outcome is None
            and not task.error
            and task.result is None
        ]

    def _expire(self, open_tasks: Sequence[_Task]) -> None:
        now = time.monotonic()
        over = now >= self._end
        longer = f"; `--timeout {max(2 * self.limit, 60):.0f}` gives it longer"
        for task in open_tasks:
            check = task.planned.check
            if over or now >= (task.begun or now) + check.timeout:
                task.seconds = now - (task.begun or now)
                limit = (
                    f"the whole run's limit of {self.limit:.0f} s"
                    if over
                    else f"its limit of {check.timeout:.0f} s"
                )
                task.error = f"no answer within {limit} from {owner(check)}{longer if over else ''}"
        if over:
            late = f"not reached within the limit of {self.limit:.0f} s{longer}"
            for task in self._tasks.values():
                if task.begun is None and task.result is None:
                    task.result = self._result(task, Status.UNDETERMINED, late)
                    self.on_event(Event(task.planned, task.result))

    def _settle(self, task: _Task) -> bool:
        """Give the task its result if everything that the result depends on is known."""
        result = self._early(task) if task.begun is None else self._late(task)
        if result is None:
            return False
        task.result = result
        self.on_event(Event(task.planned, result))
        return True

    def _early(self, task: _Task) -> CheckResult | None:
        if task.planned.left_out:
            return self._result(task, Status.SKIP, "", skip_reason=task.planned.left_out)
        settled = [need.result for need in self._needs(task) if need.result is not None]
        for need in settled:
            if need.status in (Status.FAIL, Status.UNDETERMINED, Status.SKIP):
                return self._blocked(task, need)
        return None

    def _late(self, task: _Task) -> CheckResult | None:
        """A failure waits for the checks that may explain it; one that does explain it is not waited for."""
        others = [self._tasks[one] for one in task.planned.check.explained_by if one in self._tasks]
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
        """A failure explains another; what could not be told does not, nor what waits for that."""
        roots = (
            task.result for task in self._tasks.values() if task.planned.id == other.blocked_by
        )
        root = next(roots, None) or other
        return root.status is Status.FAIL

    def _judge(self, task: _Task) -> CheckResult:
        outcome = task.outcome
        if isinstance(outcome, Diagnosis):
            outcome = (outcome,)
        if isinstance(outcome, tuple) and outcome:
            failing = any(one.severity is Severity.ERROR for one in outcome)
            return self._result(
                task, Status.FAIL if failing else Status.WARN, outcome[0].summary, diagnoses=outcome
            )
        if isinstance(outcome, Fine):
            status = Status.WARN if outcome.warnings else Status.PASS
            return self._result(task, status, outcome.summary, diagnoses=outcome.warnings)
        if isinstance(outcome, NotDone):
            return self._result(
                task, Status.WARN, outcome.warning.summary, diagnoses=(outcome.warning,), done=False
            )
        if isinstance(outcome, Skipped):
            return self._result(task, Status.SKIP, "", skip_reason=outcome.reason)
        return self._result(
            task,
            Status.UNDETERMINED,
            outcome.summary if isinstance(outcome, Unknown) else task.error,
        )

    def _blocked(self, task: _Task, by: CheckResult) -> CheckResult:
        """Skipped because of another check: the root, not the nearest, is named."""
        if by.status is Status.SKIP and by.blocked_by is None:
            return self._result(
                task,
                Status.SKIP,
                "",
                skip_reason=f"it needs {by.id}, which was left out: {by.skip_reason}",
            )
        root = by.blocked_by or by.id
        return self._result(
            task, Status.SKIP, "", skip_reason=f"blocked by {root}", blocked_by=root
        )

    def _needs(self, task: _Task) -> list[_Task]:
        return [self._tasks[need] for need in task.planned.check.needs if need in self._tasks]

    def _result(
        self,
        task: _Task,
        status: Status,
        summary: str,
        *,
        diagnoses: tuple[Diagnosis, ...] = (),
        blocked_by: str | None = None,
        skip_reason: str | None = None,
        done: bool = True,
    ) -> CheckResult:
        planned, check = task.planned, task.planned.check
        needs = tuple(
            self._tasks[need].planned.id
            for need in (*check.needs, *check.explained_by)
            if need in self._tasks
        )
        return CheckResult(
            id=planned.id,
            title=check.title,
            status=status,
            seconds=round(task.seconds, 3),
            summary=summary,
            required=check.required,
            diagnoses=diagnoses,
            blocked_by=blocked_by,
            skip_reason=skip_reason,
            started=round((task.begun or self._zero) - self._zero, 3) if task.begun else 0.0,
            needs=needs,
            selected=planned.selected,
            done=done,
        )
