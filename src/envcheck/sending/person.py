"""Who hands reports in, and from where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from envcheck.sending.own_folder import OwnFolder, class_folder
from envcheck.sending.patience import Bounds


@dataclass(frozen=True)
class Person:
    """The learner at the terminal. `say` prints a sentence, `show` lines as they are; `confirm` asks
    with yes or no, and is None where nobody can see the question and answer it. `width` is in
    columns.
    """

    say: Callable[[str], None]
    show: Callable[[str], None]
    confirm: Callable[[str], bool] | None
    width: int = 80


@dataclass(frozen=True)
class Counter:
    """From where reports are handed in. `unasked`: the learner has said beforehand that nothing
    need be shown and asked; `send` is the line that sends what was kept.
    """

    variables: Mapping[str, str]
    folder: OwnFolder | None
    send: str = "envcheck send"
    unasked: bool = False
    bounds: Bounds = field(default_factory=Bounds)


def counter_of(variables: Mapping[str, str], send: str, *, unasked: bool) -> Counter:
    """From where this learner hands in."""
    return Counter(variables, class_folder(variables), send, unasked)
