"""What must not leave the machine: the home folder, the names of user and host, passwords in
addresses, our own tokens.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from envcheck import persons_names, places
from envcheck.garbled import bare_letters, garbled
from envcheck.secret_shapes import HIDDEN, without_secrets
from envcheck.secret_variables import secret_values

# A home of Windows', as a path or behind %-codes, or of a Mac: any case of it is the same folder
OF_WINDOWS = re.compile(r"[a-z]?(?::|%3A)|%|[\\/]{2}|unc\\", re.IGNORECASE)
OF_A_MAC = re.compile(rf"(?:{places.DATA})?/Users/", re.IGNORECASE)
# The end of a name: `ann.` ends a sentence, `ann.old` is another name
DOMAIN = r"(?:\.[\w-]{1,63}){0,8}"
END = r"(?=$|[^\w.-]|\.(?!\w))"
# A person's folder as older programs see it: its letters, or two of them and a number of its own.
SHORT_NAME = re.compile(
    r"((?:[\\/]|%5C|%2F)Users(?:\\{1,2}|/|%5C|%2F))[^\\/\s:*?\"<>|%]{1,6}~\d{1,4}(?:\.\w{1,3})?"
    r"(?=$|[^\w.~-]|\.(?!\w))",
    re.IGNORECASE,
)
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
    word. `homes`, `users` and `hosts` are other names of the same, such as USERPROFILE beside a HOME
    that was set; `secrets` go wherever they stand.
    """

    home: str = ""
    user: str = ""
    host: str = ""
    homes: tuple[str, ...] = ()
    secrets: tuple[str, ...] = field(default=(), repr=False)
    users: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()

    def text(self, text: str) -> str:
        """The text with `~` for the home, USER and HOST for the names, and *** for secrets."""
        for secret in self.secrets:
            text = re.sub(re.escape(secret), HIDDEN, text, flags=re.IGNORECASE)
        text = SHORT_NAME.sub(r"\1USER", self._without_home(without_secrets(text)))
        for user in sorted((self.user, *self.users), key=len, reverse=True):
            text = _without_name(text, user, "USER", others=garbled(user))
        for host in (self.host, *self.hosts):
            if "." in host:  # nobody else has such a name
                text = re.sub(rf"(?<![\w.-]){re.escape(host)}{END}", "HOST", text)
            text = _without_name(text, host.partition(".")[0], "HOST", DOMAIN)
        return text

    def hiding(self, secrets: Collection[str]) -> Scrubber:
        """The same, and these go too."""
        return replace(self, secrets=(*self.secrets, *secrets))

    def can_be_put_back(self, text: str) -> bool:
        """Whether the home, which every reader of a step puts back for `~`, is all that is taken
        out of a text.
        """
        return self.text(text) == self._without_home(text)

    def _without_home(self, text: str) -> str:
        pattern = _pattern_of_homes((self.home, *self.homes))
        return pattern.sub("~", text) if pattern else text

    def value(self, value: Any) -> Any:  # any JSON value
        """The value with `text` done to every text in its lists and mappings; keys stay."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self.value(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(item) for item in value]
        return value


@functools.lru_cache(maxsize=64)
def _pattern_of_homes(homes: tuple[str, ...]) -> re.Pattern[str] | None:
    """All spellings of the homes, the longest first; none where there is no home."""
    spellings = {spelling for home in homes for spelling in _spellings(home) if len(spelling) > 1}
    kinds: dict[tuple[str, str], list[str]] = {}
    for spelling in sorted(spellings, key=lambda text: (-len(text), text)):
        any_case = OF_WINDOWS.match(spelling) or OF_A_MAC.match(spelling)
        case = "i" if any_case else "-i"
        before = "" if spelling.startswith("%") else r"(?:(?<![\w.~-])|(?<=-[A-Za-z]))"
        kinds.setdefault((case, before), []).append(re.escape(spelling))
    parts = [
        f"(?{case}:{before}(?:{'|'.join(kind)}){END})" for (case, before), kind in kinds.items()
    ]
    return re.compile("|".join(parts)) if parts else None


def _spellings(home: str) -> set[str]:
    """One home as paths, addresses and Python's own strings have it; on Windows also with the short
    names of its folders (`ANALOP~1`).
    """
    home = home.rstrip("/\\")
    if not home:
        return set()
    spellings: set[str] = set()
    for spelling in garbled(home):
        spellings |= _slashes(spelling)
    for spelling in (*_letters(home), *_short(home)):
        spellings |= _slashes(spelling) | {
            quote(spelling.replace("\\", "/"), safe="/:"),
            quote(spelling, safe=""),
            _escaped(spelling),
        }
    with contextlib.suppress(OSError, ValueError):  # one that cannot be followed
        spellings |= _letters(os.path.realpath(home))
    return spellings | {
        places.DATA + spelling for spelling in spellings if OF_A_MAC.match(spelling)
    }


def _slashes(path: str) -> set[str]:
    spellings = {path, path.replace("\\", "/"), path.replace("\\", "\\\\")}
    return spellings | ({f"UNC{path[1:]}"} if path.startswith("\\\\") else set())


def _letters(text: str) -> set[str]:
    """A text with each `ë` as one character and as two: a Mac takes both for one name, and hands
    either out.
    """
    return {text, *(unicodedata.normalize(form, text) for form in ("NFC", "NFD"))}


def _escaped(text: str) -> str:
    """As programs write it where they may write only ASCII: `\\xeb`."""
    return text.encode("ascii", "backslashreplace").decode("ascii")


def _short(home: str) -> list[str]:
    """`C:\\Users\\Ana Lopez` as older programs see it: `C:\\Users\\ANALOP~1`; none elsewhere."""
    above, between, name = home.rpartition("\\")
    kept = re.sub(r"[^A-Z0-9_$~!#%&{}()@'`^-]", "", name.upper())
    if not OF_WINDOWS.match(home) or (kept == name.upper() and len(name) <= 8):
        return []
    other = (re.sub(r"[\s.]", "", form.upper()) for form in (*_letters(name), bare_letters(name)))
    firsts = {kept[:6], *(form[:6] for form in other)}
    firsts |= {re.sub(r"[^\x00-\x7f]", "_", first) for first in firsts}
    return [
        f"{above}{between}{first}~{number}" for first in sorted(firsts) for number in range(1, 5)
    ]


def _without_name(
    text: str, name: str, instead: str, more: str = "", others: Collection[str] = ()
) -> str:
    """A name as a whole part of a path, or before an @ or \\; `more` may stand behind it. In any case:
    Windows' programs write `ANN` for `ann`. `others` are spellings of it; of two letters none is.
    """
    if len(name) < 2 or name.lower() in COMMON:
        return text
    wanted = {*_letters(name), *(spelling for spelling in others if len(spelling) > 2)}
    names = sorted(wanted, key=len, reverse=True)
    any_name = f"(?:{'|'.join(map(re.escape, names))})"
    segment = rf"(?:(?<=[/\\@])|(?<=%2F)|(?<=%5C)){any_name}{more}{END}"
    pattern = rf"{segment}|(?<![\w.-]){any_name}(?=[@\\])"
    return re.sub(pattern, instead, text, flags=re.IGNORECASE)


def scrubber_for_reader(variables: Mapping[str, str], *, terminal: bool) -> Scrubber:
    """For what is printed: the learner's own terminal shows real paths, so that every line can be
    pasted; secrets are taken out there too. A terminal of a CI system is read by everybody.
    """
    if terminal and not variables.get("CI"):
        return Scrubber(secrets=secret_values(variables))
    return scrubber_for(variables)


def scrubber_for(variables: Mapping[str, str]) -> Scrubber:
    """Takes out what is private to the person whose variables these are, for readers who are
    somebody else.
    """
    home, *homes = persons_names.homes(variables)
    user, *users = persons_names.users(variables)
    host, *hosts = persons_names.hosts(variables)
    return Scrubber(
        home, user, host, tuple(homes), secret_values(variables), tuple(users), tuple(hosts)
    )
