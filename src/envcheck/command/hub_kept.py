"""Where the reports of a hub's users go as they come: a folder, a class, both, or nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from envcheck.command import terminal
from envcheck.errors import NotWritten, UsageProblem
from envcheck.hub.alias import alias_of
from envcheck.hub.visit import Visit
from envcheck.privacy import Scrubber
from envcheck.private_file import folder_mode, write_whole
from envcheck.sending.link import Place
from envcheck.sending.parcel import parcel
from envcheck.sending.person import Counter, Person


@dataclass(frozen=True)
class Kept:
    """`folder` and `place` are None where that was not asked for; `secrets` stand in no report."""

    folder: Path | None
    place: Place | None
    person: Person
    counter: Counter
    secrets: tuple[str, ...] = ()

    def keep(self, visit: Visit) -> None:
        """Write and send what came of a visit. Raises NotWritten."""
        if visit.report is None:
            return
        if self.folder is not None:
            file = self.folder / f"{quote(alias_of(visit.user), safe=' @+')}.json"
            try:
                write_whole(file, visit.body)
            except OSError as error:
                raise NotWritten(
                    f"{file} could not be written: {error.strerror or error}"
                ) from None
        if self.place is not None:
            self._send(visit, self.place)

    def _send(self, visit: Visit, place: Place) -> None:
        from envcheck.sending.handing_in import hand_in  # when asked: it needs requests

        name = alias_of(visit.user)
        own = replace(self.person, say=lambda words: terminal.tell(f"{name}: {words}"))
        try:
            hand_in(
                parcel(place, "the report", visit.body, Scrubber(secrets=self.secrets)),
                own,
                self.counter,
            )
        except UsageProblem as problem:
            terminal.tell(f"{name}: the report was not sent: {problem}")


def folder_for(asked: str | None) -> Path | None:
    """The folder, made now where it is not there. Raises UsageProblem."""
    if asked is None:
        return None
    folder = Path(asked)
    try:
        folder.mkdir(mode=folder_mode(), exist_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise UsageProblem(f"reports cannot be written to {asked}: {reason}") from None
    return folder


def token_of(variables: Mapping[str, str], name: str) -> str:
    """The hub's token, from a variable alone: the words of a command are seen by everybody on a
    machine. Raises UsageProblem.
    """
    token = variables.get(name, "").strip()
    if not token or not token.isascii() or not token.isprintable():
        raise UsageProblem(
            f"the variable {name} must have the token of a service of the hub's. Read it in, so that no "
            f"history keeps it:\n    read -rs {name} && export {name}"
        )
    return token
