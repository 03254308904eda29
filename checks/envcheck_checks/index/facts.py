"""What is learned about the way to the package index: values only, so that any machine can be
described.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from envcheck import Confidence, Fix, Step, UnsetEnv
from envcheck.fixes.advice import tell
from envcheck.fixes.backup import move_aside
from envcheck_checks.index.config_files import Setting, address
from envcheck_checks.index.settings import Settings

NOT_SET = Setting("")


class Trouble(str, Enum):
    """How asking ended, in words that go after the name of whom was asked."""

    NONE = "answers"
    NO_NAME = "is not found by name"
    NO_ROUTE = "cannot be reached: no network leads there"
    REFUSED = "refuses the connection"
    SILENT = "does not answer"
    NOT_IN_TIME = "gave no answer in time"
    CUT = "breaks the connection off"
    CERTIFICATE = "shows a certificate that is not trusted"
    BUNDLE = "cannot be verified: the file of certificates is not one"
    PLAIN_PROXY = "speaks http, not https"
    TUNNEL = "does not pass the request on"
    SOCKS = "is a SOCKS proxy"
    NO_SCHEME = "has a scheme that no program takes"
    STATUS = "answers with an error"
    WEB_PAGE = "answers with a web page"
    GONE = "does not exist"
    UNUSABLE = "is not an address"


TRANSPORT = {
    Trouble.NO_NAME,
    Trouble.NO_ROUTE,
    Trouble.REFUSED,
    Trouble.SILENT,
    Trouble.NOT_IN_TIME,
    Trouble.CUT,
}
# Of a network, or of whoever answers, that has too much to do
PASSING = {Trouble.SILENT, Trouble.NOT_IN_TIME, Trouble.CUT}


def is_here(host: str) -> bool:
    """Whether this name or address is one of this machine's own."""
    return host in ("localhost", "::1") or host.startswith("127.")


@dataclass(frozen=True)
class Asked:
    """The result of asking one index. `at_proxy` when it failed there; `detail` is the error, free
    of secrets; `verify_code` is the number that OpenSSL gives its reason not to trust a
    certificate.
    """

    index: Setting
    trouble: Trouble = Trouble.NONE
    proxy: Setting = NOT_SET
    at_proxy: bool = False
    status: int = 0
    detail: str = ""
    seconds: float = 0.0
    verify_code: int = 0

    @property
    def more(self) -> str:
        """The number and the words that came with the trouble."""
        words = " ".join(filter(None, [f"HTTP {self.status}" if self.status else "", self.detail]))
        return f": {words}" if words else ""

    @property
    def lasts(self) -> bool:
        """Whether it would be the same in a minute, as far as one try tells: silence passes, so does
        an error of a server's own, and a server elsewhere that is just being started refuses.
        """
        host = address((self.proxy if self.at_proxy else self.index).value).hostname or ""
        refused_elsewhere = self.trouble is Trouble.REFUSED and not is_here(host)
        return self.trouble not in PASSING and not refused_elsewhere and self.status < 500


@dataclass(frozen=True)
class Facts:
    """`asked` starts with the index itself. `online`: the default index's name is found; `direct`:
    it can be connected to without proxy; `without_bundle`: the certificate is trusted once the
    named file of certificates is left out; `captured`: what http://localhost gave instead of a
    server on this machine, through that proxy; `ahead`: by how many seconds this machine's clock is
    ahead of the index's, asked where a certificate is out of time.
    """

    settings: Settings
    asked: tuple[Asked, ...] = ()
    online: bool = True
    direct: bool = False
    without_bundle: bool = False
    localhost: tuple[str, ...] = ("127.0.0.1",)
    captured: Asked | None = None
    ahead: float | None = None


def taken_out(*settings: Setting, sure: bool = True, title: str = "") -> Fix:
    """Without these settings: variables unset, a file moved aside when it holds nothing else; else
    a person edits it.
    """
    steps: list[Step] = [UnsetEnv(setting.variable) for setting in settings if setting.variable]
    steps += [
        move_aside(setting.file) for setting in settings if setting.alone and not setting.variable
    ]
    if len(steps) < len(settings) or not steps:
        lines = [
            f"Take the line `{setting.key}` out of {setting.file}."
            for setting in settings
            if setting.file
        ]
        return tell(
            title or "take the setting out",
            *(lines or ["Change it in this system's network settings."]),
        )
    confidence = Confidence.SURE if sure else Confidence.LIKELY
    return Fix(
        title
        or f"take {' and '.join(setting.source for setting in settings)} out of your settings",
        tuple(steps),
        confidence,
    )
