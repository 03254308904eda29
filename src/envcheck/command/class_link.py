"""`--join`, `--submit` and `--as`: to which class a report goes, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from envcheck.command.terminal import ask_for_alias, is_seen
from envcheck.errors import UsageProblem
from envcheck.run.alias import chosen
from envcheck.sending.link import Place, place_of


@dataclass(frozen=True)
class Asked:
    """What the command line says about a class. `link` is as it was typed, and a secret."""

    alias: str | None = None
    place: Place | None = None
    link: str = field(default="", repr=False)
    unasked: bool = False
    offline: bool = False

    @property
    def secrets(self) -> tuple[str, ...]:
        """The code of the class, as it is and as it was typed."""
        if self.place is None:
            return ()
        typed = urlsplit(self.link if "://" in self.link else f"//{self.link}").path.strip("/ ")
        return tuple(dict.fromkeys((self.place.code, typed)))


def asked(words: Mapping[str, Any]) -> Asked:
    """Where the report goes, if anywhere; asks for an alias where that is needed and somebody can
    answer. Raises UsageProblem.
    """
    alias, unasked = words["alias"], words["unasked"]
    place = link_to(words["join"], words["submit"])
    if place is None:
        if unasked:
            raise UsageProblem("--send-without-asking goes with --join LINK or --submit URL")
        return Asked(alias, offline=words["offline"])
    if words["offline"]:
        raise UsageProblem("--offline leaves the network alone, and --join needs it: take one away")
    if alias is None and (words["submit"] or not is_seen()):
        option = "--submit URL" if words["submit"] else "--join LINK without a terminal"
        raise UsageProblem(f"{option} needs --as ALIAS, a name of your choice for the class")
    name = chosen(ask_for_alias() if alias is None else alias)
    return Asked(name, place, words["join"] or words["submit"], unasked)


def link_to(join: str | None, submit: str | None) -> Place | None:
    """The class that one of the two options names, if any. Raises UsageProblem."""
    if join is not None and submit is not None:
        raise UsageProblem("--join LINK and --submit URL both say where the report goes: take one")
    if join is not None:
        return place_of(join, "--join")
    return place_of(submit, "--submit") if submit is not None else None
