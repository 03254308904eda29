"""Stumbling stones between a course's notebooks, its lists and its texts: what one says and another does not."""

from __future__ import annotations

from collections.abc import Iterator

from envcheck.adopt.asked.disagreeing import disagreements
from envcheck.adopt.judging.named_where import in_no_list
from envcheck.adopt.judging.stumble import Stumble
from envcheck.adopt.needed import altogether, environments
from envcheck.adopt.needed.asked_by_checkers import contradictions
from envcheck.adopt.needed.course import Reading
from envcheck.adopt.needed.distributions import GONE_SINCE, Names
from envcheck.adopt.reading.sources import Use, place
from envcheck.adopt.writing.outside import surprising
from envcheck.module_names import table
from envcheck.versions import allows, name_of, normal_name, specifier_of


def outside(reading: Reading) -> Iterator[Stumble]:
    for row in surprising(reading):
        what = "this notebook is" if row.count == 1 else f"this and {row.count - 1} more are"
        text = (
            f"{what} in no chapter, so what is needed there is not asked for; write a chapter for it, or "
            f"`# left out: {row.place}`"
        )
        yield Stumble(row.first, 1, text)


def undeclared(reading: Reading) -> Iterator[Stumble]:
    """What is imported and no list for all names, nor each of those of which every learner has one."""
    lists = reading.lists
    one_of = [listing.names for listing in lists.variants] if not lists.of_all else []
    have = frozenset.intersection(*one_of) if len(one_of) > 1 else frozenset()
    needs = sorted(reading.needs, key=lambda need: (-reading.files(need), need.distribution))
    for need in (need for need in needs if need.distribution not in have):
        line = place(reading.tree.root, need.source, need.use)
        yield Stumble(need.source.name, line, in_no_list(reading, need))


def fetched(reading: Reading) -> Iterator[Stumble]:
    """What a cell takes from an address, and nobody else knows: no check looks for it."""
    fits = Names(altogether.fetched(reading.taken))
    seen: set[str] = set()
    for source, use in ((each, use) for each in reading.taken for use in each.uses):
        name = fits.distribution(use.imported)
        if name in fits.declared - seen - reading.lists.named_anywhere and not _is_verified(use):
            seen.add(name)
            text = f"`{use.imported.top}` is imported here, and a cell takes it from an address: no check looks for it"
            yield Stumble(source.name, place(reading.tree.root, source, use), text)


def gone(reading: Reading) -> Iterator[Stumble]:
    """Modules that the newest of their package does not have, where nothing keeps an older one."""
    told: set[str] = set()
    for source, use in ((each, use) for each in reading.taken for use in each.uses):
        module = use.imported.top
        package, first = GONE_SINCE.get(module, ("", ""))
        own = source.installs.by_name.get(package, "")
        if package and not (use.imported.optional or module in told or _is_below(own, first)):
            rows = [row.requirement for each in reading.lists.of_all for row in each.packages]
            told.add(module)
            if not any(
                normal_name(name_of(row)) == package and _is_below(row, first) for row in rows
            ):
                text = f"`{module}` is imported here, and {package} {first} and newer do not have it; list `{package}<{first}`"
                yield Stumble(source.name, place(reading.tree.root, source, use), text)


def _is_below(requirement: str, version: str) -> bool:
    return bool(requirement) and not allows(specifier_of(requirement), version)


def _is_verified(use: Use) -> bool:
    return use.imported.module in table() or use.imported.top in table()


def disagreeing(reading: Reading) -> Iterator[Stumble]:
    for row in disagreements(reading.lists.for_all):
        text = f"`{row.here.text}` here, and `{row.other.text}` in {row.other.place}"
        yield Stumble(row.here.file, max(row.here.line, 1), text)


def unmade(reading: Reading) -> Iterator[Stumble]:
    for told, made in environments.unmade(reading):
        text = f"`{told.name}` is activated here, and {made.file}:{made.line} makes the environment `{made.name}`"
        yield Stumble(told.file, told.line, text)


def refused(reading: Reading) -> Iterator[Stumble]:
    """Pins that the course's own checker does not take."""
    for each in contradictions(reading.beside.checked, reading.lists):
        row, declared = each.asked.row, each.declared
        text = f"`{row.name}` {row.minimum} or newer is asked for here, and `{declared.requirement}` in {declared.file}:{declared.line}"
        yield Stumble(row.file, row.line, text)
