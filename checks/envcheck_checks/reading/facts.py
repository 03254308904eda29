"""What is learned about a link of the course: values only, so that any network can be described."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from envcheck.sentences import listed
from envcheck_checks.index.config_files import address
from envcheck_checks.index.facts import Asked, Trouble

# Addresses that the internet does not know: a name of the internet that leads to one is led astray
# by this network.
OF_THIS_MACHINE = ("0.0.0.0/32", "127.0.0.0/8", "::/128", "::1/128")
OF_THIS_NETWORK = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "fc00::/7",
    "fe80::/10",
)


class Name(str, Enum):
    """How looking up the name of a site ended. UNKNOWN: there is no such name. FAILED: the name
    server would not say.
    """

    FOUND = "found"
    UNKNOWN = "unknown"
    FAILED = "failed"


@dataclass(frozen=True)
class Move:
    """A redirect: where it leads, and whether the site says that it is for good."""

    to: str
    for_good: bool


@dataclass(frozen=True)
class Answer:
    """The result of following one link. `asked.index` is the address that was asked last; `ahead`
    is by how many seconds this machine's clock is ahead of the answer's, None when there was none
    to compare with.
    """

    link: str
    asked: Asked
    name: Name = Name.FOUND
    addresses: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    ahead: float | None = None

    @property
    def trouble(self) -> Trouble:
        """Why the link could not be followed, or `Trouble.NONE`."""
        return self.asked.trouble

    @property
    def host(self) -> str:
        """The site that was asked last."""
        return address(self.asked.index.value).hostname or self.asked.index.value

    @property
    def proved(self) -> bool:
        """It came from the site itself: a certificate says so. Plain http can be
        anybody's answer.
        """
        return self.trouble is Trouble.NONE and self.link.startswith("https:")

    @property
    def to_this_machine(self) -> bool:
        """Whether the name leads nowhere but back to this machine."""
        return _all_in(self.addresses, OF_THIS_MACHINE) and not is_literal(self.host)

    @property
    def to_this_network(self) -> bool:
        """All addresses of the name are private ones (RFC 1918 and the like)."""
        return _all_in(self.addresses, OF_THIS_NETWORK) and not is_literal(self.host)


@dataclass(frozen=True)
class Canary:
    """The result of asking for http://example.com, which always shows the same page. `genuine`:
    that page came.
    """

    answer: Answer
    genuine: bool = False

    @property
    def captured(self) -> bool:
        """Whether somebody else answered in its place."""
        status = self.answer.asked.status
        return not self.genuine and (200 <= status < 400 or status == 511)

    @property
    def place(self) -> str:
        """Who answered: the site that it was sent on to, or a page that names no site."""
        to = self.answer.moves[-1].to if self.answer.moves else ""
        return (
            f"http://example.com leads to {address(to).hostname}"
            if to
            else "another page comes in place of http://example.com"
        )


@dataclass(frozen=True)
class Around:
    """What tells a link's own trouble from the network's: the chapter's other links, a page that is
    always there, and whether the link's site can be connected to without the proxy. All of it is
    asked only when there is a doubt.
    """

    others: tuple[Answer, ...] = ()
    canary: Canary | None = None
    direct: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something of the internet is really reached from here."""
        return any(answer.proved for answer in self.others) or bool(
            self.canary and self.canary.genuine
        )

    @property
    def all(self) -> tuple[Answer, ...]:
        """All answers of other sites, that of the canary at the end."""
        return (*self.others, *([self.canary.answer] if self.canary else []))

    def names_found(self) -> bool:
        """Whether the name of any other site is found, asked by this machine itself and not by its
        proxy.
        """
        return any(
            other.name is Name.FOUND and not other.asked.proxy.value and other.addresses
            for other in self.all
        )


def hosts(answer: Answer, around: Around, alike: Callable[[Answer], bool]) -> str:
    """The sites that have the same trouble, this one's among them: one cause has the same words for
    all.
    """
    return listed(
        sorted(
            {other.host for other in (answer, *around.others) if other is answer or alike(other)}
        )
    )


def is_literal(host: str) -> bool:
    """An address written out, or this machine's own name: nobody has to look it up."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return True


def _all_in(addresses: tuple[str, ...], ranges: tuple[str, ...]) -> bool:
    networks = [ipaddress.ip_network(text) for text in ranges]
    hosts_there = [ipaddress.ip_address(address.partition("%")[0]) for address in addresses]
    return bool(hosts_there) and all(
        any(host in network for network in networks) for host in hosts_there
    )
