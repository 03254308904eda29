"""All that is one learner's in a class, under whatever name it came: the roster of a class and its page do
not tell `fox`, `FOX` and `Reinhard Fuchs` apart, and neither may what exports or deletes.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from envcheck.classroom.roster import Called, Learner, fold
from envcheck_class.store.classes import Class
from envcheck_class.store.tables import MACHINES, UNREACHABLE


@dataclass(frozen=True)
class Whose:
    """`learner` is who of the roster it is, `aliases` are all that are kept of them. `alike` are
    spelled nearly so, and nothing shows that they are the same person's.
    """

    learner: Learner | None
    aliases: tuple[str, ...]
    alike: tuple[str, ...]

    @property
    def is_there(self) -> bool:
        """Whether anything is kept of them."""
        return self.learner is not None or bool(self.aliases)


def called(connection: Connection, of: Class, alias: str) -> Whose:
    """Who is called so, as the class's page would say."""
    roster = Called(of.roster or ())
    learner = roster.find_learner(alias, alias)

    def is_theirs(other: str) -> bool:
        return other == alias or (
            learner is not None and roster.find_learner(other, other) == learner
        )

    kept = _aliases(connection, of.id)
    aliases = tuple(filter(is_theirs, kept))
    alike = [other for other in kept if fold(other) == fold(alias) and other not in aliases]
    return Whose(learner, aliases, tuple(alike))


def _aliases(connection: Connection, class_id: int) -> list[str]:
    """Every alias that something is kept of."""
    rows = (
        connection.execute(select(table.c.alias).where(table.c.class_id == class_id)).scalars()
        for table in (MACHINES, UNREACHABLE)
    )
    return sorted({alias for own in rows for alias in own})
