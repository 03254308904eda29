"""The key of a learner in a class: random, made once, and kept in their cache. It shows that two reports
come from one machine; nothing else is told by it.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from contextlib import suppress

from envcheck.sending.link import Place
from envcheck.sending.own_folder import OwnFolder

KEY = re.compile(rb"[0-9a-f]{64}")


def mark_of(place: Place, alias: str) -> str:
    """What stands for a learner in a class in the name of a file: it tells neither of them."""
    words = "\0".join((place.origin, place.code, alias))
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:32]


def key_of(folder: OwnFolder | None, place: Place, alias: str) -> str:
    """The key, made now if there was none. Where nothing can be kept it is another one each time:
    the class then shows another machine.
    """
    name = f"key-{mark_of(place, alias)}"
    kept = folder.read(name) if folder else None
    if kept is not None and KEY.fullmatch(kept):
        return kept.decode("ascii")
    key = secrets.token_hex(32)
    with suppress(OSError):
        if folder:
            folder.write(name, key.encode("ascii"))
    return key
