"""What must not leave the machine: the home folder, the names of user and host, passwords in addresses, our own tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CREDENTIALS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*://)[^/\s:@]*(?::[^/\s@]*)?@", re.IGNORECASE)
SECRET_WORDS = re.compile(r"(?P<key>\b(?:token|password|passwd|secret|api[_-]?key)\b[\"']?\s*[=:]\s*)[^\s&\"',;]+", re.IGNORECASE)


@dataclass(frozen=True)
class Scrubber:
    """Takes private things out of any text or JSON value.

    User and host names go only where they are a whole path segment or field, never as part of a word.
    """

    home: str = ""
    user: str = ""
    host: str = ""

    def text(self, text: str) -> str:
        text = CREDENTIALS.sub(r"\g<scheme>***@", text)
        text = SECRET_WORDS.sub(r"\g<key>***", text)
        for spelling in self._home_spellings():
            text = re.sub(rf"(?<![\w.~-]){re.escape(spelling)}(?=$|[^\w.-])", "~", text)
        for name, instead in ((self.user, "USER"), (self.host, "HOST")):
            if len(name) > 1:
                text = re.sub(rf"(?<=[/\\@]){re.escape(name)}(?=$|[/\\\s:\"'),;])", instead, text)
        return text

    def value(self, value: Any) -> Any:
        """The same for nested lists and mappings, keys left alone."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self.value(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(one) for one in value]
        return value

    def _home_spellings(self) -> list[str]:
        if not self.home or self.home in ("/", "\\"):
            return []
        home = self.home.rstrip("/\\")
        spellings = {home, home.replace("\\", "/"), home.replace("\\", "\\\\")}
        try:
            spellings.add(str(Path(home).resolve()))
        except OSError:  # a home that cannot be followed has one spelling only
            pass
        return sorted((one for one in spellings if len(one) > 1), key=len, reverse=True)


def scrubber_for(variables: Mapping[str, str]) -> Scrubber:
    """For the person whose variables these are."""
    import getpass
    import socket

    home = variables.get("HOME") or variables.get("USERPROFILE") or str(Path("~").expanduser())
    try:
        user = variables.get("USER") or variables.get("USERNAME") or variables.get("LOGNAME") or getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user id without a name
        user = ""
    return Scrubber(home, user, socket.gethostname())
