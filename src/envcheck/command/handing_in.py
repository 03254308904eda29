"""What follows a run with `--join`: its report is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from click import Abort

from envcheck.command.class_link import Asked
from envcheck.command.terminal import learner
from envcheck.errors import UsageProblem
from envcheck.privacy import scrubber_for
from envcheck.reports import json
from envcheck.run.again import Again
from envcheck.run.crashes import own_fault
from envcheck.run.report import Report
from envcheck.run.request import Request
from envcheck.sending.handing_in import Counter, hand_in, hand_in_waiting, remind
from envcheck.sending.own_folder import class_folder
from envcheck.sending.parcel import parcel


def after(asked: Asked, wanted: Request, report: Report) -> None:
    """Hand the report in if that was asked for. Whatever happens, the verdict is the run's."""
    person = learner(asked.secrets)
    counter = counter_for(wanted.variables, wanted.again, unasked=asked.unasked)
    try:
        if asked.place is not None:
            body = json.render(report).encode("utf-8", "replace")
            scrubber = replace(scrubber_for(wanted.variables), secrets=asked.secrets)
            what = parcel(asked.place, "the report", body, scrubber)
            _ = hand_in(what, person, counter) and hand_in_waiting(person, counter, what)
        elif not asked.offline:
            remind(person, counter)
    except UsageProblem as problem:
        person.say(f"The report was not sent: {problem}.")
    except (KeyboardInterrupt, Abort):
        person.say("\nNothing more is sent.")
    except Exception as error:  # noqa: BLE001  # a fault of ours takes no verdict away
        person.say(f"The report was not sent: {own_fault(error)}.")


def counter_for(variables: Mapping[str, str], again: Again, *, unasked: bool) -> Counter:
    """From where this learner hands in."""
    return Counter(variables, class_folder(variables), again.send(), unasked)
