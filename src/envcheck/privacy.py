"""What must not leave the machine: the home folder, the names of user and host, passwords in
addresses, our own tokens.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from envcheck.secret_shapes import without_secrets

# The end of a name: `ann.` ends a sentence, `ann.old` is another name
DOMAIN = r"(?:\.[\w-]{1,63}){0,8}"
END = r"(?=$|[^\w.-]|\.(?!\w))"
# Names that are everybody's, and folders of every system: nothing private, and a path without them
# leads nowhere.
COMMON = frozenset(
    (
        "home",
        "localhost",
        "users",
        "usr",
        "bin",
        "lib",
        "opt",
        "tmp",
        "var",
        "etc",
        "srv",
        "mnt",
        "local",
        "share",
        "python",
        "python3",
    )
)


@dataclass(frozen=True)
class Scrubber:
    """Takes private things out of any text or JSON value.

    User and host names go only where they are a whole path segment or field, never as part of a
    word.
    """

    home: str = ""
    user: str = ""
    host: str = ""

    def text(self, text: str) -> str:
        """The text with `~` for the home, USER and HOST for the names, and *** for secrets."""
        text = self._without_home(without_secrets(text))
        text = _without_name(text, self.user, "USER")
        if "." in self.host:  # nobody else has such a name
            text = re.sub(rf"(?<![\w.-]){re.escape(self.host)}{END}", "HOST", text)
        return _without_name(text, self.host.partition(".")[0], "HOST", DOMAIN)

    def can_be_put_back(self, text: str) -> bool:
        """Whether the home, which every reader of a step puts back for `~`, is all that is taken
        out of a text.
        """
        return self.text(text) == self._without_home(text)

    def _without_home(self, text: str) -> str:
        for spelling in self._home_spellings():
            windows = re.IGNORECASE if re.match(r"[a-z]?[:%]", spelling, re.IGNORECASE) else 0
            before = "" if spelling.startswith("%") else r"(?:(?<![\w.~-])|(?<=-[A-Za-z]))"
            text = re.sub(
                f"{before}{re.escape(spelling)}{END}",
                "~",
                text,
                flags=windows,
            )
        return text

    def value(self, value: Any) -> Any:  # any JSON value
        """The same for nested lists and mappings, keys left alone."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self.value(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(item) for item in value]
        return value

    def _home_spellings(self) -> list[str]:
        if not self.home or self.home in ("/", "\\"):
            return []
        home = self.home.rstrip("/\\")
        spellings = {
            home,
            home.replace("\\", "/"),
            home.replace("\\", "\\\\"),
            quote(home.replace("\\", "/"), safe="/:"),
            quote(home, safe=""),
        }
        with contextlib.suppress(
            OSError, ValueError
        ):  # a home that cannot be followed has one spelling only
            spellings.add(os.path.realpath(home))
        return sorted(
            (spelling for spelling in spellings if len(spelling) > 1), key=len, reverse=True
        )


def _without_name(text: str, name: str, instead: str, more: str = "") -> str:
    """A name as a whole part of a path, or before an @; `more` may stand behind it."""
    if len(name) < 2 or name.lower() in COMMON:
        return text
    segment = rf"(?:(?<=[/\\@])|(?<=%2F)|(?<=%5C)){re.escape(name)}{more}{END}"
    return re.sub(rf"{segment}|(?<![\w.-]){re.escape(name)}(?=@)", instead, text)


def scrubber_for_reader(variables: Mapping[str, str], *, terminal: bool) -> Scrubber:
    """For what is printed: the learner's own terminal shows real paths, so that every line can be
    pasted; secrets are taken out there too. A terminal of a CI system is read by everybody.
    """
    return Scrubber() if terminal and not variables.get("CI") else scrubber_for(variables)


def scrubber_for(variables: Mapping[str, str]) -> Scrubber:
    """For the person whose variables these are."""
    import getpass
    import socket

    home = variables.get("HOME") or variables.get("USERPROFILE") or _own_home()
    try:
        user = (
            variables.get("USER")
            or variables.get("USERNAME")
            or variables.get("LOGNAME")
            or getpass.getuser()
        )
    except (OSError, KeyError, ImportError):  # a user id without a name
        user = ""
    return Scrubber(home, user, socket.gethostname())


def _own_home() -> str:
    """The home on the system's list of users; empty for a user id that is not on it."""
    home = os.path.expanduser("~")
    return "" if home.startswith("~") else home
