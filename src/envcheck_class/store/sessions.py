"""Who is logged in. A browser holds a token; only its hash is kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from envcheck_class import tokens
from envcheck_class.store.tables import SESSIONS

LASTS = 12 * 3600.0  # seconds: a day of class


@dataclass(frozen=True)
class Session:
    """Somebody who is logged in to a class; `csrf` is what their own forms send along."""

    class_id: int
    role: str
    name: str
    csrf: str


def start(connection: Connection, class_id: int, role: str, name: str, now: float) -> str:
    """Log somebody in. Returns the token."""
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(SESSIONS).values(
            token_hash=tokens.hashed(token),
            class_id=class_id,
            role=role,
            name=name,
            ends=now + LASTS,
        )
    )
    return token


def of(connection: Connection, token: str, now: float) -> Session | None:
    """Whose token it is; None where it is nobody's, or has ended."""
    row = connection.execute(
        select(SESSIONS.c.class_id, SESSIONS.c.role, SESSIONS.c.name).where(
            SESSIONS.c.token_hash == tokens.hashed(token), SESSIONS.c.ends > now
        )
    ).first()
    if row is None:
        return None
    return Session(row.class_id, row.role, row.name, tokens.hashed(f"forms of {token}"))


def end(connection: Connection, token: str) -> None:
    """Log out whoever holds this token."""
    connection.execute(delete(SESSIONS).where(SESSIONS.c.token_hash == tokens.hashed(token)))
