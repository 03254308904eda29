"""`envcheck send`: files, or what could not be sent before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from envcheck.command.again import started_words
from envcheck.command.class_link import Asked, link_to
from envcheck.command.terminal import learner
from envcheck.errors import UsageProblem
from envcheck.privacy import scrubber_for
from envcheck.run.again import Again
from envcheck.sending import unsent
from envcheck.sending.handing_in import hand_in_all, hand_in_waiting
from envcheck.sending.parcel import LARGEST, parcel
from envcheck.sending.person import Counter, Person, counter_of
from envcheck.target import shells
from envcheck.target.locate import learner_variables

ARRIVED, NOT_ARRIVED = 0, 1


def send(files: Sequence[str], join: str | None, submit: str | None, *, unasked: bool) -> int:
    """Send these files, or what is kept; 0 when all have arrived, 1 when not. Raises
    UsageProblem.
    """
    place = link_to(join, submit)
    if files and place is None:
        raise UsageProblem("`envcheck send FILE` needs --join LINK: the class that it goes to")
    if place is not None and not files:
        raise UsageProblem("`envcheck send --join LINK` needs FILE: the report that goes there")
    variables = learner_variables()
    again = Again(started_words(variables), shell=shells.learners(variables))
    counter = counter_of(variables, again.send(), unasked=unasked)
    secrets = Asked(None, place, join or submit or "").secrets
    person = learner(secrets)
    if place is None:
        return _send_waiting(person, counter)
    scrubber = scrubber_for(variables).hiding(secrets)
    parcels = [parcel(place, file, _read(file), scrubber) for file in files]
    return ARRIVED if hand_in_all(parcels, person, counter) else NOT_ARRIVED


def _send_waiting(person: Person, counter: Counter) -> int:
    if counter.folder is None or not any(unsent.waiting(counter.folder)):
        person.say("No report waits to be sent.")
        return ARRIVED
    return ARRIVED if hand_in_waiting(person, counter) else NOT_ARRIVED


def _read(file: str) -> bytes:
    """No more than a class takes, and a byte that says so."""
    try:
        with Path(file).open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        raise UsageProblem(f"{file} cannot be read: {error.strerror}") from None
