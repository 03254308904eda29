"""Checks become results: needs first, the rest in parallel, each within its deadline, in
declaration order.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from envcheck.environment import Environment
from envcheck.model import Outcome, Status
from envcheck.run.copies import named_as_theirs
from envcheck.run.crashes import blame, is_outcome, owner, shown
from envcheck.run.own_files import undisturbed
from envcheck.run.permitted import permitted
from envcheck.run.plan import Planned
from envcheck.run.result import CheckResult
from envcheck.run.set_where import with_places
from envcheck.run.tasks import Task, Tasks
from envcheck.run.told_once import told_once
from envcheck.run.too_tight import judged

# Seconds of one wait. A signal ends a wait that has begun, in the thread that it is given to; one
# that comes just before is seen when the wait is over.
AT_ONCE = 0.25
STACK = 1_048_576  # bytes for a check's thread: a small `ulimit -v` has no room for many of 8 MB


@dataclass(frozen=True)
class Event:
    """For whoever shows progress: a check has begun, or has its result."""

    planned: Planned
    result: CheckResult | None = None


@dataclass
class Runner:
    """One run. Only the thread that calls `run` calls `on_event`. `limit` is in seconds, for the
    whole run, of which `spent` have passed before `run` is called.
    """

    env: Environment
    jobs: int = 6
    limit: float = 90.0
    spent: float = 0.0
    on_event: Callable[[Event], object] = id
    _tasks: Tasks = field(default_factory=Tasks)
    _answers: queue.Queue[tuple[Task, Outcome | None, str, float]] = field(
        default_factory=queue.Queue
    )
    _end: float = 0.0

    def run(self, planned: Sequence[Planned]) -> tuple[CheckResult, ...]:
        """Every check's result, in declaration order. A KeyboardInterrupt is raised on; `results`
        has what is known.
        """
        begun = time.monotonic()
        self._end = begun + max(self.limit - self.spent, 0.5)
        self._tasks = Tasks(planned, begun)
        threading.stack_size(STACK)
        self._advance()
        while any(task.result is None for task in self._tasks):
            self._receive()
            self._advance()
        return self.results()

    def expect(self, planned: Sequence[Planned]) -> None:
        """From now on `results` has a line for each of these."""
        self._tasks = Tasks(planned)

    def results(self, otherwise: str = "") -> tuple[CheckResult, ...]:
        """The results so far; a check without one is UNDETERMINED and says `otherwise`."""
        return told_once(
            [
                task.result or self._tasks.result(task, Status.UNDETERMINED, otherwise)
                for task in self._tasks
            ]
        )

    def give_up(self, reason: str) -> tuple[CheckResult, ...]:
        """The results, where envcheck itself broke: a check without one is UNDETERMINED, and shown
        with the reason.
        """
        for task in self._tasks:
            if task.result is None:
                task.result = self._tasks.result(task, Status.UNDETERMINED, reason)
                with contextlib.suppress(Exception):  # it may be what broke
                    self.on_event(Event(task.planned, task.result))
        return self.results()

    def _advance(self) -> None:
        """Settle and start whatever can be settled or started now, until nothing changes."""
        changed = True
        while changed:
            changed = False
            for task in self._in_order():
                if task.result is None and (self._settle(task) or self._begin(task)):
                    changed = True

    def _in_order(self) -> Iterable[Task]:
        """As declared; one at a time, servers last: they are the largest, and are left alone."""
        return (
            self._tasks
            if self.jobs > 1
            else sorted(self._tasks, key=lambda task: "server" in task.planned.check.traits)
        )

    def _begin(self, task: Task) -> bool:
        waiting = any(need.result is None for need in self._tasks.needs(task))
        running = len(self._open())
        if task.begun is not None or waiting or running >= self.jobs:
            return False
        task.begun = time.monotonic()
        self.on_event(Event(task.planned))
        threading.Thread(
            target=self._examine, args=(task,), daemon=True, name=task.planned.id
        ).start()
        return True

    def _examine(self, task: Task) -> None:
        begun = time.monotonic()
        try:
            with self.env.used():
                outcome = permitted(task.planned.check.examine(self.env), self.env)
                outcome, error = judged(outcome, self.env), ""
        except BaseException as crash:  # noqa: BLE001  # a check that breaks is a result, whatever it raises
            outcome, error = None, blame(task.planned.check, crash)
        self._answers.put((task, outcome, error, time.monotonic() - begun))

    def _receive(self) -> None:
        """Wait a moment for the next answer or the next deadline. A late answer finds its check settled and
        changes nothing.
        """
        now = time.monotonic()
        open_tasks = self._open()
        deadlines = [(task.begun or now) + task.planned.check.timeout for task in open_tasks]
        end = min([*deadlines, self._end])
        try:
            task, outcome, error, seconds = self._answers.get(
                timeout=min(max(end - now, 0.01), AT_ONCE)
            )
        except queue.Empty:
            self._expire(open_tasks)
            return
        if (
            not task.error
        ):  # of a check that is settled already, it is still known that it runs no more
            task.outcome, task.error, task.seconds = outcome, error, seconds
            if outcome is not None and is_outcome(outcome):
                task.outcome = self._in_their_words(outcome)
            elif not error:
                task.outcome, task.error = (
                    None,
                    f"{owner(task.planned.check)} returned {shown(outcome)}, which is not an outcome",
                )

    def _in_their_words(self, outcome: Outcome) -> Outcome:
        """As it is typed and found on this machine: nothing of ours is named."""
        told = named_as_theirs(outcome, self.env.copies)
        return with_places(undisturbed(told, self.env), self.env)

    def _open(self) -> list[Task]:
        """What runs and is still waited for."""
        return [
            task
            for task in self._tasks
            if task.begun is not None
            and task.outcome is None
            and not task.error
            and task.result is None
        ]

    def _expire(self, open_tasks: Sequence[Task]) -> None:
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
            for task in self._tasks:
                if task.begun is None and task.result is None:
                    task.result = self._tasks.result(task, Status.UNDETERMINED, late)
                    self.on_event(Event(task.planned, task.result))

    def _settle(self, task: Task) -> bool:
        """Give the task its result if everything that the result depends on is known. Returns
        whether it was.
        """
        result = self._tasks.settled(task)
        if result is None:
            return False
        task.result = result
        self.on_event(Event(task.planned, result))
        return True
