"""What must not leave the machine: passwords, the home folder, names of user and host."""

import getpass
import os
import platform
import re
import sys
import unicodedata

from bootstrap.compatibility import to_bytes, to_native, to_text
from bootstrap.garbled import bare_letters, garbled
from bootstrap.secret_shapes import without_secrets

# As in src/envcheck/privacy.py.
OF_WINDOWS = re.compile(r"[a-z]?(?::|%3A)|%|[\\/]{2}|unc\\", re.IGNORECASE)
SHORT_NAME = re.compile(
    r"((?:[\\/]|%5C|%2F)Users(?:\\{1,2}|/|%5C|%2F))[^\\/\s:*?\"<>|%]{1,6}~\d{1,4}(?:\.\w{1,3})?"
    r"(?=$|[^\w.~-]|\.(?!\w))",
    re.IGNORECASE,
)
# As in src/envcheck/persons_names.py.
HOME_ON_A_DISK = re.compile(r"(?:^|:)(?:/mnt|/cygdrive)?/[a-z]/Users/([^/:]+)/", re.IGNORECASE)
OF_USERS = ("users", "home", "users$", "home$")
EVERYBODYS = ("", "public", "default")
MACS_DATA = "/System/Volumes/Data"
OF_A_MAC = re.compile(r"(?:%s)?/Users/" % MACS_DATA, re.IGNORECASE)
HOST_DOMAIN = r"(?:\.[\w-]{1,63}){0,8}"
NAME_END = r"(?=$|[^\w.-]|\.(?!\w))"
COMMON_NAMES = frozenset(
    (
        "home", "localhost", "users", "usr", "bin", "lib", "opt", "tmp", "var", "etc", "srv", "mnt",
        "local", "share", "python", "python3",
    )
)  # fmt: skip
PATTERNS_OF_HOMES = {}  # type: dict
URL_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~"


def is_learners_own(stream):
    """Whether only the learner reads a stream: a terminal, and not one of a CI system."""
    return stream.isatty() and not os.environ.get("CI")


def scrubbed_value(value, scrub):
    """A value of JSON with all its texts scrubbed by a function."""
    if isinstance(value, dict):
        return dict((name, scrubbed_value(inner, scrub)) for name, inner in value.items())
    if isinstance(value, list):
        return [scrubbed_value(inner, scrub) for inner in value]
    return scrub(value) if isinstance(value, str) else value


def scrubbed(text):
    """The text without secrets, the home folder, and user and host as a whole part of it."""
    homes = homes_in(os.environ)
    users = users_in(os.environ, homes)
    return without_each(without_secrets(text), homes, users, hosts_in(os.environ, homes))


def homes_in(variables):
    """The home and its other names; none for a user id without a name."""
    home = variables.get("HOME") or variables.get("USERPROFILE") or os.path.expanduser("~")
    path = variables.get("HOMEPATH", "")
    drive = variables.get("HOMEDRIVE", "") + path if len(path) > 1 else ""
    others = [home, variables.get("USERPROFILE", ""), variables.get("HOMESHARE", ""), drive]
    return [place.rstrip("/\\") for place in others if place and place[0] != "~"]


def users_in(variables, homes):
    """The user's name and the names of their folders."""
    try:
        named = (variables.get(name) for name in ("USER", "USERNAME", "LOGNAME"))
        user = next((name for name in named if name), "") or getpass.getuser()
    except Exception:  # a user id without a name
        user = ""
    folders = [users_folder(home) for home in homes]
    folders += HOME_ON_A_DISK.findall(variables.get("PATH", ""))
    return [user] + [name for name in folders if name.lower() not in EVERYBODYS]


def users_folder(home):
    """The name of a home's folder among those of all users; empty for one that lies elsewhere."""
    above, _, name = home.replace("\\", "/").rpartition("/")
    return name if above.rpartition("/")[2].lower() in OF_USERS else ""


def hosts_in(variables, homes):
    """The machine's names, and the servers of the homes."""
    servers = [home[2:].partition("\\")[0] for home in homes if home.startswith("\\\\")]
    return [platform.node(), variables.get("COMPUTERNAME", "")] + servers


def without_names(text, home, user, host):
    """The text without these names, as src/envcheck/privacy.py takes them out."""
    return without_each(text, [home], [user], [host])


