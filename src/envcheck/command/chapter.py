"""The command of a chapter or a track: from the words of the command line to the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from envcheck.command import class_link, course_to_run, destinations, examine, handing_in, request
from envcheck.command.terminal import terminal_helper, width
from envcheck.errors import UsageProblem
from envcheck.processes.console import shows_colours, takes_colours
from envcheck.processes.streams import stdout_for_the_report_alone
from envcheck.run import plan, plugins


def run(chapters: tuple[str, ...], words: Mapping[str, Any], loaded: plugins.Loaded) -> int:
    """Run the checks that the command line asks for, and return the exit code. Raises UsageProblem.

    `words` are the values of the options that every run takes.
    """
    if not words["timeout"] < 1e6:  # "nan" is a number for click, and no time for a clock
        raise UsageProblem(f"--timeout {words['timeout']}: it takes a number of seconds")
    selection = plan.Selection(chapters, words["tracks"], words["only"], words["skip"])
    course = course_to_run.of(selection, words, loaded)
    output = examine.Output(
        destinations.destinations(words["format_"], words["output"], words["reports"]),
        verbose=words["verbose"],
        colour=not words["plain"] and takes_colours(os.environ) and shows_colours(sys.stdout),
        fixing=words["fix"] and not words["dry_run"],
        width=width(),
    )
    fixing = words["fix"] or words["dry_run"]
    helper = terminal_helper(dry=words["dry_run"], yes=words["yes"]) if fixing else None
    asked = class_link.asked(words)
    with stdout_for_the_report_alone(restore=False) as out:
        made = request.make(course, selection, loaded, {**words, "alias": asked.alias})
        wanted = replace(made, secrets=asked.secrets)
        return examine.run(
            wanted, output, helper, out, lambda report: handing_in.after(asked, wanted, report)
        )
