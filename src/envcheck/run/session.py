"""One run, from the request to the report."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Sequence

from envcheck.environment import Environment
from envcheck.privacy import scrubber_for
from envcheck.run import pages
from envcheck.run.crashes import own_fault
from envcheck.run.report import Report
from envcheck.run.request import Request
from envcheck.run.result import CheckResult
from envcheck.run.runner import Event, Runner
from envcheck.run.scrub import scrubbed
from envcheck.run.target_summary import summarize_target
from envcheck.run.workplace import environment


class Session:
    """Holds what a run opened. `run` answers with a report that is already scrubbed of private
    things.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.scrubber = scrubber_for(request.variables)
        self.unscrubbed: Report | None = (
            None  # the same with real paths: for fixing, never for showing
        )
        self._zero = time.monotonic()
        self._started = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

    def run(
        self, on_begin: Callable[[Report], object] = id, on_event: Callable[[Event], object] = id
    ) -> Report:
        """Run the checks. `on_begin` is given the report as it is when the target has answered:
        without results.
        """
        with environment(self.request) as env:
            runner = Runner(env, self.request.jobs, self.request.timeout, on_event=on_event)
            runner.expect(self.request.planned)
            interrupted = False
            try:
                on_begin(self._report(env, (), interrupted=False))
                runner.spent = time.monotonic() - self._zero
                results = runner.run(self.request.planned)
            except KeyboardInterrupt:
                interrupted, results = True, runner.results("interrupted before it had an answer")
            except Exception as error:  # noqa: BLE001  # our own fault: nothing is told of the machine, and that is reported too
                results = runner.give_up(f"not told: {own_fault(error)}")
                return self._report(env, results, interrupted=False, wait=False)
            return self._report(env, results, interrupted=interrupted)

    def _report(
        self,
        env: Environment,
        results: Sequence[CheckResult],
        *,
        interrupted: bool,
        wait: bool = True,
    ) -> Report:
        report = Report(
            started=self._started,
            seconds=time.monotonic() - self._zero,
            course_id=self.request.course.id,
            course_title=self.request.course.title,
            course_revision=self.request.course.revision,
            chapters=self.request.chapters,
            target=summarize_target(env, wait=wait and not interrupted),
            results=tuple(results),
            strict=self.request.strict,
            interrupted=interrupted,
            broken=self.request.broken,
            tracks=tuple(
                track.id
                for track in self.request.course.tracks
                if track.id in self.request.chapters
            ),
            unexplained=self._unexplained(results),
            again=self.request.again,
            selection=self.request.selection,
            options=self.request.options,
            alias=self.request.alias,
        )
        self.unscrubbed = report
        return scrubbed(report, self.scrubber)

    def _unexplained(self, results: Sequence[CheckResult]) -> tuple[str, ...]:
        """The codes in these results that `envcheck explain` has no page for."""
        codes = dict.fromkeys(
            diagnosis.code for result in results for diagnosis in result.diagnoses
        )
        courses = (self.request.course, *self.request.others) if codes else ()
        return pages.unexplained(
            codes, courses, [planned.check for planned in self.request.planned]
        )
