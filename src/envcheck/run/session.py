"""One run, from the request to the report."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Sequence

from envcheck.privacy import scrubber_for
from envcheck.run import course_words
from envcheck.run.crashes import own_fault
from envcheck.run.not_begun import untold
from envcheck.run.pace import at_a_time
from envcheck.run.report import Report
from envcheck.run.request import Request
from envcheck.run.result import CheckResult, TargetSummary
from envcheck.run.runner import Event, Runner
from envcheck.run.scrub import scrubbed
from envcheck.run.target_summary import in_words, summarize_target
from envcheck.run.workplace import environment


class Session:
    """Holds what a run opened. `run` answers with a report that is already scrubbed of private
    things.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.scrubber = scrubber_for(request.variables).hiding(request.secrets)
        self.unscrubbed: Report | None = (
            None  # the same with real paths: for fixing, never for showing
        )
        self._zero = time.monotonic()
        self._started = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

    def run(
        self, on_begin: Callable[[Report], object] = id, on_event: Callable[[Event], object] = id
    ) -> Report:
        """Run the checks. `on_begin` is given the report as it is when the target has answered:
        without results. Where a run cannot even begin, or end, there is a report that says so.
        """
        try:
            return self._run(on_begin, on_event)
        except Exception as error:  # noqa: BLE001  # no room, or our own fault, before the first check or after the last
            if self.unscrubbed is not None and self.unscrubbed.results:
                return scrubbed(self.unscrubbed, self.scrubber)
            return self._nothing_told(error, on_begin, on_event)

    def _run(
        self, on_begin: Callable[[Report], object], on_event: Callable[[Event], object]
    ) -> Report:
        with environment(self.request) as env:
            jobs = at_a_time(env, self.request.jobs)
            runner = Runner(env, jobs, self.request.timeout, on_event=on_event)
            runner.expect(self.request.planned)
            interrupted = False
            try:
                on_begin(self._report(summarize_target(env, wait=True)))
                runner.spent = time.monotonic() - self._zero
                results = runner.run(self.request.planned)
            except KeyboardInterrupt:
                interrupted, results = True, runner.results("interrupted before it had an answer")
            except Exception as error:  # noqa: BLE001  # our own fault: nothing is told of the machine, and that is reported too
                results = runner.give_up(f"not told: {own_fault(error)}")
                return self._report(summarize_target(env, wait=False), results)
            target_summary = summarize_target(env, wait=not interrupted)
            return self._report(target_summary, results, interrupted=interrupted)

    def _nothing_told(
        self,
        error: Exception,
        on_begin: Callable[[Report], object],
        on_event: Callable[[Event], object],
    ) -> Report:
        """The report of a run that did not come to its checks."""
        on_begin(self._report(in_words(self.request.located)))
        events = [*untold(self.request.planned, error)]
        for event in events:
            on_event(event)
        results = [event.result for event in events if event.result is not None]
        return self._report(in_words(self.request.located), results)

    def _report(
        self,
        target_summary: TargetSummary,
        results: Sequence[CheckResult] = (),
        *,
        interrupted: bool = False,
    ) -> Report:
        report = Report(
            started=self._started,
            seconds=time.monotonic() - self._zero,
            course_id=self.request.course.id,
            course_title=self.request.course.title,
            course_revision=self.request.course.revision,
            chapters=self.request.chapters,
            target=target_summary,
            results=tuple(results),
            strict=self.request.strict,
            interrupted=interrupted,
            broken=self.request.broken,
            tracks=tuple(
                track.id
                for track in self.request.course.tracks
                if track.id in self.request.chapters
            ),
            explained=course_words.explained(self.request, results),
            again=self.request.again,
            selection=self.request.selection,
            options=self.request.options,
            alias=self.request.alias,
            course_file=self.request.course.file,
            course_help=self.request.course.help,
            hints=course_words.hints(self.request, results),
        )
        self.unscrubbed = report
        return scrubbed(report, self.scrubber)
