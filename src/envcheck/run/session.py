"""One run from question to report: a scratch folder, the watchdog, the checks, and everything closed again."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import os
import platform
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from envcheck.environment import Environment, Located, Options
from envcheck.errors import NoRoom
from envcheck.model import Course, Fix, Tell
from envcheck.privacy import Scrubber, scrubber_for
from envcheck.processes.process import Processes
from envcheck.processes.watchdog import Watchdog
from envcheck.run import pages
from envcheck.run.plan import Planned
from envcheck.run.report import Report
from envcheck.run.result import CheckResult, TargetSummary
from envcheck.run.runner import Event, Runner
from envcheck.target.interpreter import Interpreter, target

V = TypeVar("V")
PUT_BACK = "A report holds no names: USER and HOST stand here for yours. Put them back in these lines, or run envcheck with --fix."


@dataclass(frozen=True)
class Request:
    """What one run is asked for. `timeout` is in seconds, for all of it. `others` are courses whose pages are shown too."""

    course: Course
    chapters: tuple[str, ...]
    planned: tuple[Planned, ...]
    located: Located
    variables: Mapping[str, str]
    folder: Path
    options: Options = field(default_factory=Options)
    timeout: float = 90.0
    jobs: int = 6
    strict: bool = False
    broken: tuple[str, ...] = ()
    others: tuple[Course, ...] = ()


class Session:
    """Holds what a run opened. `run` answers with a report that is already scrubbed of private things."""

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
        """Run the checks. `on_begin` is given the report as it is when the target has answered: without results."""
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
            return self._report(env, results, interrupted=interrupted)

    def _report(
        self, env: Environment, results: Sequence[CheckResult], *, interrupted: bool
    ) -> Report:
        report = Report(
            started=self._started,
            seconds=time.monotonic() - self._zero,
            course_id=self.request.course.id,
            course_title=self.request.course.title,
            course_revision=self.request.course.revision,
            chapters=self.request.chapters,
            target=_summary(env, wait=not interrupted),
            results=tuple(results),
            strict=self.request.strict,
            interrupted=interrupted,
            broken=self.request.broken,
            command=self.request.variables.get("ENVCHECK_COMMAND", "envcheck"),
            tracks=tuple(
                track.id
                for track in self.request.course.tracks
                if track.id in self.request.chapters
            ),
            unexplained=self._unexplained(results),
            course_file=self.request.course.file,
        )
        self.unscrubbed = report
        return scrubbed(report, self.scrubber)

    def _unexplained(self, results: Sequence[CheckResult]) -> tuple[str, ...]:
        """The codes in these results that `envcheck explain` has no page for."""
        codes = dict.fromkeys(one.code for result in results for one in result.diagnoses)
        courses = (self.request.course, *self.request.others) if codes else ()
        return pages.unexplained(codes, courses, [one.check for one in self.request.planned])


@contextlib.contextmanager
def environment(request: Request) -> Iterator[Environment]:
    """The learner's environment for one run; closed, with nothing left running or lying about, however the run ends."""
    watchdog = Watchdog(secrets.token_hex(16))
    processes = Processes(watchdog, time.monotonic() + request.timeout)
    scratch = _scratch_folder(watchdog)
    env = Environment(
        request.located,
        variables=request.variables,
        folder=request.folder,
        scratch=scratch,
        cache=_cache_folder(),
        processes=processes,
        options=request.options,
    )
    try:
        yield env
    finally:
        env.close()
        processes.close()
        shutil.rmtree(scratch, ignore_errors=True)
        watchdog.close()


def _scratch_folder(watchdog: Watchdog) -> Path:
    """A new folder under the system's temporary one, or in memory or elsewhere where that one is full. Where all are
    full, one without room: checks tell what a full disk is. Raises NoRoom.
    """
    cramped: list[Path] = []
    reasons = []
    for place in (None, "/dev/shm", "/var/tmp", _cache_folder()):
        try:
            folder = Path(tempfile.mkdtemp(prefix="envcheck-", dir=place))
        except OSError as error:
            reasons.append(f"{place or 'the temporary folder'}: {error.strerror}")
            continue
        watchdog.guard_folder(str(folder))
        if _has_room(folder):
            _remove(cramped)
            return folder
        cramped.append(folder)
    if not cramped:
        raise NoRoom(
            f"envcheck found no folder for its temporary files ({'; '.join(reasons)}). Free some space, or set TMPDIR"
        )
    _remove(cramped[1:])
    return cramped[0]


def _has_room(folder: Path) -> bool:
    room = folder / "room"
    try:
        room.write_bytes(b"\0" * 4_000_000)
    except OSError:
        return False
    finally:
        room.unlink(missing_ok=True)
    return True


def _remove(folders: Sequence[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _cache_folder() -> Path | None:
    """A folder inside envcheck's own environment, never in the learner's home; None where that is not writable."""
    folder = Path(sys.prefix, "var", "envcheck")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def _summary(env: Environment, *, wait: bool) -> TargetSummary:
    found = target(env) if wait else target.already(env)
    system = {
        "name": platform.system(),
        "version": _system_version(),
        "machine": platform.machine(),
    }
    if not isinstance(found, Interpreter):
        return TargetSummary(env.located.command[0], env.located.rule, os=system)
    return TargetSummary(
        python=found.executable or env.located.command[0],
        located_by=env.located.rule,
        version=found.version,
        implementation=found.implementation,
        prefix=found.prefix,
        base_prefix=found.base_prefix,
        kind=found.kind,
        bits=found.bits,
        os=system,
    )


def _system_version() -> str:
    with contextlib.suppress(OSError):
        return platform.freedesktop_os_release().get("PRETTY_NAME", platform.release())
    return platform.mac_ver()[0] or platform.release()


def scrubbed(value: V, scrubber: Scrubber) -> V:
    """A frozen value with everything private taken out of every text in it, however deep."""
    if isinstance(value, str) and type(value) is str:
        return scrubber.text(value)  # type: ignore[return-value]  # a str gives a str
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {
            one.name: scrubbed(getattr(value, one.name), scrubber)
            for one in dataclasses.fields(value)
        }
        changed = dataclasses.replace(value, **changes)
        if isinstance(value, Fix) and not _can_be_put_back(value, scrubber):
            return _for_its_owner(changed)  # type: ignore[return-value, arg-type]  # a Fix gives one
        return changed
    if isinstance(value, tuple | list):
        return type(value)(scrubbed(one, scrubber) for one in value)
    if isinstance(value, Mapping):
        return {key: scrubbed(one, scrubber) for key, one in value.items()}  # type: ignore[return-value]  # a mapping gives one
    return value


def _can_be_put_back(value: object, scrubber: Scrubber) -> bool:
    if isinstance(value, str):
        return scrubber.can_be_put_back(value)
    if isinstance(value, tuple):
        return all(_can_be_put_back(one, scrubber) for one in value)
    if dataclasses.is_dataclass(value):
        return all(
            _can_be_put_back(getattr(value, one.name), scrubber)
            for one in dataclasses.fields(value)
        )
    return True


def _for_its_owner(fix: Fix) -> Fix:
    """No program can carry this out from the report alone: a name that had to be taken out of it stands in a path."""
    return dataclasses.replace(fix, steps=(*fix.steps, Tell(PUT_BACK))) if fix.automatic else fix
