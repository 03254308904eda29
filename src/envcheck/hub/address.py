"""Where a hub is: the address that people type, of any of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from envcheck.errors import UsageProblem
from envcheck.sending.link import Place, is_loopback

HUB = "/hub"  # what a hub's own pages begin with, behind its prefix


@dataclass(frozen=True)
class Address:
    """`origin` is scheme, host and port; `prefix` is empty, or such as `/jupyter`."""

    origin: str
    prefix: str = ""

    @property
    def place(self) -> Place:
        """As what is asked over the network."""
        return Place(self.origin, "")

    @property
    def host(self) -> str:
        """The name for people, with the port where one was given."""
        return self.place.host

    @property
    def api(self) -> str:
        """What the hub's own programs' interface begins with."""
        return f"{self.prefix}{HUB}/api"


def address_of(text: str) -> Address:
    """What an address means. Raises UsageProblem."""
    try:
        parts = urlsplit(text.strip() if "://" in text else f"https://{text.strip()}")
        port, host = parts.port, (parts.hostname or "").lower()
        host.encode("ascii")
    except ValueError:  # UnicodeError is one
        raise UsageProblem(_unusable(text)) from None
    if parts.scheme not in ("https", "http") or not host or "@" in parts.netloc:
        raise UsageProblem(_unusable(text if "@" not in text else "URL"))
    if parts.scheme == "http" and not is_loopback(host):
        raise UsageProblem(
            f"{text} begins with http://, and a token goes over https:// alone, except on this machine"
        )
    shown = f"[{host}]" if ":" in host else host
    prefix, hub, _ = f"{parts.path}/".partition(f"{HUB}/")
    origin = f"{parts.scheme}://{shown}{'' if port is None else f':{port}'}"
    return Address(origin, prefix.rstrip("/") if hub else parts.path.rstrip("/"))


def _unusable(text: str) -> str:
    return f"{text}: it takes the address of a JupyterHub, such as https://hub.example.org"
