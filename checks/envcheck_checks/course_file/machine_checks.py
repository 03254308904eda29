"""The checks of the keys about the machine itself: variables, ports, services, room, a card, links."""

from __future__ import annotations

from collections.abc import Iterator

from envcheck import Check
from envcheck.course_file.asked import Asked
from envcheck_checks.course_file.capacity import disk_free, memory_there
from envcheck_checks.course_file.card.device import device_works
from envcheck_checks.course_file.chapter_place import Before, ChapterPlace
from envcheck_checks.course_file.links import links_answer
from envcheck_checks.course_file.services.port import port_free
from envcheck_checks.course_file.services.service import service_answers
from envcheck_checks.course_file.variables.variable import variable_set


def of_machine(asked: Asked, place: ChapterPlace, before: Before) -> Iterator[Check]:
    """What the machine must have: variables, ports, services, room, a card, links."""
    for name, wanted in asked.env.items():
        yield variable_set(name, wanted, place)
    for number in asked.ports:
        yield port_free(number, place)
    for name, service in asked.services.items():
        yield service_answers(name, service, place)
    if asked.disk:
        yield disk_free(asked.disk, place, (before.python,))
    if asked.memory:
        yield memory_there(asked.memory, place)
    if asked.gpu:
        yield device_works(asked.gpu, place, before)
    yield from links_answer(asked.links, place.scope)
