"""A user's own token, for the visit alone: the hub's administrator never shows theirs to a server that
a user runs, and may have changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from packaging.version import Version

from envcheck.hub.api import Hub, quoted
from envcheck.sending.trouble import Trouble

TOKEN = {"token": str, "id": str}
WITH_SCOPES = Version("3.0")  # older ones give a token with all that its user may do


@contextmanager
def entered(hub: Hub, version: str, user: str, seconds: float) -> Iterator[Hub]:
    """The user's server as it is asked with that token, which ends after the visit, or by itself
    after so many seconds. Raises Trouble.
    """
    path = f"{hub.address.api}/users/{quoted(user)}/tokens"
    asked: dict[str, object] = {"note": "envcheck hub", "expires_in": round(seconds)}
    if Version(version) >= WITH_SCOPES:
        asked["scopes"] = [f"access:servers!server={user}/"]
    answer = hub.answer("POST", path, asked)
    if answer.status not in (200, 201):
        raise hub.refusal(answer)
    made = hub.value(answer, TOKEN)
    try:
        yield replace(hub, token=made["token"])
    finally:
        with suppress(Trouble):
            hub.answer("DELETE", f"{path}/{quoted(made['id'])}")
