"""The link by which a learner joins a class: where the server is, and the code of the class."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from envcheck.classroom.handed_in import DIGITS
from envcheck.errors import UsageProblem

LENGTH = 20  # letters of a code
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": ""})
LIKE = "https://HOST/CODE, with a code of 20 letters and digits"


@dataclass(frozen=True)
class Place:
    """A class on a server. `origin` is scheme, host and port; the code is a secret."""

    origin: str
    code: str = field(repr=False)

    @property
    def host(self) -> str:
        """The name for people, with the port where one was given."""
        return self.origin.partition("://")[2]

    @property
    def is_here(self) -> bool:
        """Whether the server is on this machine itself."""
        return is_loopback(urlsplit(self.origin).hostname or "")


def place_of(link: str, option: str) -> Place:
    """What a link means; `option` is how it was given. Raises UsageProblem, which shows none of it:
    the code is a secret.
    """
    text = link.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        port, host = parts.port, (parts.hostname or "").lower()
        host.encode("ascii")
    except ValueError:  # UnicodeError is one
        raise _unusable(option) from None
    code = parts.path.strip("/").upper().translate(MISREAD)
    if not _is_plain(parts, host) or len(code) != LENGTH or set(code) - set(DIGITS):
        raise _unusable(option)
    if parts.scheme != "https" and not is_loopback(host):
        raise UsageProblem(
            f"{option}: this link begins with http://, and a report goes over https:// alone. "
            "Ask your instructor for the right link"
        )
    shown = f"[{host}]" if ":" in host else host
    return Place(f"{parts.scheme}://{shown}{'' if port is None else f':{port}'}", code)


def is_loopback(host: str) -> bool:
    """Whether a name or address is this machine's own."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_plain(parts: SplitResult, host: str) -> bool:
    """An address with a host, a code, and nothing else."""
    letters = host.replace(".", "").replace("-", "").replace(":", "")
    return (
        parts.scheme in ("https", "http")
        and letters.isalnum()
        and "@" not in parts.netloc
        and not (parts.query or parts.fragment)
    )


def _unusable(option: str) -> UsageProblem:
    return UsageProblem(
        f"{option} takes the whole link that your instructor gave: {LIKE}. "
        "Put it in quotes, and mind that none of it is cut off"
    )
