"""Handing a report in: the learner sees where it goes and every byte of it, is asked once, and is told
what became of it. Nothing that goes wrong here changes the verdict.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from envcheck.classroom.standing import State, borne_out
from envcheck.privacy import Scrubber
from envcheck.sending import hints, unsent
from envcheck.sending.keys import key_of
from envcheck.sending.link import Place
from envcheck.sending.parcel import Parcel, parcel
from envcheck.sending.person import Counter, Person
from envcheck.sending.server import Class, Kept, Server
from envcheck.sending.trouble import Trouble
from envcheck.sentences import number_of

# What the class will read in it, whatever the report calls itself.
SAYS = {
    State.READY: "ready",
    State.WARNED: "ready, with warnings",
    State.PARTIAL: "only a part was asked for, and that part works",
    State.STUCK: "not ready",
    State.UNDETERMINED: "could not tell",
}


def hand_in_report(
    place: Place, body: bytes, scrubber: Scrubber, person: Person, counter: Counter
) -> None:
    """Hand in the report that a run has just made, and after it those that wait for its class."""
    what = parcel(place, "the report", body, scrubber)
    _ = hand_in(what, person, counter) and hand_in_waiting(person, counter, what)


def hand_in(what: Parcel, person: Person, counter: Counter) -> bool:
    """Show it, ask, send it; whether it has arrived. Nobody is asked, and nothing goes out, where
    no one could answer.
    """
    confirm = person.confirm
    if confirm is None and not counter.unasked:
        person.say(
            "The report was not sent: there is no terminal here to show it on and to ask. "
            "--send-without-asking sends it all the same."
        )
        return False
    server = Server(
        what.place, counter.variables, counter.bounds, lambda why: person.say(f"Waiting: {why}.")
    )
    try:
        about = server.about()
        if not counter.unasked and not (confirm and _agreed(what, about, person, confirm)):
            person.say("Nothing was sent.")
            _forget(what, counter)
            return False
        kept = server.send(what.body, key_of(counter.folder, what.place, what.alias), what.receipt)
    except Trouble as trouble:
        _tell(trouble, what, person, counter)
        return False
    _forget(what, counter)
    _thank(what, about, kept, person)
    return True


def hand_in_waiting(person: Person, counter: Counter, where: Parcel | None = None) -> bool:
    """Those that were kept, to one class alone if `where` is for it; whether all have arrived. It
    ends with the first that does not.
    """
    for kept in unsent.waiting(counter.folder) if counter.folder else ():
        if where is not None and kept.parcel.place != where.place:
            continue
        if not hand_in(kept.parcel, person, counter):
            return False
    return True


def _agreed(what: Parcel, about: Class, person: Person, confirm: Callable[[str], bool]) -> bool:
    """Every byte, then where it goes, then the question."""
    person.show(what.as_text())
    document = what.report.document
    verdict = SAYS[borne_out(document)]
    person.say(
        f"This is the whole report of {what.alias}: {len(what.body):,} bytes, receipt "
        f"{what.receipt}. It says of {', '.join(document['chapters'])}: {verdict}."
    )
    person.say(
        f"It goes to the class {about.name} ({about.chapter}) at {what.place.host}, "
        f"which deletes it after {number_of(about.days, 'day')}."
    )
    return confirm("Send it?")


def _tell(trouble: Trouble, what: Parcel, person: Person, counter: Counter) -> None:
    """What happened and the one next step; what may arrive another day is kept."""
    step = trouble.step
    if trouble.keep and counter.folder is not None:
        try:
            unsent.keep(counter.folder, what, time.time())
        except OSError as error:
            step = f"It could not be kept here ({error.strerror or error}). Run the same again"
    elif trouble.keep:
        step = "Run the same again when this is put right"
    else:
        _forget(what, counter)
    sentence, to_type, _ = step.partition("{send}")
    person.say(
        f"The report was not sent: {trouble.fact}. {sentence.rstrip()}{'' if to_type else '.'}"
    )
    if to_type:
        person.show(f"    {counter.send}")


def _thank(what: Parcel, about: Class, kept: Kept, person: Person) -> None:
    person.say(
        f"Sent to the class {about.name} at {what.place.host}. "
        f"Receipt {kept.receipt}: read it out when you are asked for it."
    )
    if kept.machine > 1:
        person.say(f"This is machine {kept.machine} of {what.alias} in the class.")
    for hint in kept.hints:
        person.show("\n".join(hints.lines(hint, person.width)))


def _forget(what: Parcel, counter: Counter) -> None:
    with suppress(OSError):
        if counter.folder is not None:
            unsent.forget(counter.folder, what)
