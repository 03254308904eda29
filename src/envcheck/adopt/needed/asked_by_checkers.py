"""What the course's own checker asks for and no list says, and where the two can never agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from envcheck.adopt.asked.checkers import Row
from envcheck.adopt.asked.lists import SETUP, Lists
from envcheck.adopt.asked.variants import OF_JUPYTER
from envcheck.adopt.needed.distributions import BUILT_IN, Names, possible
from envcheck.adopt.reading.imports import Import
from envcheck.declared.declared import Declared
from envcheck.module_names import package_of_module, same, table
from envcheck.versions import allows, name_of, normal_name, specifier_of

LOWEST = (">=", "==", "~=", ">")


@dataclass(frozen=True)
class Asked:
    """A package with its distribution's name, and the row that asks for it."""

    distribution: str
    row: Row

    @property
    def requirement(self) -> str:
        minimum = self.row.minimum
        return f"{self.distribution}>={minimum}" if minimum else self.distribution


@dataclass(frozen=True)
class Contradiction:
    """A list whose version the checker refuses."""

    asked: Asked
    declared: Declared


def asked(rows: Iterable[Row], lists: Lists) -> tuple[Asked, ...]:
    """What the lists do not say: packages that they lack, lowest versions of those without one."""
    every = [
        each
        for each in _named(rows, lists)
        if same(each.distribution) not in lists.at_hand
        or (each.row.minimum and not any(_bounded(row) for row in _of(lists, each)))
    ]
    return tuple({each.requirement: each for each in reversed(every)}.values())[::-1]


def of_folder(row: Row, folder: str) -> bool:
    """Whether it is for who does what is in this folder, and not for all: where the folder is for setting up."""
    above = row.file.rpartition("/")[0]
    return folder != "." and f"{above}/".startswith(f"{folder}/") and not SETUP.fullmatch(above)


def contradictions(rows: Iterable[Row], lists: Lists) -> Iterator[Contradiction]:
    """The pins that lie below what the checker asks for at least."""
    for each in _named(rows, lists):
        for row in _of(lists, each):
            pin = specifier_of(row.requirement)
            exact = pin.startswith("==") and "," not in pin
            version = pin.lstrip("=").removesuffix(".*")
            lowest = f">={each.row.minimum}"
            open_ended = pin.endswith(".*") and f"{each.row.minimum}.".startswith(f"{version}.")
            if each.row.minimum and exact and not open_ended and not allows(lowest, version):
                yield Contradiction(each, row)


def _named(rows: Iterable[Row], lists: Lists) -> Iterator[Asked]:
    """The rows of which it is certain what installs them. A word beside a module may be what it is for: it is
    its package where that is called so.
    """
    names, verified = Names(lists.named_anywhere), set(table().values())
    for row in rows:
        name = normal_name(row.name)
        if row.name in BUILT_IN or name in OF_JUPYTER or name in ("pip", "python", "conda"):
            continue
        told = names.distribution(Import(row.name, row.line))
        installed = normal_name(name_of(row.installed))
        if row.is_certain:
            told = name
        elif installed and _is_its_package(row.name, installed, lists):
            told = installed
        elif not told and name in verified:
            told = name  # it is what is installed already: scikit-learn
        if told:
            yield Asked(package_of_module(told) or told, row)


def _is_its_package(module: str, installed: str, lists: Lists) -> bool:
    if same(installed) == same(table().get(module, "")):
        return True
    return installed in lists.named_anywhere and installed in possible(Import(module, 0))


def _of(lists: Lists, asked: Asked) -> list[Declared]:
    return [
        row
        for listing in lists.of_all
        for row in listing.packages
        if same(asked.distribution) in map(same, (normal_name(name_of(row.requirement)), row.conda))
    ]


def _bounded(row: Declared) -> bool:
    return any(operator in specifier_of(row.requirement) for operator in LOWEST)
