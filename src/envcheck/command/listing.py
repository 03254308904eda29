"""What there is: courses, chapters, tracks and their checks, with what each proves, needs and
costs.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from envcheck.command import courses
from envcheck.environment import Options
from envcheck.lazy import Lazy
from envcheck.learners_system import NAMES
from envcheck.model import Chapter, Check, Course
from envcheck.printable import for_a_log
from envcheck.processes.streams import stdout_for_the_report_alone
from envcheck.run import plan, plugins
from envcheck.run.pages import listed_checks
from envcheck.sentences import listed
from envcheck.target.locate import learner_variables


def as_json(shown: Sequence[Course]) -> str:
    """For programs; costs are at most, in seconds and megabytes."""
    return json.dumps({"courses": [_course(course) for course in shown]}, indent=1) + "\n"


def as_text(shown: Sequence[Course]) -> str:
    """For people: chapters first, tracks apart, since no chapter asks for those yet."""
    blocks = []
    for course in shown:
        blocks.append(f"{course.title} ({course.id})")
        blocks += [_block(chapter, _command(chapter.id)) for chapter in course.chapters]
        if course.tracks:
            blocks.append("Tracks: tools from the course's scope that no chapter asks for yet")
            blocks += [_block(track, f"envcheck track {track.id}") for track in course.tracks]
    return "\n\n".join(blocks) + "\n" if blocks else "No course is installed.\n"


def of_run(
    loaded: plugins.Loaded,
    names: tuple[tuple[str, ...], tuple[str, ...]],
    file: str | None,
    format_: str,
) -> str:
    """The checks of a run of these chapters and tracks, without running it, in the order of its
    report: for programs that name them first. `format_` is text or json. Raises UsageProblem, as the
    run would.
    """
    course = courses.load_file(file, loaded) if file else courses.choose(loaded, *names)
    with stdout_for_the_report_alone():  # checks of the course's own are loaded now
        planned = plan.make(course, plan.Selection(*names), Options(), learner_variables())
    if format_ == "json":
        checks = [
            {"id": each.id, "title": each.check.title, "required": each.check.required}
            for each in planned
        ]
        return json.dumps({"course": course.id, "checks": checks}, indent=1) + "\n"
    width = max(len(each.id) for each in planned)
    lines = [f"{each.id:<{width}}  {each.check.title}" for each in planned]
    return for_a_log("\n".join(lines)) + "\n"


def _command(chapter: str) -> str:
    """What is typed for a chapter; one that has a command's name needs a word before it."""
    return f"envcheck run {chapter}" if chapter in plugins.RESERVED else f"envcheck {chapter}"


def _course(course: Course) -> dict[str, Any]:
    return {
        "id": course.id,
        "title": course.title,
        "revision": course.revision,
        "file": course.file or None,
        "help": course.help or None,
        "chapters": [_chapter(chapter) for chapter in course.chapters],
        "tracks": [_chapter(track) for track in course.tracks],
    }


def _chapter(chapter: Chapter) -> dict[str, Any]:
    checks, problem = listed_checks(chapter)
    return {
        "id": chapter.id,
        "title": chapter.title,
        "checks": [_check(chapter, check) for check in checks],
        **({"problem": problem} if problem else {}),
    }


def _check(chapter: Chapter, check: Check) -> dict[str, Any]:
    return {
        "id": f"{chapter.id}.{check.id}",
        "title": check.title,
        "proves": check.proves,
        "required": check.required,
        "needs": [f"{chapter.id}.{need.id}" for need in check.needs],
        "beside": [f"{chapter.id}.{need.id}" for need in check.explained_by],
        "uses": sorted(check.traits),
        "deadline": check.timeout,
        "cost": asdict(check.cost),
        "owner": check.owner,
        "only_on": list(check.only_on),
    }


def _block(chapter: Chapter, command: str) -> str:
    lines = [f"  {chapter.id}: {chapter.title}", f"  {command}"]
    checks, problem = listed_checks(chapter)
    if problem:
        lines.append(f"    its checks cannot be listed: {problem}")
    if isinstance(chapter.own_checks, Lazy):
        lines.append("    and checks in Python of the course's own, loaded when it runs")
    for check in checks:
        marks = [] if check.required else ["optional"]
        if check.waiver is not None and not check.waiver.ended:
            marks.append(f"waived until {check.waiver.until}: {check.waiver.why}")
        marks += [f"only on {listed([NAMES.get(each, each) for each in check.only_on])}"] * bool(
            check.only_on
        )
        marks += [
            f"only with --{trait}"
            for trait in sorted(check.traits)
            if trait in ("deep", "notebooks")
        ]
        text = f"{check.proves or check.title}" + (f" ({', '.join(marks)})" if marks else "")
        lines.append(
            textwrap.fill(
                text,
                80,
                initial_indent=f"    {check.id:<18} ",
                subsequent_indent=" " * 23,
                break_on_hyphens=False,
            )
        )
    return "\n".join(lines)