def without_each(text, homes, users, hosts):
    """The text without these names; the first ones are the usual ones."""
    for home in sorted(homes, key=len, reverse=True):
        for pattern in patterns_of_home(home.rstrip("/\\")):
            text = pattern.sub("~", text)
    text = SHORT_NAME.sub(r"\1USER", text)
    for user in sorted(users, key=len, reverse=True):
        text = without_name(text, user, "USER", "", garbled(user))
    for host in hosts:
        if "." in host:  # nobody else has such a name
            text = re.sub(r"(?<![\w.-])" + re.escape(host) + NAME_END, "HOST", text)
        text = without_name(text, host.partition(".")[0], "HOST", HOST_DOMAIN)
    return text


def patterns_of_home(home):
    """What finds each spelling of a home, the longest first; made once."""
    if home not in PATTERNS_OF_HOMES:
        kinds = {}  # type: dict
        for spelling in sorted(home_spellings(home), key=lambda text: (-len(text), text)):
            before = "" if spelling.startswith("%") else r"(?:(?<![\w.~-])|(?<=-[A-Za-z]))"
            any_case = OF_WINDOWS.match(spelling) or OF_A_MAC.match(spelling)
            kind = (before, re.IGNORECASE if any_case else 0)
            kinds.setdefault(kind, []).append(re.escape(spelling))
        PATTERNS_OF_HOMES[home] = [
            re.compile("%s(?:%s)%s" % (before, "|".join(kind), NAME_END), flags)
            for (before, flags), kind in kinds.items()
        ]
    return PATTERNS_OF_HOMES[home]


def home_spellings(home):
    """One home as paths, addresses and Python's own strings have it; on Windows also with the short
    names of its folders.
    """
    spellings = []
    for spelling in garbled(home):
        spellings += [spelling, spelling.replace("\\", "/"), spelling.replace("\\", "\\\\")]
    for spelling in (letters(home) + short_names(home)) if home else []:
        slashes = spelling.replace("\\", "/")
        spellings += [
            spelling,
            slashes,
            spelling.replace("\\", "\\\\"),
            percent_coded(slashes, "/:"),
        ]
        spellings += [percent_coded(spelling, ""), escaped(spelling)]
    spellings += letters(os.path.realpath(home)) if home else []
    spellings += ["UNC" + path[1:] for path in spellings if path.startswith("\\\\")]
    spellings += [MACS_DATA + spelling for spelling in spellings if OF_A_MAC.match(spelling)]
    return set(spelling for spelling in spellings if len(spelling) > 1)


def letters(text):
    """A text with each accent within its letter and beside it: a Mac takes both for one name."""
    if sys.version_info < (3,):
        return [text]
    return [text] + [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]


def escaped(text):
    """A text as programs write it where they may write only ASCII."""
    return to_native(to_text(text).encode("ascii", "backslashreplace"))


def short_names(home):
    """A home of Windows as older programs see it; none elsewhere."""
    above, between, name = home.rpartition("\\")
    kept = re.sub(r"[^A-Z0-9_$~!#%&{}()@'`^-]", "", name.upper())
    if not OF_WINDOWS.match(home) or (kept == name.upper() and len(name) <= 8):
        return []
    other = [re.sub(r"[\s.]", "", form.upper()) for form in letters(name) + [bare_letters(name)]]
    firsts = set([kept[:6]] + [form[:6] for form in other])
    firsts |= set(re.sub(r"[^\x00-\x7f]", "_", first) for first in firsts)
    return [
        "%s%s%s~%d" % (above, between, first, number) for first in firsts for number in range(1, 5)
    ]


def percent_coded(path, kept):
    """A path as addresses have it."""
    plain = set(bytearray((URL_LETTERS + kept).encode("ascii")))
    coded = bytearray(to_bytes(to_text(path)))
    return "".join(chr(byte) if byte in plain else "%%%02X" % byte for byte in coded)


def without_name(text, name, instead_of_it, more, others=()):
    """A name as a whole part of a path, or before an @ or \\; `more` may stand behind it. `others` are
    spellings of it.
    """
    if len(name) < 2 or name.lower() in COMMON_NAMES:
        return text
    names = set(letters(name)) | set(spelling for spelling in others if len(spelling) > 2)
    written = "|".join(re.escape(spelling) for spelling in sorted(names, key=len, reverse=True))
    segment = r"(?:(?<=[/\\@])|(?<=%%2F)|(?<=%%5C))(?:%s)%s%s" % (written, more, NAME_END)
    pattern = r"%s|(?<![\w.-])(?:%s)(?=[@\\])" % (segment, written)
    return re.sub(pattern, instead_of_it, text, flags=re.IGNORECASE)
