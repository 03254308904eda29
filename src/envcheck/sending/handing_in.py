"""Handing a report in: the learner sees where it goes and every byte of it, is asked once, and is told
what became of it. Nothing that goes wrong here changes the verdict.
"""

from __future__ import annotations

import time
from collections import Counter as Counted
from collections.abc import Callable, Iterable
from contextlib import suppress
from enum import Enum

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
    return hand_in_all([what], person, counter)


def hand_in_all(parcels: Iterable[Parcel], person: Person, counter: Counter) -> bool:
    """Each in its turn; whether all have arrived. What does not arrive keeps no other from it: of a server
    that is away only what is for that one waits, and it is tried once.
    """
    if person.confirm is None and not counter.unasked:
        person.say(
            "The report was not sent: there is no terminal here to show it on and to ask. "
            "--send-without-asking sends it all the same."
        )
        return False
    all_arrived, away = True, Counted[str]()
    for what in parcels:
        if what.place.origin in away:
            away[what.place.origin] += 1
            _keep(what, counter)
            continue
        end = _handed_in(what, person, counter)
        all_arrived &= end is End.ARRIVED
        if end is End.AWAY:
            away[what.place.origin] = 0
    for origin, others in away.items():
        if others:
            were = "was" if others == 1 else "were"
            person.say(f"{number_of(others, 'other report')} for {origin} {were} not tried.")
    return all_arrived


class End(Enum):
    """How it ended: REFUSED by the learner or by the server, or the server was AWAY."""

    ARRIVED = "arrived"
    REFUSED = "refused"
    AWAY = "away"


def _handed_in(what: Parcel, person: Person, counter: Counter) -> End:
    confirm = person.confirm
    server = Server(
        what.place, counter.variables, counter.bounds, lambda why: person.say(f"Waiting: {why}.")
    )
    try:
        about = server.about()
        if not counter.unasked and not (confirm and _agreed(what, about, person, confirm)):
            person.say("Nothing was sent.")
            _forget(what, counter)
            return End.REFUSED
        kept = server.send(what.body, key_of(counter.folder, what.place, what.alias), what.receipt)
    except Trouble as trouble:
        _tell(trouble, what, person, counter)
        return End.AWAY if trouble.keep and not trouble.only_this else End.REFUSED
    _forget(what, counter)
    _thank(what, about, kept, person)
    return End.ARRIVED


def hand_in_waiting(person: Person, counter: Counter, where: Parcel | None = None) -> bool:
    """Those that were kept, to one class alone if `where` is for it; whether all have arrived."""
    parcels = [
        kept.parcel
        for kept in (unsent.waiting(counter.folder) if counter.folder else ())
        if where is None or kept.parcel.place == where.place
    ]
    return hand_in_all(parcels, person, counter) if parcels else True


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
    if trouble.keep:
        step = _keep(what, counter) or step
    else:
        _forget(what, counter)
    sentence, to_type, _ = step.partition("{send}")
    person.say(
        f"The report was not sent: {trouble.fact}. {sentence.rstrip()}{'' if to_type else '.'}"
    )
    if to_type:
        person.show(f"    {counter.send}")


def _keep(what: Parcel, counter: Counter) -> str:
    """Keep it for another day; the step where it cannot be."""
    if counter.folder is None:
        return "Run the same again when this is put right"
    try:
        unsent.keep(counter.folder, what, time.time())
    except OSError as error:
        return f"It could not be kept here ({error.strerror or error}). Run the same again"
    return ""


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
