"""What a Content-Security-Policy lets a page load, as browsers read it: https://www.w3.org/TR/CSP3/

All policies of an answer hold at once. What is only reported forbids nothing, and is not asked.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

SCRIPTS = ("script-src-elem", "script-src", "default-src")
EVALUATED = ("script-src", "default-src")
STYLES = ("style-src-elem", "style-src", "default-src")
CONNECTIONS = ("connect-src", "default-src")
PICTURES = ("img-src", "default-src")

HASHES = ("'sha256-", "'sha384-", "'sha512-")
MARKS = ("'nonce-", *HASHES, "'strict-dynamic'")  # beside one of them 'unsafe-inline' is not heard
PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
# What a scheme in a policy allows beside itself
SAFER = {"http": ("https",), "ws": ("wss", "http", "https"), "wss": ("https",)}


@dataclass(frozen=True)
class Part:
    """What a page loads or runs: by its whole `address`, or by its `text` where it stands in the page."""

    address: str = ""
    text: str = ""
    nonce: str = ""
    integrity: str = ""


@dataclass(frozen=True)
class Policy:
    """The sources that each directive names; `page` is the address of the page that it came with."""

    directives: Mapping[str, tuple[str, ...]]
    page: SplitResult

    def refuses(self, asked: Sequence[str], part: Part) -> str:
        """The directive, in words, that keeps a part from being loaded or run; empty where none does.
        `asked` are those in question; the first that is there is in force.
        """
        name = next((name for name in asked if name in self.directives), "")
        sources = self.directives.get(name, ())
        return "" if not name or self._allow(sources, part) else " ".join([name, *sources])

    def lacks(self, asked: Sequence[str], word: str) -> str:
        """The directive in force, in words, that does not have this keyword; empty where it does."""
        name = next((name for name in asked if name in self.directives), "")
        sources = self.directives.get(name, ())
        return "" if not name or word in map(str.lower, sources) else " ".join([name, *sources])

    def _allow(self, sources: Sequence[str], part: Part) -> bool:
        if part.nonce and f"'nonce-{part.nonce}'" in sources:
            return True
        low = [source.lower() for source in sources]
        if not part.address:
            marked = any(source.startswith(MARKS) for source in low)
            return ("'unsafe-inline'" in low and not marked) or _has_hash(sources, part.text)
        if part.integrity and all(f"'{word}'" in sources for word in part.integrity.split()):
            return True
        address = urlsplit(part.address)
        return "'strict-dynamic'" not in low and any(self._fits(each, address) for each in low)

    def _fits(self, source: str, address: SplitResult) -> bool:
        """Whether a source names this address, or more than it."""
        own = (self.page.scheme, "wss" if self.page.scheme == "https" else "ws")
        if source == "'self'":
            place = (self.page.hostname, _port(self.page))
            return _is_of(own, address) and (address.hostname, _port(address)) == place
        if source == "*":
            return address.scheme in PORTS
        if source.startswith("'"):
            return False
        if source.endswith(":"):
            return _is_of((source[:-1],), address)
        scheme, separator, rest = source.rpartition("://")
        host, _, path = rest.partition("/")
        name, port = _host_and_port(host)
        return (
            _is_of((scheme,) if separator else own, address)
            and _is_host(name, address.hostname or "")
            and port in ("*", str(_port(address)) if port else "")
            and (bool(port) or _port(address) == PORTS.get(address.scheme))
            and _is_path(path, address.path.lower().removeprefix("/"))
        )


def policies(headers: Iterable[str], page: str) -> list[Policy]:
    """Those in the values of an answer's headers, for the page at this address."""
    texts = [text for header in headers for text in header.split(",")]
    return [Policy(dict(_directives(text)), urlsplit(page)) for text in texts if text.strip()]


def _directives(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Of two with the same name the first is in force."""
    rows = [part.split() for part in text.split(";") if part.strip()]
    for name, *sources in reversed(rows):
        yield name.lower(), tuple(sources)


def _has_hash(sources: Sequence[str], text: str) -> bool:
    data = text.encode("utf-8", "replace")
    for kind in HASHES:
        digest = hashlib.new(kind.strip("'-"), data).digest()
        written = (base64.b64encode(digest), base64.urlsafe_b64encode(digest))
        if any(f"{kind}{word.decode()}'" in sources for word in written):
            return True
    return False


def _port(address: SplitResult) -> int:
    return address.port or PORTS.get(address.scheme, 0)


def _is_of(schemes: Sequence[str], address: SplitResult) -> bool:
    return any(address.scheme in (scheme, *SAFER.get(scheme, ())) for scheme in schemes)


def _host_and_port(host: str) -> tuple[str, str]:
    name, colon, port = host.rpartition(":")
    return (name, port) if colon and not port.endswith("]") else (host, "")


def _is_host(source: str, host: str) -> bool:
    if source.startswith("*."):
        return host.endswith(source[1:])
    return source in ("*", host, f"[{host}]")


def _is_path(source: str, path: str) -> bool:
    return path.startswith(source) if not source or source.endswith("/") else path == source
