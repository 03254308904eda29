"""Whom a hub has, and what the token may do with their servers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from packaging.version import InvalidVersion, Version

from envcheck.errors import UsageProblem, unknown
from envcheck.hub.api import Hub
from envcheck.sending.trouble import Trouble

VERSION = {"version": str}
SELF = {"scopes?": [str]}
PAGE = {"items": [{"name": str}], "_pagination": {"next?": {"offset": int, "limit": int}}}
OLDEST = "2.0"  # older hubs know no scopes
AT_A_TIME = 200
MOST = 1_000_000  # users
# What is needed, and the scopes any of which gives it
NEEDED = {
    "see the users' names": ("list:users", "read:users:name", "read:users", "users", "admin:users"),
    "see whether a server runs": ("read:servers", "servers", "admin:servers"),
    "start a server": ("start:servers", "servers", "admin:servers"),
    "stop it again": ("delete:servers", "servers", "admin:servers"),
    "enter it for a while": ("tokens", "users", "admin:users"),
}


@dataclass(frozen=True)
class Chosen:
    """Whom to visit: users by name, a number of them drawn by chance, or all."""

    names: tuple[str, ...] = ()
    sample: int = 0


def version(hub: Hub) -> str:
    """The hub's version. Raises Trouble, also where it is no hub or too old."""
    text: str = hub.read(hub.address.api + "/", VERSION)["version"]
    try:
        told = Version(text)
    except InvalidVersion:
        raise Trouble(f"{hub.address.host} answers what no JupyterHub does") from None
    if told < Version(OLDEST):
        raise Trouble(
            f"{hub.address.host} is JupyterHub {told}: {OLDEST} is the oldest whose tokens have scopes"
        )
    return str(told)


def refuse_what_is_missing(hub: Hub) -> None:
    """Raises Trouble, with the scopes, where the token cannot do what is needed."""
    own = hub.read(hub.address.api + "/user", SELF)["scopes"]
    if own is None:
        return
    scopes = {scope.partition("!")[0] for scope in own}
    missing = {what: ways[0] for what, ways in NEEDED.items() if scopes.isdisjoint(ways)}
    if missing:
        raise Trouble(
            f"the token may not {', '.join(missing)}. It needs these scopes too: {', '.join(missing.values())}"
        )


def names(hub: Hub, chosen: Chosen) -> Sequence[str]:
    """Whom to visit, in the order of their names. Raises Trouble, and UsageProblem for somebody whom
    the hub does not have.
    """
    everybody = sorted(_names(hub))
    for name in chosen.names:
        if name not in everybody:
            raise unknown("user", name, everybody)
    if chosen.names:
        return list(dict.fromkeys(chosen.names))
    if not everybody:
        raise UsageProblem(f"{hub.address.host} shows this token no users")
    if 0 < chosen.sample < len(everybody):
        return sorted(Random().sample(everybody, chosen.sample))
    return everybody


def _names(hub: Hub) -> Iterator[str]:
    offset, limit = 0, AT_A_TIME
    while True:
        page = hub.read(f"{hub.address.api}/users?offset={offset}&limit={limit}", PAGE)
        yield from (item["name"] for item in page["items"])
        following = page["_pagination"].get("next")
        if not following or following["offset"] <= offset or offset > MOST:
            return
        offset, limit = following["offset"], following["limit"]
