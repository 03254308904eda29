"""The alias in the report of a hub's user: their name there, as far as an alias can have it."""

from __future__ import annotations

import hashlib

from envcheck.printable import one_line
from envcheck.run.alias import LONGEST

MARK = 8  # letters that tell names apart which would be the same alias


def alias_of(user: str) -> str:
    """The same for the same user, and another for another."""
    alias = one_line(user)
    if alias == user and 0 < len(alias) <= LONGEST:
        return alias
    mark = hashlib.sha256(user.encode("utf-8", "replace")).hexdigest()[:MARK]
    return f"{alias[: LONGEST - MARK - 1]}-{mark}".lstrip("-")
