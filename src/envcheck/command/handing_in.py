"""What follows a run with `--join`: its report is handed in."""

from __future__ import annotations

from click import Abort

from envcheck.command.class_link import Asked
from envcheck.command.terminal import learner
from envcheck.errors import UsageProblem
from envcheck.privacy import scrubber_for
from envcheck.reports import json
from envcheck.run.crashes import own_fault
from envcheck.run.report import Report
from envcheck.run.request import Request
from envcheck.sending.person import Counter, Person, counter_of


def after(asked: Asked, wanted: Request, report: Report) -> None:
    """Hand the report in if that was asked for. Whatever happens, the verdict is the run's."""
    person = learner(asked.secrets)
    counter = counter_of(wanted.variables, wanted.again.send(), unasked=asked.unasked)
    try:
        if asked.place is not None:
            from envcheck.sending.handing_in import hand_in_report  # when asked: it needs requests

            body = json.render(report).encode("utf-8", "replace")
            scrubber = scrubber_for(wanted.variables).hiding(asked.secrets)
            hand_in_report(asked.place, body, scrubber, person, counter)
        elif not asked.offline:
            _remind(person, counter)
    except UsageProblem as problem:
        person.say(f"The report was not sent: {problem}.")
    except (KeyboardInterrupt, Abort):
        person.say("\nNothing more is sent.")
    except Exception as error:  # noqa: BLE001  # a fault of ours takes no verdict away
        person.say(f"The report was not sent: {own_fault(error)}.")


def _remind(person: Person, counter: Counter) -> None:
    from envcheck.sending.reminder import remind  # after the verdict, which waits for nothing

    remind(person, counter)
