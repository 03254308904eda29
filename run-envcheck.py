#!/usr/bin/env python3
"""Runs envcheck without installing anything into your Python:  python3 run-envcheck.py chapter2

The first time, it makes an environment of envcheck's own in your cache folder; after that it starts
at once. The Python that you type is the one that is examined, whatever its age; it is never
changed. Where envcheck itself cannot be installed, this file examines Python and pip by itself and
says what the rest needs.
"""

# Built from bootstrap/ by scripts/build-bootstrap: edit the modules there, then run it. What each
# function means stands there, too.
# One file, standard library only, and it runs on Python 2.7 as well, so that an old Python gets an
# answer too.
from __future__ import print_function

import os
import sys


def full_path(path):
    """The path from the root; as it is where the folder that one works in is gone."""
    try:
        return os.path.abspath(path)
    except OSError:
        return path


# Read from a pipe, as in `curl ... | python3 -`, this text lies in no file, and the folder that one
# works in is not its own.
THIS_FILE = full_path(globals().get("__file__", "<stdin>"))
HERE = os.path.dirname(THIS_FILE) if os.path.isfile(THIS_FILE) else THIS_FILE
# A learner's own `json.py` in the folder that they work in or beside this file, or a PYTHONPATH
# into another Python, must not be imported here, nor stay where something else has imported it.
NAMED = [HERE, ""] + os.environ.get("PYTHONPATH", "").split(os.pathsep)
FOREIGN = set(full_path(entry) for entry in NAMED) - set([os.path.dirname(full_path(os.__file__))])
sys.path[:] = [entry for entry in sys.path if full_path(entry) not in FOREIGN]
sys.dont_write_bytecode = True


def forget_foreign_modules():
    """Import anew what was imported from such a folder before this file began."""
    for name, module in list(sys.modules.items()):
        folder = os.path.dirname(full_path(getattr(module, "__file__", None) or os.__file__))
        if name != "__main__" and set([folder, os.path.dirname(folder)]) & FOREIGN:
            del sys.modules[name]


if __name__ == "__main__":
    forget_foreign_modules()

import ast
import base64
import binascii
import errno
import getpass
import glob
import hashlib
import importlib
import io
import json
import platform
import re
import shutil
import signal
import stat
import struct
import subprocess
import tempfile
import textwrap
import threading
import time
import unicodedata
import zipfile

# --- bootstrap/constants.py -----------------------------------------------------------------------
# What several modules share: versions, names and options.


VERSION = "0.1.0"  # what is installed from the index when this file stands alone
DISTRIBUTION = "envcheck-course"
# The hash of the release's wheel, which scripts/release writes into the file that it puts beside it.
# While there is none, nothing of that name is taken from an index: whoever registers it first would
# run on learners' machines.
RELEASE_SHA256 = ""
OLDEST_HOST = (3, 10)  # the oldest Python that envcheck itself runs on
PYTHONS = ">=3.7"  # the course's Pythons, when this file stands alone; a checkout says it itself
LOCK = "envcheck.lock"  # what envcheck installs for itself, by hashes
UNLOCKED = "--unlocked"  # an option of this file alone: the newest that is allowed instead
DESCRIBE_OPTION = "--describe-this-python"
PLACE_OPTION = "--place-of-its-environment"  # for action.yml, which keeps it from job to job
WINDOWS = os.name == "nt"
# The mode of a folder; on Windows as in src/envcheck/private_file.py.
OWNERS_ALONE = 0o777 if WINDOWS else 0o700
MARKER = "envcheck-made.json"
USAGE, UNDETERMINED, INTERRUPTED = 2, 3, 130  # exit codes, as the engine has them
SET_ASIDE = (
    "LD_LIBRARY_PATH", "LD_PRELOAD", "DYLD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES", "MALLOC_ARENA_MAX", "__PYVENV_LAUNCHER__",
    "PYTHONEXECUTABLE",
)  # fmt: skip  # as in launcher/envcheck
# Windows' `py` and `python` download a Python where none is installed, if they are asked for one.
NO_DOWNLOAD = {"PYTHON_MANAGER_AUTOMATIC_INSTALL": "false"}
DISK_FULL = re.compile(
    r"No space left|os error (28|112)\b|Errno 28|not enough space|disk quota", re.IGNORECASE
)
HELP = """Usage: %s COMMAND [OPTIONS]

Can this machine do the chapter? envcheck finds out by doing it, and names the one thing to do next.

  chapter2        the usual command: examines the Python that you start this file with
  chapter2 --fix  shows the steps of the fix, asks, and carries them out
  list            courses, chapters and checks
  explain CODE    the long page of a diagnosis
  --unlocked      first word: envcheck's own packages as new as allowed, not by its lock

The first of these makes an environment of envcheck's own in your cache folder, once; after that
--help shows every option. Your Python is not changed.""" % os.path.basename(
    globals().get("__file__", "run-envcheck.py")
)
TRY_AGAIN = "Run the same command once more; if it says the same, show this report to your teacher."
# Isolated from the learner's variables; -B because the standard library that it shares must stay as
# it is.
HOST_OPTIONS = ["-I", "-B", "-X", "utf8"]


# --- bootstrap/errors.py --------------------------------------------------------------------------
# Why envcheck's own environment cannot be made.


class NoEnvironment(Exception):
    def __init__(self, fact, step):
        Exception.__init__(self, fact)
        self.fact = fact
        self.step = step


class InstallationFailed(Exception):
    def __init__(self, fact, step="", sure=False):
        Exception.__init__(self, fact)
        self.step = step
        self.sure = sure


# --- bootstrap/compatibility.py -------------------------------------------------------------------
# What Python 2 and 3 do differently: text, bytes, and looking for a program.


STARTED_BY_WINDOWS = (".exe", ".bat", ".cmd")
TEXT = (str, type(b"".decode("ascii")))  # what JSON's texts are: Python 2 has two kinds


def to_bytes(text, errors="strict"):
    return text if isinstance(text, bytes) else text.encode("utf-8", errors)


def to_text(value):
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def to_native(value):
    return value if isinstance(value, str) else value.decode("utf-8", "replace")


def write_to_stdout(data):
    out = getattr(sys.stdout, "buffer", sys.stdout)
    out.write(data)
    out.flush()


def which(name):
    if hasattr(shutil, "which"):
        return shutil.which(name) or ""
    # Windows starts what has one of these endings, and no file for a Unix shell of the same name.
    whole = not WINDOWS or os.path.splitext(name)[1].lower() in STARTED_BY_WINDOWS
    names = [name] if whole else [name + ending for ending in STARTED_BY_WINDOWS]
    places = [os.path.join(folder, each) for folder in path_folders() for each in names]
    return next(
        (place for place in places if os.path.isfile(place) and os.access(place, os.X_OK)), ""
    )


def path_folders():
    value = os.environ.get("PATH", "")
    entries = re.findall('(?:"[^"]*"|[^;"])+', value) if WINDOWS else value.split(os.pathsep)
    return [entry.replace('"', "") if WINDOWS else entry for entry in entries]


# --- bootstrap/secret_shapes.py -------------------------------------------------------------------
# What a secret looks like: src/envcheck/secret_shapes.py in words that every Python reads. A guard
# holds the two alike.


HIDDEN_SECRET = "***"
SECRET_LOOKS = 10
SECRET_KEY_NAMES = "api|access|account|private|secret|fernet|subscription|encryption|signing|license|master|session|service|storage|shared"
SECRET_WORDS = (
    r"(?:token|passw(?:or)?d|passphrase|secret|credentials?|[_-]pass|[_-]pwd|(?:"
    + SECRET_KEY_NAMES
    + r")[_-]?key)"
)
# A quotation ends with the mark that opened it, where something comes that ends a value: `'it's
# mine'`. In a shell each ' of such a value is written '"'"'.
SECRET_QUOTED = (
    r"(?P<open>[bruf]{0,2}(?P<mark>\\{0,3}(?:\"{3}|'{3}|[\"'`])))"
    r"(?:'\"'\"'|(?!(?<!\\)(?P=mark)(?:[\s,;)\]}>&|.\\]|$))(?:\\(?!'\"'\"').|[^\n])){0,2000}(?P<close>(?:(?P=mark))?)"
)
SECRET_STRING = r"(?:[bruf]{0,2}(?:\"(?:\\.|[^\"\\\n]){0,500}\"|'(?:\\.|[^'\\\n]){0,500}'))"
SECRET_VALUE = (
    r"(?:[\[(]\s{0,3}"
    + SECRET_STRING
    + r"(?:\s{0,3},\s{0,3}"
    + SECRET_STRING
    + r"){0,20}\s{0,3},?[\])]?"
    r"|(?:[a-z_.]{1,30}\(\s{0,3})?"
    + SECRET_QUOTED
    + r"|[^\s&\"',;]{1,2000}(?:[\"',;]{1,4}[^\s&\"',;]{1,500}){0,5})"
)
SECRET_TOKENS = (
    r"gh[pousr]_[A-Za-z0-9]{20,}", r"github_pat_\w{20,}", r"gl(?:pat|dt|rt|ptt|soat)-[\w-]{16,}",
    r"sk-[\w-]{16,}", r"(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}", r"gsk_[A-Za-z0-9]{20,}",
    r"xox[abeoprs]-[\w-]{8,}", r"xapp-[\w-]{10,}", r"(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA|ANVA|AIPA)[A-Z0-9]{12,}",
    r"eyJ[\w=-]{6,2000}\.[\w=-]{4,8000}\.[\w.+/=-]*", r"hf_[A-Za-z0-9]{20,}", r"api_org_[A-Za-z0-9]{20,}",
    r"pypi-[\w-]{40,}", r"npm_[A-Za-z0-9]{30,}", r"AIza[\w-]{30,}", r"ya29\.[\w-]{20,}", r"SG\.[\w-]{16,64}\.[\w-]{16,}",
    r"do[opr]_v1_[a-f0-9]{40,}", r"dapi[a-h0-9]{32}", r"sq0[a-z]{3}-[\w-]{20,}", r"(?:AC|SK)[a-f0-9]{32}", r"key-[a-f0-9]{32}",
    r"[a-f0-9]{32}-us\d{1,2}", r"[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27,}", r"\d{8,10}:AA[\w-]{33}", r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",
    r"lin_api_[A-Za-z0-9]{30,}", r"dckr_pat_[\w-]{20,}", r"hvs\.[\w-]{20,}", r"glc_[\w+/=-]{30,}", r"PMAK-[\w-]{30,}",
    r"A3-[A-Z0-9]{6}-[A-Z0-9-]{20,}", r"ops_eyJ[\w+/=-]{20,}", r"AGE-SECRET-KEY-1[A-Z0-9]{20,}", r"LTAI[A-Za-z0-9]{16,}",
    r"AKC[pb][A-Za-z0-9]{20,}", r"cmVmd[A-Za-z0-9]{30,}", r"ATATT3[\w=-]{20,}", r"(?:A3T[A-Z0-9]|ABIA|ACCA)[A-Z2-7]{16}",
    r"(?:sc|ext|scauth|authress)_\w{5,30}\.\w{4,6}\.acc[_-][\w.+/=-]{20,}", r"[\w.~-]{3}\dQ~[\w.~-]{31,}", r"v1\.0-[a-f0-9]{24}-[a-f0-9]{60,}",
    r"dp\.(?:pt|st|ct|scim|audit)\.[\w.-]{20,}", r"dt0[cs]\d\d\.\w{20,30}\.\w{40,}", r"EZ[AT]K[A-Za-z0-9]{40,}", r"EAA[A-Z][A-Za-z0-9]{60,}",
    r"FLW(?:SECK|PUBK)[\w-]{12,}", r"fm[12][ar]?_[\w+/=-]{60,}", r"(?:pat|sat)\.[\w-]{16,24}\.\w{20,26}\.\w{16,22}",
    r"[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{40,}", r"HRKU-[\w-]{30,}", r"s-s4t2(?:ud|af)-[a-f0-9]{40,}", r"ZXlK[\w+/-]{30,}", r"\w{6}_\w{29}_mmk",
    r"NR(?:AK|II|JS|AA|RA|AL)-[\w-]{18,}", r"API-[A-Z0-9]{26,}", r"sha256~[\w-]{40,}", r"access-(?:sandbox|development|production)-[a-f0-9-]{36}",
    r"sntrys_[\w+/=-]{30,}", r"sm_[aps]at_\w{16,}", r"pscale_(?:tkn|oauth|pw)_[\w=.-]{30,}", r"gl(?:cbt|ffct|imt|agent|oas|ft|sess|rtr)-[\w-]{16,}",
    r"GR1348941[\w-]{16,}", r"GOCSPX-[\w-]{20,}", r"hv[br]\.[\w-]{20,}", r"fio-u-[\w=-]{40,}", r"xkeysib-[\w-]{40,}", r"tk-us-[\w-]{30,}",
    r"pat[A-Za-z0-9]{14}\.[a-f0-9]{60,}", r"[pst]k\.[\w-]{50,200}\.[\w-]{20,}", r"oy2[a-z0-9]{40,}", r"fo1_[\w-]{40,}", r"figd_[\w-]{30,}",
    r"tskey-[a-z]{3,10}-[\w-]{10,}", r"CCIPAT_\w{30,}", r"2\|1:0\|10:\d{6,12}\|[^\s\"';]+",
    # Of any other vendor: a short name of theirs, and 32 letters and digits without a break
    r"[A-Za-z][A-Za-z0-9]{1,11}[_-](?:[a-z]{1,6}[_-])?(?=[A-Za-z]{0,40}\d)(?=\d{0,40}[A-Za-z])[A-Za-z0-9]{32,500}(?:[_-][A-Za-z0-9]{4,64}){0,3}",
)  # fmt: skip

SECRET_ADDRESSES = re.compile(
    r"(?P<kept>(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}://)"
    # A name and a password, whatever is in it, up to what must be a host
    r"(?:[^/\s\"'<>@:]{0,100}:(?!\d{1,5}(?:[/?#\s]|$))[^\s\"'<>]{1,300}?@(?=[\w-]{1,63}(?:\.[\w-]|:\d)|localhost\b|\[)"
    r"|[^/\s\"'<>]{0,300}@"  # a name, and perhaps a password
    r"|[^/\s\"'<>@:]{0,100}:(?!\d{1,5}(?:[/?#\s]|$))(?!\s)[^\n]{1,200}?@(?=[\w.\[-])(?:[^/\s\"'<>@]{0,100}@){0,5})",
    re.IGNORECASE,
)
SECRET_WITHOUT_SCHEME = re.compile(
    r"(?P<kept>(?<![\w.%+-]))[\w.%+-]{1,64}:(?!//)[^\s/@\"'<>]{1,200}@(?!sha\d)(?=\w)"
)
SECRET_PROXIES = re.compile(
    r"(?P<kept>(?<![\w.-])[\w.-]{0,40}proxy[\"']?\s{0,3}[=:]\s{0,3}[\"']?)[^\s\"'<>/@]{1,100}:[^\s\"'<>]{1,300}@(?=[\w\[])",
    re.IGNORECASE,
)
SECRET_IN_CODES = re.compile(
    r"(?P<kept>%3A%2F%2F)(?:(?!%2F)[^\s\"'<>&]){1,100}?%3A[^\s\"'<>&]{1,200}?%40", re.IGNORECASE
)
# To the end of the line: what such a header holds has parts, and quotation marks of its own
SECRET_PARTED = re.compile(
    r"(?P<kept>(?:\b(?:proxy-)?authorization[\"']?\s{0,3}[:=]\s{0,3}[\"']?(?:digest|aws4-hmac-sha256)\s{1,3}"
    r"|(?<![\w.-])(?:set-)?cookie[\"']?\s{0,3}[:=]\s{0,3}))[^\n]+",
    re.IGNORECASE,
)
SECRET_HEADERS = re.compile(
    r"(?P<kept>\b(?:proxy-)?authorization[\"']?\s{0,3}[:=]\s{0,3}[\"']?(?:(?:bearer|basic|token|negotiate|apikey)\s{1,3})?)"
    r"(?!digest|aws4)[^\s\"',;]{1,2000}(?:[\"'][^\s\"',;]{1,500}){0,5}[^\"'\n]*",
    re.IGNORECASE,
)
SECRET_BEARER = re.compile(
    r"(?P<kept>\b(?:bearer|basic)\s{1,3})[a-z0-9._~+/=-]{12,}", re.IGNORECASE
)
SECRET_NAMED = re.compile(
    r"(?P<kept>(?<![\w.-])[\w.-]{0,60}"
    + SECRET_WORDS
    + r"s?\d{0,2}(?:\\{0,3}[\"'`])?\s{0,3}(?:=>|[=:]|(?<=[\"']),)\s{0,3})"
    + SECRET_VALUE,
    re.IGNORECASE,
)
SECRET_PASS = re.compile(
    r"(?P<kept>(?<![\w.-])(?:db|user|my|root|admin)?pass\s?=\s?)" + SECRET_VALUE, re.IGNORECASE
)
SECRET_PHRASES = re.compile(
    r"(?P<kept>(?:password|passphrase)\s{0,3}[:=]\s{0,3})[a-z]{2,16}(?: [a-z]{2,16}){2,9}(?=\s{0,9}$)",
    re.IGNORECASE | re.MULTILINE,
)
SECRET_TAGS = re.compile(r"(?P<kept><[\w:.-]{0,40}" + SECRET_WORDS + r">)[^<\n]+", re.IGNORECASE)
# Of Jupyter's connection files, Kaggle's and Docker's
SECRET_IN_JSON = re.compile(
    r"(?P<kept>[\"'](?:key|auth|identitytoken|sessionid)[\"']\s{0,3}:\s{0,3}[\"'])(?=[^\"'\d]{0,60}\d)[\w+/=.~-]{12,}"
)
SECRET_OPTIONS = re.compile(
    r"(?P<kept>(?<![\w-])--?[a-z._-]{0,40}" + SECRET_WORDS + r"\s{1,3})(?!-)" + SECRET_VALUE,
    re.IGNORECASE,
)
SECRET_KEYS = re.compile(
    r"(?P<kept>-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:\s{0,4}[A-Za-z-]{4,20}: [^\n]{0,200}\n){0,5})[A-Za-z0-9+/=\s\\]+"
)
SECRET_IN_PATHS = re.compile(
    r"(?P<kept>(?:hooks\.slack\.com/(?:services|workflows|triggers)|\.webhook\.office\.com/webhookb2|discord(?:app)?\.com/api/webhooks)/)"
    r"[^\s\"'<>]+"
)
SECRET_SIGNATURES = re.compile(
    r"(?P<kept>[?&](?:amp;)?(?:sig|signature|x-(?:amz|goog)-(?:signature|credential|security-token))=)[^\s&\"'<>]+",
    re.IGNORECASE,
)
SECRET_LOGINS = re.compile(
    r"(?P<kept>(?:\blogin\s{1,3}\S{1,200}\s{1,3}password\s{1,3}|;\s{0,3}pwd\s{0,3}=|(?<![\w.-])_auth\s{0,3}=\s{0,3}|_gitlab_session=|(?<!\w)_xsrf=|(?<![\w-])username-[\w.-]{1,80}=[\"']?"
    r"|\bsshpass\s{1,3}-p\s{0,3}|\b(?:mysql|mysqldump|mysqladmin|mariadb)\s(?:[^\n|;]{0,200}?\s)?-p))"
    r"[^\s;\"']+",
    re.IGNORECASE,
)
SECRET_USERS = re.compile(
    r"(?P<kept>(?<![\w-])(?:-u|-U|--user|--proxy-user)[ =][\"']?(?!\d{1,10}:)[^\s:\"'/]{2,100}:)(?!//)[^\s\"']+"
)
SECRET_BY_SHAPE = re.compile(r"(?P<kept>(?<![A-Za-z0-9_]))(?:" + "|".join(SECRET_TOKENS) + ")")
SECRET_SHAPES = (
    SECRET_KEYS,
    SECRET_IN_PATHS,
    SECRET_ADDRESSES,
    SECRET_PROXIES,
    SECRET_IN_CODES,
    SECRET_WITHOUT_SCHEME,
    SECRET_PARTED,
    SECRET_HEADERS,
    SECRET_BEARER,
    SECRET_PHRASES,
    SECRET_NAMED,
    SECRET_PASS,
    SECRET_TAGS,
    SECRET_IN_JSON,
    SECRET_OPTIONS,
    SECRET_SIGNATURES,
    SECRET_LOGINS,
    SECRET_USERS,
    SECRET_BY_SHAPE,
)


def without_secrets(text):
    for _ in range(SECRET_LOOKS):
        before = text
        for pattern in SECRET_SHAPES:
            text = pattern.sub(hide_secret, text)
        if text == before:
            break
    return text


def hide_secret(hit):
    quotes = hit.groupdict()
    end = "@" if hit.group(0).endswith("@") else ""
    around = (
        hit.group("kept"),
        quotes.get("open") or "",
        HIDDEN_SECRET,
        end,
        quotes.get("close") or "",
    )
    return "".join(around)


# --- bootstrap/garbled.py -------------------------------------------------------------------------
# A name with letters outside of ASCII, as programs show it that write in one code page what others
# read in another, or that have no such letter: with other letters, plain ones, or question marks.


# Of Windows' own (ANSI) and of its consoles (OEM); UTF-8 is everybody's.
CODE_PAGES = (
    "utf-8", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "latin-1",
    "cp1257", "cp1258", "cp437", "cp737", "cp775", "cp850", "cp852", "cp857", "cp858",
    "cp866", "cp932", "cp936", "cp949", "cp950",
)  # fmt: skip
OF_TWO_BYTES = frozenset(("utf-8", "cp932", "cp936", "cp949", "cp950"))


def garbled(name):
    if sys.version_info < (3, 5) or all(ord(letter) < 128 for letter in name):
        return frozenset()
    forms = {unicodedata.normalize(form, name) for form in ("NFC", "NFD", "NFKD")}
    written = {form.encode("ascii", "backslashreplace") for form in forms}
    spellings = forms | {form.decode() for form in written} | {bare_letters(name)}
    composed = unicodedata.normalize("NFC", name)
    for page in CODE_PAGES:
        raw = composed.encode(page, "replace")
        spellings |= {raw.decode(read, "replace") for read in CODE_PAGES}
        spellings |= {
            as_windows_reads(raw, read) for read in CODE_PAGES if read not in OF_TWO_BYTES
        }
        spellings.add(raw.decode("ascii", "backslashreplace"))
    for page in CODE_PAGES + ("ascii",):
        spellings |= {nearest(composed, page, bare) for bare in (True, False)}
    return frozenset(spellings) - {name}


def nearest(name, page, bare):
    if bare:
        name = "".join(
            letter if page_has(page, letter) else bare_letters(letter) for letter in name
        )
    return "".join(letter if page_has(page, letter) else question_marks(letter) for letter in name)


def page_has(page, letter):
    return letter.encode(page, "replace") == letter.encode(page, "ignore")


def question_marks(letter):
    return "?" * (len(letter.encode("utf-16-le", "surrogatepass")) // 2)


def bare_letters(name):
    if sys.version_info < (3,):
        return name
    parted = unicodedata.normalize("NFKD", "".join(map(without_stroke, name)))
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def without_stroke(letter):
    plain, marked, _ = unicodedata.name(letter, "").partition(" WITH ")
    try:
        return unicodedata.lookup(plain) if marked else letter
    except KeyError:
        return letter


def as_windows_reads(raw, page):
    read = (bytes([byte]).decode(page, "ignore") or chr(byte) for byte in raw)
    return "".join(read)


# --- bootstrap/privacy.py -------------------------------------------------------------------------
# What must not leave the machine: passwords, the home folder, names of user and host.


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
    return stream.isatty() and not os.environ.get("CI")


def scrubbed_value(value, scrub):
    if isinstance(value, dict):
        return dict((name, scrubbed_value(inner, scrub)) for name, inner in value.items())
    if isinstance(value, list):
        return [scrubbed_value(inner, scrub) for inner in value]
    return scrub(value) if isinstance(value, str) else value


def scrubbed(text):
    homes = homes_in(os.environ)
    users = users_in(os.environ, homes)
    return without_each(without_secrets(text), homes, users, hosts_in(os.environ, homes))


def homes_in(variables):
    home = variables.get("HOME") or variables.get("USERPROFILE") or os.path.expanduser("~")
    path = variables.get("HOMEPATH", "")
    drive = variables.get("HOMEDRIVE", "") + path if len(path) > 1 else ""
    others = [home, variables.get("USERPROFILE", ""), variables.get("HOMESHARE", ""), drive]
    return [place.rstrip("/\\") for place in others if place and place[0] != "~"]


def users_in(variables, homes):
    try:
        named = (variables.get(name) for name in ("USER", "USERNAME", "LOGNAME"))
        user = next((name for name in named if name), "") or getpass.getuser()
    except Exception:  # a user id without a name
        user = ""
    folders = [users_folder(home) for home in homes]
    folders += HOME_ON_A_DISK.findall(variables.get("PATH", ""))
    return [user] + [name for name in folders if name.lower() not in EVERYBODYS]


def users_folder(home):
    above, _, name = home.replace("\\", "/").rpartition("/")
    return name if above.rpartition("/")[2].lower() in OF_USERS else ""


def hosts_in(variables, homes):
    servers = [home[2:].partition("\\")[0] for home in homes if home.startswith("\\\\")]
    return [platform.node(), variables.get("COMPUTERNAME", "")] + servers


def without_names(text, home, user, host):
    return without_each(text, [home], [user], [host])


def without_each(text, homes, users, hosts):
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
    if sys.version_info < (3,):
        return [text]
    return [text] + [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]


def escaped(text):
    return to_native(to_text(text).encode("ascii", "backslashreplace"))


def short_names(home):
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
    plain = set(bytearray((URL_LETTERS + kept).encode("ascii")))
    coded = bytearray(to_bytes(to_text(path)))
    return "".join(chr(byte) if byte in plain else "%%%02X" % byte for byte in coded)


def without_name(text, name, instead_of_it, more, others=()):
    if len(name) < 2 or name.lower() in COMMON_NAMES:
        return text
    names = set(letters(name)) | set(spelling for spelling in others if len(spelling) > 2)
    written = "|".join(re.escape(spelling) for spelling in sorted(names, key=len, reverse=True))
    segment = r"(?:(?<=[/\\@])|(?<=%%2F)|(?<=%%5C))(?:%s)%s%s" % (written, more, NAME_END)
    pattern = r"%s|(?<![\w.-])(?:%s)(?=[@\\])" % (segment, written)
    return re.sub(pattern, instead_of_it, text, flags=re.IGNORECASE)


# --- bootstrap/programs.py ------------------------------------------------------------------------
# Programs, run with a limit and ended with all that they started.


# Variables of uv that say how to reach an index or where its Pythons are.
UV_KEPT = re.compile(
    r"UV_(\w*INDEX\w*|FIND_LINKS|NATIVE_TLS|SYSTEM_CERTS|CACHE_DIR|HTTP_\w+|INSECURE_HOST|KEYRING_\w+|PYTHON_INSTALL_\w+|OFFLINE)$"
)
NEW_GROUP, OWN_CONSOLE = 0x200, 0x8000000  # as in src/envcheck/processes/watchdog.py
RAISED = re.compile(r"[\w.]*(Error|Exception|Interrupt|Exit)\b(:|$)")


def say(text):
    scrub = without_secrets if is_learners_own(sys.stderr) else scrubbed
    sys.stderr.write("envcheck: %s\n" % scrub(text))
    sys.stderr.flush()


class Finished(object):
    def __init__(self, code, output):
        self.code = code
        self.output = to_native(output)

    @property
    def evidence(self):
        lines = [line for line in self.output.strip().splitlines() if line.strip()]
        raised = [place for place, line in enumerate(lines) if RAISED.match(line)]
        return "\n".join(lines[raised[-1] :][:6])[:900] if raised else "\n".join(lines[-6:])[-900:]

    @property
    def last_words(self):
        lines = [
            line.strip()
            for line in self.output.splitlines()
            if line.strip() and "[notice]" not in line
        ]
        errors = [
            line
            for line in lines
            if re.match(r"(error: (?!subprocess)|[\w.]*Error\b)", line, re.IGNORECASE)
        ]
        return (errors or lines or ["it said nothing"])[-1][:300]


def run(words, variables, folder=None, limit=20.0, news=None):
    begun, output = time.time(), []
    try:
        child = start_in_own_group(words, variables, folder)
    except OSError as error:
        return Finished(None, str(error).encode("utf-8"))
    reader = threading.Thread(target=lambda: output.append(child.stdout.read()))
    reader.daemon = True
    reader.start()
    try:
        while reader.is_alive() and time.time() - begun < limit:
            reader.join(0.5)
            if news is not None:
                news(time.time() - begun)
    finally:
        if reader.is_alive():
            end_group(child)
            reader.join(2)
        code = child.wait()
    if not reader.is_alive():
        child.stdout.close()
    return Finished(code, b"".join(output))


def start_in_own_group(words, variables, folder):
    if is_apples_stub(words[0]):
        raise OSError("only Apple's stub is here: its developer tools are not installed")
    with open(os.devnull, "rb") as nothing:
        options = dict(env=dict(variables, **NO_DOWNLOAD), cwd=folder, stdin=nothing)
        if WINDOWS:
            options.update(creationflags=NEW_GROUP | OWN_CONSOLE)
        elif sys.version_info < (3, 2):
            options.update(preexec_fn=os.setsid)
        else:
            options.update(start_new_session=True)
        return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)


def is_apples_stub(program):
    names = ("/usr/bin/python3", "/usr/bin/git")
    if sys.platform != "darwin" or os.path.realpath(which(program) or program) not in names:
        return False
    places = (
        os.environ.get("DEVELOPER_DIR") or os.devnull,
        "/var/db/xcode_select_link",
        "/Library/Developer/CommandLineTools",
        "/Applications/Xcode.app/Contents/Developer",
    )
    return not any(os.path.isdir(os.path.join(place, "usr", "bin")) for place in places)


def end_group(child):
    try:
        if sys.platform == "win32":
            with open(os.devnull, "wb") as nothing:  # its words would stand in the report
                words = ["taskkill", "/F", "/T", "/PID", str(child.pid)]
                subprocess.call(words, stdout=nothing, stderr=nothing)
        else:
            os.killpg(child.pid, signal.SIGKILL)
    except OSError:  # it has just ended by itself
        pass


def clean_variables(folder):
    unwanted = ("VIRTUAL_ENV", "CONDA_PREFIX") + SET_ASIDE
    variables = dict(
        (name, value)
        for name, value in os.environ.items()
        if name not in unwanted
        and (
            not name.upper().startswith(("PYTHON", "PIP_", "UV_", "ENVCHECK_"))
            or UV_KEPT.match(name)
        )
    )
    variables.update(
        TMPDIR=folder,
        TEMP=folder,
        TMP=folder,
        PYTHONDONTWRITEBYTECODE="1",
        PYTHONIOENCODING="utf-8",
    )
    return variables


def python_in(environment):
    return os.path.join(environment, *(["Scripts", "python.exe"] if WINDOWS else ["bin", "python"]))


# --- bootstrap/files.py ---------------------------------------------------------------------------
# Files that may be missing or may not be read.


def read_json(path):
    try:
        with io.open(path, encoding="utf-8") as file:
            return json_object(file.read())
    except (OSError, IOError, ValueError):
        return {}


def read_bytes(path):
    try:
        with io.open(path, "rb") as file:
            return file.read()
    except (OSError, IOError):
        return b""


def json_object(text):
    try:
        value = json.loads(text)
    except (ValueError, RuntimeError):  # RuntimeError: too many brackets
        return {}
    return value if isinstance(value, dict) else {}


def home_folder():
    registered = registered_home() if os.environ.get("HOME") == "" else ""
    home = registered or os.path.expanduser("~")
    return home if os.path.isabs(home) else ""


def registered_home():
    if not hasattr(os, "getuid"):  # on Windows
        return ""
    try:
        return importlib.import_module("pwd").getpwuid(os.getuid()).pw_dir
    except KeyError:  # no entry
        return ""


def make_folder(start, place=""):
    name = start + binascii.hexlify(os.urandom(6)).decode("ascii")
    folder = os.path.join(place or tempfile.gettempdir(), name)
    os.mkdir(folder, OWNERS_ALONE)
    return where_it_is(folder)


def where_it_is(folder):
    return os.path.realpath(folder) if WINDOWS else folder


def remove_folder(folder):
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
        for above, folders, files in os.walk(folder):  # left: what is marked as read-only (Windows)
            for name in folders + files:
                make_removable(os.path.join(above, name))
        shutil.rmtree(folder, ignore_errors=True)


def make_removable(path):
    try:
        if not os.path.islink(path):
            os.chmod(path, 0o700)
    except OSError:
        pass


def remove_if_empty(folder):
    try:
        os.rmdir(folder)
    except OSError:  # there is something in it, or it is gone
        pass


def read_text(path):
    try:
        with io.open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except (OSError, IOError):
        return ""


# --- bootstrap/course.py --------------------------------------------------------------------------
# The bundled course, as the checkout around this file has it.


def checkout():
    return HERE if os.path.isfile(os.path.join(HERE, "src", "envcheck", "__init__.py")) else ""


COURSE = {
    "id": "ml-for-software-engineers",
    "revision": "2026-11",
    "title": "ML for Software Engineers",
}
CHAPTER = "chapter2"
# What the chapter requires; all but the first two need envcheck itself.
CHECKS = (
    ("python", "Python"),
    ("pip", "pip and venv"),
    ("packages", "Packages"),
    ("jupyter", "Jupyter"),
    ("kernel-registered", "Kernel spec"),
    ("kernel-starts", "Kernel"),
    ("snippets", "Snippets"),
    ("notebook-launches", "Notebook"),
    ("tutorial", "Tutorial"),
    ("room", "Room"),
)

SERVED = ("notebook-launches",)  # what --quick leaves out


def page_of(name):
    file_name = os.path.basename(name) + ".md"
    for folder, _, names in os.walk(os.path.join(HERE, "checks", "envcheck_checks")):
        if os.path.basename(folder) == "pages" and file_name in names:
            return os.path.join(folder, file_name)
    return ""


def course_file():
    return read_text(
        os.path.join(
            HERE, "checks", "envcheck_checks", "courses", "ml_for_software_engineers", "chapter2.py"
        )
    )


def course_pythons():
    line = re.search(r'^PYTHONS = "([^"]+)"', course_file(), re.MULTILINE)
    return str(line.group(1)) if line else PYTHONS


def course_packages():
    return [str(name) for name in re.findall(r'Package\("([\w-]+)', course_file())]


def envcheck_version():
    line = re.search(
        r'^__version__ = "([^"]+)"',
        read_text(os.path.join(HERE, "src", "envcheck", "__init__.py")),
        re.MULTILINE,
    )
    return str(line.group(1)) if line else VERSION


# --- bootstrap/named_course.py --------------------------------------------------------------------
# The course file that `--course` names, judged before an environment is made, as far as plain Python
# can tell: the engine says the rest.


COURSE_FILE = "envcheck.toml"
LARGEST, MOST_DOTS = 1000000, 50  # as in src/envcheck/course_file/text.py, which refuses more
TOML_PLACE = re.compile(r"(?s)(.*?) \(at line (\d+), column (\d+)\)$")


def wrong_course(words):
    place = os.path.expanduser(named_course(words))
    if not place or "://" in place or not os.path.isabs(full_path(place)):
        return ""
    file = full_path(place)
    if os.path.isdir(file):
        file = os.path.join(file, COURSE_FILE)
        if not os.path.isfile(file):
            return "--course %s: there is no %s in this folder" % (place, COURSE_FILE)
    if not os.path.isfile(file):
        return "--course %s: there is no such file" % place
    return why_no_table(file) if file.endswith(".toml") else ""


def named_course(words):
    named, words = "", list(words) if words[:1] != ["hub"] else []
    while words and words[0] != "--":
        name, separator, value = words.pop(0).partition("=")
        if name == "--course" and (separator or words):
            named = value if separator else words.pop(0)
    return named


def why_no_table(file):
    try:
        with io.open(file, "rb") as opened:
            content = opened.read(LARGEST + 1)
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "%s: it is not UTF-8, as TOML must be: %s" % (file, error.reason)
    except (OSError, IOError) as error:
        return "%s: it cannot be read: %s" % (file, error.strerror or error)
    long = len(content) > LARGEST or any(line.count(".") > MOST_DOTS for line in text.split("\n"))
    if sys.version_info < (3, 11) or long:
        return ""
    try:
        importlib.import_module("tomllib").loads(text)
    except (ValueError, RuntimeError) as error:  # RuntimeError: too many brackets
        hit = TOML_PLACE.match(str(error))
        if hit:
            reason, line, column = hit.groups()
            shown = reason[:1].lower() + reason[1:]
            return "%s:%s:%s: it is not TOML: %s" % (file, line, column, shown)
    return ""


# --- bootstrap/asked.py ---------------------------------------------------------------------------
# What was asked for, as far as it can be honoured without envcheck; refused where the engine
# refuses it.


LONGEST_ALIAS = 64  # characters
# What steers a terminal and is not read, as in src/envcheck/printable.py: code points, both ends.
STEERING_RANGES = (
    (0x00, 0x08), (0x0B, 0x1F), (0x7F, 0x9F), (0x61C, 0x61C), (0x200E, 0x200F), (0x2028, 0x202E),
    (0x2066, 0x206F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xD800, 0xDFFF), (0xFFFE, 0xFFFF),
)  # fmt: skip
NUMBERS = {"--timeout": (float, 1, "a number of seconds"), "--jobs": (int, 1, "a number")}
VALUED = ("--output", "--python", "--timeout", "--jobs", "--format", "--as", "--join", "--submit")
LINKS = ("--join", "--submit")  # their values are secrets
CUT_SHORT = ("--quick", "--deep", "--offline")


class RefusedWords(Exception):
    """What was typed is no option's value, and why."""


def parse_words(words):
    options = dict.fromkeys(("--output", "--python", "--timeout", "--jobs"), "")
    options["--format"] = "text"
    left, names = list(words), []
    while left:
        name, separator, value = left.pop(0).partition("=")
        if name in VALUED and (separator or left):
            options[name] = value if separator else left.pop(0)
        elif name in CUT_SHORT or name in ("--strict", "--send-without-asking"):
            options[name] = "yes"
        elif name not in ("--verbose", "--no-color"):
            names.append(name)
    if names not in ([CHAPTER], ["all"]) or options["--format"] not in ("text", "json"):
        return None
    for name in NUMBERS:
        if options[name]:
            refuse_other_numbers(name, options[name])
    if "--as" in options:
        options["--as"] = chosen_alias(options["--as"])
    return options


def shown_words(words):
    return " ".join(hidden_words(words))


def hidden_words(words):
    before, shown = [""] + list(words), []
    for place, word in enumerate(words):
        name, separator, _ = word.partition("=")
        hidden = name + "=***" if name in LINKS and separator else word
        shown += ["***" if before[place] in LINKS else hidden]
    return shown


def chosen_alias(text):
    alias = " ".join(to_text(text).split())
    if not alias or len(alias) > LONGEST_ALIAS or any(map(steers, alias)):
        shown = to_native(to_bytes(to_text(text)[:LONGEST_ALIAS], "replace"))
        raise RefusedWords(
            "--as %r: it takes a name of 1 to %d letters, such as --as anna"
            % (shown, LONGEST_ALIAS)
        )
    return alias


def steers(sign):
    return any(low <= ord(sign) <= high for low, high in STEERING_RANGES)


def refuse_other_numbers(name, text):
    kind, least, wanted = NUMBERS[name]
    try:
        fits = kind(text) >= least
    except ValueError:
        fits = False
    if not fits:
        raise RefusedWords("%s %s: it takes %s, %d or more" % (name, text, wanted, least))


# --- bootstrap/description.py ---------------------------------------------------------------------
# What is to be known of a Python: of this one, or of another that runs this file.


# What stops when a part is missing; the same words as checks/envcheck_checks/python/check.py (a
# test compares).
EXTENSIONS = (
    ("_ssl", "pip cannot download without it", "libssl-dev"),
    ("_sqlite3", "Jupyter keeps its sessions in an SQLite database", "libsqlite3-dev"),
    ("_ctypes", "numpy and Jupyter load it", "libffi-dev"),
    ("zlib", "packages are unpacked with it", "zlib1g-dev"),
    ("pyexpat", "pip and matplotlib read XML with it", "libexpat1-dev"),
    ("_socket", "Jupyter talks through it", "build-essential"),
    ("_hashlib", "Jupyter signs its messages with it", "build-essential"),
    ("select", "Jupyter waits with it", "build-essential"),
    ("unicodedata", "text is normalised with it", "build-essential"),
)
# The parts that are Python files: whether they are there, since to load them all takes a while.
PARTS = ("asyncio", "http", "sqlite3", "ssl", "ctypes", "xml", "zipfile")
NEEDED = EXTENSIONS + tuple(
    (name, "Jupyter and pip are built on it", "build-essential") for name in PARTS
)
WANTED = (("_bz2", "pandas reads .bz2 files with it"), ("_lzma", "pandas reads .xz files with it"))


CAME_BY_PIPE = (
    "run-envcheck.py came through a pipe, so that no other Python can be asked with it: "
    "save it as a file and run that"
)


def version_numbers(version):
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def find_gaps():
    reasons = {}
    for name in [row[0] for row in EXTENSIONS + WANTED]:
        try:
            __import__(name)
        except Exception as error:  # a damaged extension can raise anything
            reasons[name] = "%s: %s" % (type(error).__name__, error)
    folder = os.path.dirname(os.__file__)
    for name in ("venv", "ensurepip") + PARTS:
        if not os.path.exists(os.path.join(folder, name)) and not os.path.exists(
            os.path.join(folder, name + ".py")
        ):
            reasons[name] = "not in " + folder
    return reasons


def pip_version():
    for folder in sys.path:
        if os.path.isdir(os.path.join(folder, "pip")):
            marks = glob.glob(os.path.join(folder, "pip-*.dist-info")) + glob.glob(
                os.path.join(folder, "pip-*.egg-info")
            )
            return os.path.basename(marks[0])[4:].rpartition(".")[0] if marks else "0"
    return ""


def metadata_of(name):
    return [
        path
        for folder in sys.path
        for path in glob.glob(os.path.join(folder, name + "-*.dist-info"))
    ]


def describe_this_python():
    return {
        "executable": sys.executable,
        "version": "%d.%d.%d" % sys.version_info[:3],
        "implementation": "pypy"
        if "PyPy" in sys.version
        else getattr(getattr(sys, "implementation", None), "name", "cpython"),
        "prefix": sys.prefix,
        "base_prefix": getattr(sys, "real_prefix", None) or getattr(sys, "base_prefix", sys.prefix),
        "bits": struct.calcsize("P") * 8,
        "stdlib": os.path.dirname(os.__file__),
        "gaps": find_gaps(),
        "pip": pip_version(),
        "installed": sum(bool(metadata_of(name)) for name in course_packages()),
    }


def ask_python(words, variables, *options):
    if not os.path.isfile(THIS_FILE):
        return describe_this_python() if words == [sys.executable] else Finished(None, CAME_BY_PIPE)
    finished = run(words + list(options) + [THIS_FILE, DESCRIBE_OPTION], variables)
    parts = finished.output.split(DESCRIBE_OPTION)
    answer = json_object(parts[1]) if len(parts) == 3 else {}
    return answer if is_description(answer) else finished


def is_description(answer):
    own = describe_this_python()
    return all(is_alike(answer.get(name), value) for name, value in own.items())


def is_alike(value, example):
    if isinstance(example, dict):
        return isinstance(value, dict) and all(is_alike(each, "") for each in value.values())
    return isinstance(value, TEXT if isinstance(example, str) else int)


# --- bootstrap/hosts.py ---------------------------------------------------------------------------
# Which Python of this machine can host envcheck.


# As in checks/envcheck_checks/python/conda.py.
CONDAS = ("anaconda3", "miniconda3", "miniforge3", "mambaforge")
HOMEBREWS = ("/opt/homebrew", "/usr/local")
OF_CASKROOM = ("miniconda", "miniforge", "mambaforge")


def why_it_cannot_host(python, uv):
    if version_numbers(python["version"]) < OLDEST_HOST:
        return "is version %s, and envcheck itself needs %d.%d or newer" % (
            (python["version"],) + OLDEST_HOST
        )
    if python["implementation"] != "cpython":
        return "is %s, and envcheck itself needs the usual CPython" % python["implementation"]
    missing = [name for name, _, _ in NEEDED if name in python["gaps"] and name != "_sqlite3"]
    if missing:
        return "was built without %s" % ", ".join(name.lstrip("_") for name in missing)
    if not uv and (
        "venv" in python["gaps"]
        or ("ensurepip" in python["gaps"] and version_numbers(python["pip"] or "0") < (22, 3))
    ):
        return "has no %s" % (
            "venv" if "venv" in python["gaps"] else "pip that is new enough, and no ensurepip"
        )
    return ""


def find_hosts(uv, variables):
    own = describe_this_python()
    if not why_it_cannot_host(own, uv):
        yield own
    seen = set([os.path.realpath(sys.executable)])
    for path in find_other_pythons(variables):
        real = os.path.realpath(path) if path else ""
        if real in seen or not os.path.isfile(real):
            continue
        seen.add(real)
        description = ask_python([path], variables, "-I", "-B")
        if isinstance(description, dict) and not why_it_cannot_host(description, uv):
            yield description


def find_other_pythons(variables):
    for name in ["python3.%d" % minor for minor in (13, 12, 11, 14, 10)] + ["python3", "python"]:
        yield which(name)
    home = home_folder()
    pyenv = os.environ.get("PYENV_ROOT") or os.path.join(home, ".pyenv")
    for pattern in (
        os.path.join(pyenv, "versions", "3.*", "bin", "python"),
        os.path.join(home, ".local", "share", "uv", "python", "*", "bin", "python3"),
        "/Library/Frameworks/Python.framework/Versions/3.*/bin/python3",
        "/opt/homebrew/bin/python3.*[0-9]", "/usr/local/bin/python3.*[0-9]", "/usr/bin/python3.*[0-9]",
        os.path.join(home, "Library", "jupyterlab-desktop", "jlab_server", "bin", "python3"),
    ):  # fmt: skip
        for path in sorted(glob.glob(pattern), reverse=True):
            yield path
    for path in conda_places(os.environ, home):
        yield path
    for path in windows_places(os.environ, home) if WINDOWS else []:
        for python in sorted(glob.glob(path), reverse=True):
            yield python
    if WINDOWS and which("py"):
        for path in re.findall(
            r"[A-Za-z]:\\.*python\.exe", run([which("py"), "-0p"], variables).output
        ):
            yield path


def conda_places(variables, home):
    roots = [home, os.path.join(home, "opt"), "/opt"] + list(HOMEBREWS)
    casks = [os.path.join(brew, "Caskroom", "%s", "base") for brew in HOMEBREWS]
    if WINDOWS:
        roots = [home, variables.get("ProgramData", ""), variables.get("LOCALAPPDATA", "")]
        casks = []
    places = [os.path.join(root, name) for root in roots if root for name in CONDAS]
    places += [cask % name for cask in casks for name in OF_CASKROOM]
    return [
        os.path.join(place, "python.exe" if WINDOWS else os.path.join("bin", "python3"))
        for place in places
        if os.path.isdir(os.path.join(place, "conda-meta"))
    ]


def windows_places(variables, home):
    local = variables.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    roaming = variables.get("APPDATA") or os.path.join(home, "AppData", "Roaming")
    pyenv = (
        variables.get("PYENV_ROOT")
        or variables.get("PYENV")
        or os.path.join(home, ".pyenv", "pyenv-win")
    )
    return [
        os.path.join(local, "Programs", "Python", "Python3*", "python.exe"),
        os.path.join(
            variables.get("ProgramFiles") or "C:\\Program Files", "Python3*", "python.exe"
        ),
        os.path.join(local, "Python", "pythoncore-3.*", "python.exe"),
        os.path.join(roaming, "uv", "python", "cpython-3.*", "python.exe"),
        os.path.join(pyenv, "versions", "3.*", "python.exe"),
        os.path.join(roaming, "jupyterlab-desktop", "jlab_server", "python.exe"),
    ]


def find_uv():
    beside = os.path.join(home_folder(), ".local", "bin", "uv.exe" if WINDOWS else "uv")
    return which("uv") or (beside if os.path.isfile(beside) else "")


# --- bootstrap/source.py --------------------------------------------------------------------------
# What is installed: the checkout's source, the wheel that a course carries beside this file, or the
# release; and the lock, which says what else and by which hashes.


WHEEL = "%s-%%s-py3-none-any.whl" % DISTRIBUTION.replace("-", "_")


def what_to_install():
    return checkout() or wheel_beside() or "%s==%s" % (DISTRIBUTION, VERSION)


def is_to_be_had():
    return bool(checkout() or wheel_beside() or RELEASE_SHA256)


def wheel_beside():
    path = os.path.join(HERE, WHEEL % VERSION)
    return path if os.path.isfile(path) and not checkout() else ""


def wheels_beside():
    path = os.path.join(HERE, "wheels")
    return path if os.path.isdir(path) else ""


def lock_beside():
    return read_text(os.path.join(HERE, LOCK)) if checkout() or wheel_beside() else ""


def source_files():
    if not checkout():
        return [path for path in (wheel_beside(), os.path.join(HERE, LOCK)) if os.path.isfile(path)]
    return [path for _, path in wheel_members()]


def wheel_members():
    members = [
        ("envcheck/vendored/" + name, os.path.join(HERE, name))
        for name in ("run-envcheck.py", LOCK)
    ]
    metadata = [("", "wheel", "METADATA"), ("", "wheel", "entry_points.txt")]
    for place, folder, name in metadata + [("licenses/", "", "LICENSE")]:
        members.append(("DIST-INFO/" + place + name, os.path.join(HERE, folder, name)))
    for top, place in (("src", ""), ("checks", ""), ("launcher", "DATA/scripts/")):
        root = os.path.join(HERE, top)
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(name for name in folders if is_source(name))
            for name in sorted(names):
                path = os.path.join(folder, name)
                inside = os.path.relpath(path, root).replace(os.sep, "/")
                members.append((place + inside, path))
    return sorted(members)


def is_source(folder):
    return folder != "__pycache__" and not folder.endswith(".egg-info")


# --- bootstrap/cache.py ---------------------------------------------------------------------------
# The cache folder with envcheck's own environments: whole, in the making, and old.


CACHE = "ENVCHECK_CACHE"  # XDG_CACHE_HOME would move what the learner's own programs keep, too
KEY = re.compile(r"[0-9a-f]{16}$")  # the name of an environment


def cache_folder():
    if os.path.isabs(os.environ.get(CACHE, "")):
        return os.environ[CACHE]
    home, base = home_folder(), ""
    if WINDOWS:
        base = os.environ.get("LOCALAPPDATA") or (home and os.path.join(home, "AppData", "Local"))
    elif sys.platform == "darwin":
        base = home and os.path.join(home, "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or (home and os.path.join(home, ".cache"))
    return os.path.join(base, "envcheck") if os.path.isabs(base) else ""


def environment_key(unlocked=False):
    digest = hashlib.sha256()
    hosts = sys.version_info >= OLDEST_HOST and platform.python_implementation() == "CPython"
    words = [os.path.realpath(sys.executable), sys.version] if hosts else ["another Python"]
    words += [platform.machine(), VERSION, RELEASE_SHA256]
    words += [UNLOCKED] if unlocked else []
    digest.update(to_bytes("\0".join(words), "surrogateescape"))
    for path in source_files():
        with open(path, "rb") as file:
            digest.update(to_bytes(os.path.relpath(path, HERE).replace(os.sep, "/"), "replace"))
            digest.update(hashlib.sha256(file.read()).digest())
    return digest.hexdigest()[:16]


def is_whole(environment):
    if not (is_ours(environment) and is_ours(os.path.dirname(environment))):
        return False
    made = read_json(os.path.join(environment, MARKER))
    return bool(made) and made.get("stamp") == file_stamp(environment)


def is_ours(folder):
    if WINDOWS:
        return os.path.isdir(folder)
    try:
        facts = os.lstat(folder)
    except OSError:
        return False
    owned = stat.S_ISDIR(facts.st_mode) and facts.st_uid in (0, user_id())
    return owned and not (facts.st_mode & stat.S_IWOTH)


def file_stamp(environment):
    stamp = []
    try:
        for file in [python_in(environment)] + base_python(environment):
            facts = os.stat(file)
            stamp += [facts.st_size, int(facts.st_mtime)]
    except OSError:
        return None
    return stamp


def base_python(environment):
    text = read_text(os.path.join(environment, "pyvenv.cfg")) if WINDOWS else ""
    home = re.search(r"(?m)^home *= *(.+?)\r?$", text)
    return [os.path.join(home.group(1), "python.exe")] if home else []


def make_part(cache):
    if not cache:
        raise OSError(errno.ENOENT, "no home folder")
    if not os.path.isdir(cache):
        if is_of_who_typed_sudo(os.path.dirname(cache)):
            raise OSError(errno.EACCES, "by sudo it would be root's, in your own home", cache)
        os.makedirs(cache, OWNERS_ALONE)
    if not is_ours(cache):
        raise OSError(errno.EACCES, "it belongs to somebody else, or others may write to it", cache)
    remove_abandoned(cache)
    part = make_folder("part-%s-%d-" % (host_digest(), os.getpid()), cache)
    try:
        with open(os.path.join(part, "room"), "wb") as file:
            file.write(b"\0" * 1000000)
    except (OSError, IOError):
        remove_folder(part)
        raise
    return part


def is_of_who_typed_sudo(folder):
    while not os.path.isdir(folder) and folder != os.path.dirname(folder):
        folder = os.path.dirname(folder)
    behind = os.environ.get("SUDO_UID", "")
    return user_id() == 0 and behind not in ("", "0") and str(os.stat(folder).st_uid) == behind


def move_to_place(environment, place):
    for wait in (0, 0.5, 1, 2):  # a virus scanner on Windows may hold a file for a moment
        time.sleep(wait)
        if is_whole(place):
            return
        remove_folder(place)
        try:
            os.rename(environment, place)
            return
        except OSError as error:
            problem = error
    if not is_whole(place):
        raise NoEnvironment(
            "its own environment could not be moved to its place (%s)" % problem,
            "Run the same command again.",
        )


def mark_as_used(environment):
    try:
        os.utime(os.path.join(environment, MARKER), None)
    except OSError:  # a cache that may be read and not written serves as well
        pass


def remove_abandoned(cache):
    for name in os.listdir(cache):
        path = os.path.join(cache, name)
        if is_abandoned(path, name):
            remove_folder(path)


def is_abandoned(path, name):
    mark = os.path.join(path, MARKER)
    named = re.match(r"part-[0-9a-f]{6}-\d+-", name)
    if os.path.islink(path) or not (named or (KEY.match(name) and os.path.isfile(mark))):
        return False
    if not WINDOWS and os.lstat(path).st_uid != user_id():
        return False
    try:
        age = time.time() - os.stat(mark if os.path.exists(mark) else path).st_mtime
    except OSError:  # somebody else is tidying too
        return False
    maker = re.match(r"part-%s-(\d+)-" % host_digest(), name)
    if maker and not WINDOWS:
        try:
            os.kill(int(maker.group(1)), 0)
        except OSError:
            return True
    return age > (3600 if name.startswith("part-") else 30 * 86400)


def user_id():
    if sys.platform == "win32":
        return 0
    return os.geteuid()


def host_digest():
    return hashlib.sha256(platform.node().encode("utf-8")).hexdigest()[:6]


def disk_full_error(cache):
    return NoEnvironment(
        "the disk is full: envcheck's own environment needs about 100 MB in %s" % cache,
        "Free some space and run the same command again.",
    )


# --- bootstrap/typed.py ---------------------------------------------------------------------------
# What the learner typed to start this file, so that every printed line can be typed again.


WITHOUT_A_FILE = ("", "-", "-c")  # what `sys.argv` begins with when the source came another way


def typed_words(launcher):
    if sys.argv[0] in WITHOUT_A_FILE:
        return [launcher]
    words = original_words()
    before = words[: max(len(words) - len(sys.argv), 0)]
    if words[len(before) : len(before) + 1] != sys.argv[:1]:
        before = []
    return typed_python(before[0] if before else "") + before[1:] + sys.argv[:1]


def original_words():
    words = list(getattr(sys, "orig_argv", []))
    return words or [to_native(word) for word in read_bytes("/proc/self/cmdline").split(b"\0")[:-1]]


def typed_python(word):
    launcher = WINDOWS and re.match(r"pyw?(\.exe)?$", word, re.IGNORECASE)
    if word and not os.path.isabs(word) and not launcher:
        return [word]
    if WINDOWS and is_this_python(started_by("py", "-3")):
        # without the number `py` obeys the first line of a file, and takes another
        return ["py", "-3"]
    for name in ("python3", "python"):
        if is_this_python(full_path(which(name) or os.curdir)):
            return [name]
    return [sys.executable]


def is_this_python(path):
    return os.path.normcase(path) == os.path.normcase(sys.executable)


def started_by(name, *options):
    program = which(name)
    words = [program] + list(options) + ["-c", "import sys; sys.stdout.write(sys.executable)"]
    try:
        variables = dict(os.environ, **NO_DOWNLOAD)
        return to_native(subprocess.check_output(words, env=variables)) if program else ""
    except (OSError, subprocess.CalledProcessError):
        return ""


# --- bootstrap/lines.py ---------------------------------------------------------------------------
# Commands as lines for a learner's shell, with the words of src/envcheck/target/shells.py.


SHELLS = ("posix", "fish", "powershell", "cmd")
POWERSHELL_BARE = re.compile(
    r"(?:[A-Za-z0-9_./\\:=+][A-Za-z0-9_./\\:=+-]*|-{1,2}[A-Za-z][A-Za-z0-9_=-]*)$"
)
CMD_BARE = re.compile(r"[\w./\\:+~@\[\]{}'$#`-]+$")
HOME_WORD = re.compile(r"(?:^|(?<=[=;,]))~(?=$|[/\\;,])")
PLACE = "\0"  # of a home, until a word is quoted
# PowerShell takes curly quotes for quotes; Python 2's texts are bytes, and have none.
CURLY = ("", "") if sys.version_info < (3,) else ("\u2018\u2019\u201a\u201b", "\u201c\u201d\u201e")
OWN_MODULES = re.compile(r"(?!.*[\\/]program files).*[\\/](windows)?powershell[\\/]modules[\\/]?$")


def shell_lines(commands):
    return dict(
        (shell, "\n".join(shell_line(argv, shell) for argv in commands)) for shell in SHELLS
    )


def shell_line(argv, shell):
    if shell == "cmd":
        return " ".join(map(cmd_word, argv))
    if shell == "powershell":
        words = [powershell_word(word) for word in argv]
        return ("" if re.match(r"[A-Za-z./\\]", words[0]) else "& ") + " ".join(words)
    return " ".join(posix_word(word) for word in argv)


def cmd_word(word):
    placed = HOME_WORD.sub(PLACE, word)
    if placed == word and CMD_BARE.match(word):
        return word
    quoted = ""
    for part in re.split(r'([%"])', placed):
        special = {"%": "^%", '"': '\\^"'}.get(part, "")
        doubled = re.sub(r"\\+$", lambda hit: 2 * hit.group(), part)
        quoted += special or ('"' + doubled + '"' if part else "")
    return (quoted or '""').replace(PLACE, "%USERPROFILE%")


def powershell_word(word):
    if HOME_WORD.search(word):
        special = '[`"$%s]' % CURLY[1]
        escaped = re.sub(special, lambda hit: "`" + hit.group(), HOME_WORD.sub(PLACE, word))
        return '"%s"' % escaped.replace(PLACE, "$HOME")
    if POWERSHELL_BARE.match(word):
        return word
    return "'%s'" % re.sub("['%s]" % CURLY[0], lambda hit: 2 * hit.group(), word)


def posix_word(word):
    home = word[:2] if word.startswith("~/") else ""
    rest = word[len(home) :]
    plain = re.match(r"[\w@%+=:,./-]+$", rest)
    return home + (rest if plain else "'%s'" % rest.replace("'", "'\"'\"'"))


def learners_shell():
    if not WINDOWS or os.environ.get("MSYSTEM"):
        return "fish" if os.path.basename(os.environ.get("SHELL", "")) == "fish" else "posix"
    paths = os.environ.get("PSMODULEPATH", "").lower().split(";")
    return "powershell" if any(map(OWN_MODULES.match, paths)) else "cmd"


# --- bootstrap/lock.py ----------------------------------------------------------------------------
# What the lock names is installed, by its hashes; what an index lacks of it is named.


# A requirement with its hashes: lines that end in a backslash go on.
REQUIREMENT = re.compile(r"(?m)^(\w[\w.-]*)==(?:.*\\\n)*.*\n?")
MISSING = re.compile(
    r"No matching distribution found for ([\w.-]+)==([\w.!+]+)|"
    r"no version of ([\w.-]+)==([\w.!+]+)|"
    r"Because ([\w.-]+)==([\w.!+]+) has no (?:wheels|usable)|"
    r"Because ([\w.-]+) was not found()"
)
# pip names those that differ below its heading, uv names the one; a file beside this one has no version.
DIFFERENT = re.compile(
    r"DO NOT MATCH THE HASHES[^\n]*\n\s*([\w.-]+)(?:==([\w.!+]+)| *@ )|"
    r"Hash mismatch for `([\w.-]+)(?:==([\w.!+]+)| *@ )"
)


def write_requirements(folder, lock, wheel):
    own = [hit.group() for hit in REQUIREMENT.finditer(lock) if hit.group(1) == DISTRIBUTION]
    for text in own:
        lock = lock.replace(text, "")
    hashes = re.findall(r"--hash=\S+", "".join(own)) or [
        "--hash=sha256:" + hashlib.sha256(read_bytes(wheel)).hexdigest()
    ]
    line = "%s @ %s %s\n" % (DISTRIBUTION, file_address(wheel), " ".join(hashes))
    path = os.path.join(folder, "requirements.txt")
    with io.open(path, "w", encoding="utf-8") as file:
        file.write(to_text(lock + (line if wheel else "")))
    return path


def write_release(folder):
    path = os.path.join(folder, "release.txt")
    with io.open(path, "w", encoding="utf-8") as file:
        file.write(to_text("%s==%s --hash=sha256:%s\n" % (DISTRIBUTION, VERSION, RELEASE_SHA256)))
    return path


def file_address(path):
    escaped = "".join(
        sign if re.match(r"[\w/.:~-]", sign) and ord(sign) < 128 else escape(sign)
        for sign in to_text(path.replace(os.sep, "/"))
    )
    return "file://" + ("" if escaped.startswith("/") else "/") + escaped


def escape(sign):
    return "".join("%%%02X" % number for number in bytearray(sign.encode("utf-8")))


def named_in(pattern, output):
    hit = pattern.search(output)
    words = [word for word in hit.groups() if word] if hit else []
    return " ".join(words)


def count_of(lock):
    return len(set(hit.group(1) for hit in REQUIREMENT.finditer(lock) if "pypy" not in hit.group()))


# --- bootstrap/page_archive.py --------------------------------------------------------------------
# The long pages are one file of a wheel: by itself each of three hundred would take longer to install
# than to read, and more room for its name than for its text.


PAGES = "envcheck_checks/pages.zip"
PAGE = re.compile(r"envcheck_checks/((?:.+/)?pages/[^/]+\.md)$")
DATE = (2020, 2, 2, 0, 0, 0)  # the same for the same files


def page_name(member):
    page = PAGE.match(member)
    return str(page.group(1)) if page else ""


def page_archive(pages):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(pages):
            member = zipfile.ZipInfo(name, DATE)
            member.create_system, member.external_attr = 3, 0o100644 << 16
            archive.writestr(member, content)
    return made.getvalue()


# --- bootstrap/wheel.py ---------------------------------------------------------------------------
# A wheel is made of a checkout without a build: its files, and the metadata that scripts/lock keeps.


ABOUT = "Wheel-Version: 1.0\nGenerator: envcheck\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def make_wheel(folder):
    version = envcheck_version()
    name = "%s-%s" % (DISTRIBUTION.replace("-", "_"), version)
    record = []  # type: list[str]
    path = os.path.join(folder, WHEEL % version)
    # Stored: it is unpacked at once, and to pack it would take longer than all the rest.
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        pages = []
        for member, source in wheel_members():
            if page_name(member):
                pages.append((page_name(member), read_bytes(source)))
                continue
            placed = member.replace("DIST-INFO/", name + ".dist-info/")
            put(file, placed.replace("DATA/", name + ".data/"), read_bytes(source), record)
        put(file, PAGES, page_archive(pages), record)
        put(file, name + ".dist-info/WHEEL", to_bytes(ABOUT), record)
        own = name + ".dist-info/RECORD"
        put(file, own, to_bytes("".join(record) + own + ",,\n"), record)
    return path


def put(file, name, content, record):
    member = zipfile.ZipInfo(name, DATE)
    mode = 0o755 if ".data/scripts/" in name else 0o644
    member.external_attr = (0o100000 | mode) << 16
    file.writestr(member, content)
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode("ascii").rstrip("=")
    record.append("%s,sha256=%s,%d\n" % (name, digest, len(content)))


# --- bootstrap/indexes.py -------------------------------------------------------------------------
# The learner's settings that say how to reach a package index, for pip and for uv; all their others
# (target, user, constraints ...) are about other installs.


INDEX_SETTINGS = ("index_url", "extra_index_url", "find_links", "no_index")
NETWORK_SETTINGS = (
    "proxy",
    "cert",
    "client_cert",
    "trusted_host",
    "timeout",
    "default_timeout",
    "keyring_provider",
)
UV_SETTINGS = (
    "index", "index-url", "extra-index-url", "find-links", "no-index", "index-strategy", "keyring-provider",
    "native-tls", "system-certs", "allow-insecure-host", "http-proxy", "https-proxy", "no-proxy",
    "python-install-mirror", "python-downloads-json-url",
)  # fmt: skip
# Reads uv's files, of which a later one has the last word, by a Python that knows TOML.
UV_READER = """
import json, sys
try:
    import tomllib
except ImportError:
    from pip._vendor import tomli as tomllib

def toml(value):
    if isinstance(value, dict):
        return "{" + ", ".join("%s = %s" % (json.dumps(k), toml(v)) for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)

settings = {}
for path in sys.argv[2:]:
    with open(path, "rb") as file:
        table = tomllib.load(file)
    for part in (table, table.get("pip", {})):
        settings.update((k, v) for k, v in part.items() if k in sys.argv[1].split())
sys.stdout.buffer.write("".join("%s = %s\\n" % (k, toml(v)) for k, v in settings.items()).encode())
"""


def pip_settings(python, variables):
    learners = read_learners_pip_settings(python, variables)
    base = dict(variables, PIP_CONFIG_FILE=os.devnull, PIP_RETRIES="1")
    tries = [
        INDEX_SETTINGS + NETWORK_SETTINGS,
        NETWORK_SETTINGS,
        tuple(name for name in NETWORK_SETTINGS if name != "proxy"),
    ]
    seen = []
    for names in tries:
        settings = dict(base)
        for name in names:
            if name in learners:
                settings["PIP_" + name.upper()] = str(learners[name]).replace("\n", " ")
        if names is tries[-1]:
            for name in [name for name in settings if name.lower().endswith("_proxy")]:
                del settings[name]
        if settings not in seen:
            seen.append(settings)
            yield settings


def read_learners_pip_settings(python, variables):
    learners = dict(variables)
    for name, value in os.environ.items():
        if name.upper().startswith("PIP_"):
            learners[name] = value
    listing = run([python, "-m", "pip", "config", "list"], learners, variables["TMPDIR"])
    lines = re.findall(r"^(?:global|install|:env:)\.([\w-]+)=(.+)$", listing.output, re.MULTILINE)
    return dict((name.replace("-", "_").lower(), ast.literal_eval(value)) for name, value in lines)


def uv_options(python, variables):
    files = [path for path in uv_files(os.environ) if os.path.isfile(path)]
    words = [python or sys.executable, "-I", "-X", "utf8", "-c", UV_READER, " ".join(UV_SETTINGS)]
    read = run(words + files, variables) if files else None
    if read is None or read.code != 0:
        return ["--no-config"]
    path = os.path.join(variables["TMPDIR"], "uv.toml")
    with io.open(path, "w", encoding="utf-8") as file:
        file.write(to_text(read.output))
    return ["--config-file", path]


def uv_files(variables):
    if WINDOWS:
        folders = [variables.get("PROGRAMDATA"), variables.get("APPDATA")]
    else:
        own = variables.get("XDG_CONFIG_HOME") or os.path.join(home_folder(), ".config")
        folders = ["/etc", variables.get("XDG_CONFIG_DIRS", "").split(":")[0] or "/etc/xdg", own]
    files = [os.path.join(folder, "uv", "uv.toml") for folder in folders if folder]
    return files + [variables[name] for name in ("UV_CONFIG_FILE",) if variables.get(name)]


# --- bootstrap/steps.py ---------------------------------------------------------------------------
# A step of an installation is run, or it is said why it failed.


NETWORK_ERRORS = re.compile(
    r"NewConnectionError|Failed to establish|name resolution|getaddrinfo|ProxyError|ConnectTimeout|ReadTimeout|timed out|"
    r"Connection (refused|reset)|dns error|error sending request|SSLError|CERTIFICATE_VERIFY",
    re.IGNORECASE,
)
WITH_ALL_BESIDE = "Start the run-envcheck.py of a course that carries envcheck, or of a clone of its repository: what it needs lies beside it there."
UNREACHABLE = "the package index cannot be reached from here"


def run_or_fail(words, variables, folder):
    next_news = [15]

    def news(seconds):
        if seconds > next_news[0]:
            say("still at it after %d s: the network or the disk is slow" % seconds)
            next_news[0] += 15

    finished = run(words, variables, folder, 600.0, news)
    if finished.code != 0:
        raise why_it_failed(finished, by_lock="--require-hashes" in words)
    return finished


def line_unlocked():
    if sys.argv[0] in WITHOUT_A_FILE:
        return "Type the same line again, with %s right behind the `-`." % UNLOCKED
    words = typed_words("") + [UNLOCKED] + hidden_words(sys.argv[1:])
    return shell_line(words, learners_shell())


def why_it_failed(finished, by_lock):
    output = finished.output
    full, different, missing = (
        DISK_FULL.search(output), named_in(DIFFERENT, output), named_in(MISSING, output)
    )  # fmt: skip
    if full:
        return InstallationFailed(full.group())
    if different:
        return InstallationFailed(
            "the file of %s has another hash than the lock says" % different,
            "Show this to whoever looks after your package index or this course; nothing of the file was installed.",
            sure=True,
        )
    if NETWORK_ERRORS.search(output):
        return InstallationFailed(UNREACHABLE, sure=True)
    if missing.split()[:1] == [DISTRIBUTION]:
        return InstallationFailed(
            "the package index has no file of %s" % missing,
            WITH_ALL_BESIDE,
            sure=True,
        )
    if missing and not by_lock:
        fact = "the package index has no file of %s for this Python, which envcheck needs"
        return InstallationFailed(fact % missing, "Show this to whoever looks after your index.")
    if missing:
        return InstallationFailed(
            "the package index has no file of %s for this Python, which the lock names" % missing,
            "%s\n(this takes the newest versions that envcheck allows)" % line_unlocked(),
        )
    return InstallationFailed(finished.last_words)


# --- bootstrap/made.py ----------------------------------------------------------------------------
# What was installed into an environment is found, compiled, and proved.


# What nobody imports here need not be compiled: tests, the class's server, and the pip of old hosts.
NOT_COMPILED = r"[\\/](tests?|envcheck_class|pip)[\\/]"


def installed_lock(environment):
    folders = [path for path in site_folders(environment) if os.path.isdir(path)]
    return "".join(read_text(os.path.join(path, "envcheck", "vendored", LOCK)) for path in folders)


def site_folders(environment):
    lib = os.path.join(environment, "lib")
    names = os.listdir(lib) if os.path.isdir(lib) else []
    places = [os.path.join(lib, name, "site-packages") for name in names]
    return places + [os.path.join(environment, "Lib", "site-packages")]


def compile_modules(environment, variables):
    folders = [path for path in site_folders(environment) if os.path.isdir(path)]
    words = [python_in(environment), "-I", "-m", "compileall", "-q", "-j", "0", "-x", NOT_COMPILED]
    finished = run(words + folders[:1], variables, variables["TMPDIR"], 600.0)
    full = DISK_FULL.search(finished.output)
    if full:  # all else that does not compile is not imported either
        raise InstallationFailed(full.group())


def prove_environment(environment, variables):
    listing = run_or_fail(
        [python_in(environment)] + HOST_OPTIONS + ["-m", "envcheck", "list"],
        variables,
        variables["TMPDIR"],
    )
    if CHAPTER not in listing.output:
        raise NoEnvironment(
            "this copy of envcheck does not know %s: %s" % (CHAPTER, listing.last_words),
            TRY_AGAIN,
        )
    asked = run(
        [
            python_in(environment),
            "-I",
            "-c",
            "import sys; print('%d.%d.%d' % sys.version_info[:3])",
        ],
        variables,
    )
    text = json.dumps({"stamp": file_stamp(environment), "version": asked.output.strip()})
    with io.open(os.path.join(environment, MARKER), "w", encoding="utf-8") as file:
        file.write(to_text(text))


# --- bootstrap/installation.py --------------------------------------------------------------------
# envcheck is installed into an environment, by uv or by pip.


# By the lock nothing is built and nothing is looked up: each package has its version and its hashes.
BY_LOCK = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r"]


def install_with_uv(host, environment, uv, variables, unlocked):
    folder = variables["TMPDIR"]
    python = host["executable"] if host else "%d.%d" % (OLDEST_HOST[0], OLDEST_HOST[1] + 2)
    settings = uv_options(host and host["executable"], variables)
    words = [uv, "venv", "--quiet", "--no-project"] + settings + ["--python", python, environment]
    run_or_fail(words, variables, folder)
    options = ["--quiet", "--python", python_in(environment)]
    if checkout() or wheel_beside():  # else uv would take an older wheel of it out of its cache
        options += ["--reinstall-package", DISTRIBUTION]

    def installer(words):
        run_or_fail([uv, "pip", "install"] + settings + options + words, variables, folder)

    install(installer, environment, variables, unlocked)


def install_with_pip(host, environment, _, variables, unlocked):
    folder, python = variables["TMPDIR"], host["executable"]
    run_or_fail([python, "-I", "-B", "-m", "venv", "--without-pip", environment], variables, folder)
    pip = [python, "-m", "pip", "--python", python_in(environment)]
    if version_numbers(host["pip"] or "0") < (22, 3):
        run_or_fail(
            [python_in(environment), "-B", "-m", "ensurepip", "--default-pip"], variables, folder
        )
        python = python_in(environment)
        pip = [python, "-m", "pip"]
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-cache-dir"]
    options += ["--no-compile", "--prefer-binary"]

    def installer(words):
        problems = []
        for settings in pip_settings(python, variables):
            try:
                return run_or_fail(pip + ["install"] + options + words, settings, folder)
            except InstallationFailed as failure:
                problems.append(failure)
        raise problems[0]

    install(installer, environment, variables, unlocked)


def install(installer, environment, variables, unlocked):
    folder = variables["TMPDIR"]
    source = make_wheel(folder) if checkout() else what_to_install()
    lock = lock_beside()
    if not os.path.isfile(source):
        installer(BY_LOCK + [write_release(folder)])
    elif not lock:
        installer(["--no-deps", source])
    if unlocked:
        say("installing it with the newest packages that it allows, their hashes unchecked")
        installer([source])
    else:
        wheel, lock = source if lock else "", lock or installed_lock(environment)
        say("installing %d packages, each checked against its hash" % count_of(lock))
        install_locked(installer, BY_LOCK + [write_requirements(folder, lock, wheel)])
    say("compiling them, so that every later run starts at once")
    compile_modules(environment, variables)


def install_locked(installer, words):
    wheels = wheels_beside()
    if wheels:
        try:
            return installer(["--no-index", "--find-links", wheels] + words)
        except InstallationFailed as failure:
            say("the wheels beside this file do not suffice (%s); an index is asked" % failure)
    return installer(words)


# --- bootstrap/environment.py ---------------------------------------------------------------------
# envcheck's own environment is made: each host and each way in turn.


INSTALL_PYTHON = (
    ("apt", "sudo apt install python3 python3-venv"),
    ("dnf", "sudo dnf install python3"),
    ("zypper", "sudo zypper install python3"),
    ("pacman", "sudo pacman -S python"),
    ("apk", "sudo apk add python3"),
    ("winget", "winget install Python.Python.3.13"),
    ("brew", "brew install python"),
)


def make_environment(place, cache, unlocked):
    if not is_to_be_had():
        raise NoEnvironment(
            "this file stands alone, and envcheck is on no package index yet",
            WITH_ALL_BESIDE,
        )
    try:
        part, temporary = make_part(cache), ""
    except (OSError, IOError) as error:
        if DISK_FULL.search(str(error)):
            raise disk_full_error(cache)
        say(
            "nothing can be written to %s (%s), so this run uses a temporary folder and removes it afterwards"
            % (cache or "a cache folder", error.strerror)
        )
        cache = temporary = make_folder("envcheck-")
        place, part = os.path.join(temporary, "env"), make_part(temporary)
    # Runners of CI let everybody write to all that is made (umask 0); such a folder is not used again.
    mask = os.umask(0o022)
    os.umask(mask | 0o022)
    try:
        try_ways(os.path.join(part, "env"), part, cache, unlocked)
        move_to_place(os.path.join(part, "env"), place)
    except BaseException:
        remove_folder(temporary)
        raise
    finally:
        os.umask(mask)
        remove_folder(part)
        remove_if_empty(cache)
    return place, temporary


def try_ways(environment, part, cache, unlocked):
    folder = os.path.join(part, "tmp")
    os.mkdir(folder)
    variables, uv = clean_variables(folder), find_uv()
    failed_with = own_step = ""
    for host, way in find_ways(uv, variables):
        try:
            announce(host, way, cache)
            way(host, environment, uv, variables, unlocked)
            prove_environment(environment, variables)
            return
        except InstallationFailed as failure:
            failed_with, own_step = str(failure), failure.step
            remove_folder(environment)
            if DISK_FULL.search(failed_with):
                raise disk_full_error(cache)
            if way is install_with_uv:
                say("uv did not get it done: %s" % failed_with)
            elif failure.sure:
                break
    if failed_with:
        step = own_step or (
            "See that this machine is online, then run the same command again."
            if failed_with == UNREACHABLE
            else TRY_AGAIN
        )
        raise NoEnvironment("envcheck's own environment could not be made: %s" % failed_with, step)
    raise no_host_error(uv)


def find_ways(uv, variables):
    count = 0
    for host in find_hosts(uv, variables):
        if uv:
            yield host, install_with_uv
        if not why_it_cannot_host(host, ""):
            yield host, install_with_pip
        count += 1
        if count == 2:  # what fails on two fails on all
            return
    if uv and count == 0:
        yield None, install_with_uv


def announce(host, way, cache):
    if host is None:
        say("there is no Python here that can run envcheck itself; uv is asked to bring one")
    elif os.path.realpath(host["executable"]) != os.path.realpath(sys.executable):
        reason = why_it_cannot_host(describe_this_python(), "uv") or "did not get it done"
        say(
            "this Python %s; Python %s at %s runs it instead"
            % (reason, host["version"], host["executable"])
        )
    seconds = 4 if way is install_with_uv else 8
    say(
        "making its own environment in %s, once: about %d s. Your Python is not changed."
        % (cache, seconds)
    )


def no_host_error(uv):
    own = describe_this_python()
    fact = (
        "this Python %s, and no other Python that could run envcheck was found"
        % why_it_cannot_host(own, uv)
    )
    if (
        "ensurepip" in own["gaps"]
        and version_numbers(own["version"]) >= OLDEST_HOST
        and os.path.isfile("/etc/debian_version")
    ):
        return NoEnvironment(fact, "sudo apt install python%d.%d-venv" % sys.version_info[:2])
    return NoEnvironment(fact, how_to_install_python())


def how_to_install_python():
    lines = [line for manager, line in INSTALL_PYTHON if which(manager)]
    line = " or with: %s" % lines[0] if lines else ""
    return (
        "Install Python from https://www.python.org/downloads/%s, then open a new terminal." % line
    )


# --- bootstrap/launch.py --------------------------------------------------------------------------
# envcheck is started in its own environment.


def start_envcheck(environment, words, temporary, unlocked=False):
    python = python_in(where_it_is(environment))
    typed = typed_words(os.path.join(os.path.dirname(python), "envcheck"))
    typed += [UNLOCKED] if unlocked else []
    variables = dict(os.environ, ENVCHECK_LAUNCHED_BY=sys.executable or "")
    variables["ENVCHECK_COMMAND"] = json.dumps(typed)
    for name in SET_ASIDE:
        if variables.get(name):
            variables["ENVCHECK_KEEP_" + name] = variables.pop(name)
    if not WINDOWS:
        variables["MALLOC_ARENA_MAX"] = "1"
    try:
        return start_python(python, words, variables, temporary)
    except OSError as error:
        raise NoEnvironment(
            "its own environment cannot be started (%s)" % error,
            "Remove the folder %s and run the same command again." % environment,
        )


def start_python(python, words, variables, temporary):
    command = [python] + HOST_OPTIONS + ["-m", "envcheck"] + words
    sys.stdout.flush()
    if not WINDOWS and not temporary:
        os.execve(command[0], command, variables)
    child = subprocess.Popen(command, env=variables)

    def pass_on(number, _):  # keys reach the child too: it cleans up and exits with 130
        if number not in (signal.SIGINT, getattr(signal, "SIGBREAK", None)):
            child.terminate()

    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), pass_on)
    return child.wait()


def tell_who_hosts(environment):
    own = "%d.%d.%d" % sys.version_info[:3]
    if version_numbers(own) < OLDEST_HOST:
        host = read_json(os.path.join(environment, MARKER)).get("version", "")
        say(
            "this Python is version %s and too old to run envcheck itself, so Python %s runs it; yours is the one examined"
            % (own, host)
        )


# --- bootstrap/target.py --------------------------------------------------------------------------
# Which Python is the learner's (as src/envcheck/target/locate.py), and what it says of itself.


RUNNERS_MARKS = ("uv-receipt.toml", "pipx_metadata.json", MARKER)  # of environments for a program
ENVIRONMENTS = ("venv", "virtualenv", "uv", "conda-env")


class Target(object):
    def __init__(self, command, rule, inactive=""):
        self.command = command
        self.rule = rule
        self.inactive = inactive
        answer = ask_python([command], learner_variables())
        self.facts = answer if isinstance(answer, dict) else None
        self.finished = None if self.facts else answer
        self.cannot_be_asked = self.facts is None and not os.path.isfile(THIS_FILE)


def learner_variables():
    variables = dict(
        os.environ, PYTHONDONTWRITEBYTECODE="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1"
    )
    variables.pop("__PYVENV_LAUNCHER__", None)
    return variables


def locate_target(asked):
    if asked:
        path = os.path.expanduser(asked)
        python = which("python" + asked) if re.match(r"\d+(\.\d+){0,2}$", asked) else which(asked)
        return Target(
            python_of(path)
            if os.path.isdir(path)
            else path
            if os.path.exists(path)
            else python or asked,
            "--python",
        )
    for name, rule in (
        ("VIRTUAL_ENV", "the active virtual environment"),
        ("CONDA_PREFIX", "the active conda environment"),
    ):
        place = os.environ.get(name)
        if place and starts(place) is not False and not is_conda_base(place):
            return Target(python_of(place), rule)
    folders = course_folders()
    for folder in folders:
        for name in (".venv", "venv"):
            place = os.path.join(folder, name)
            if is_environment(place):
                return Target(
                    python_of(place),
                    "%s in %s folder" % (name, "this" if folder == folders[0] else "the course"),
                    "" if starts(place) else place,
                )
    return Target(sys.executable, "the Python that ran run-envcheck.py")


def is_environment(place):
    if any(os.path.isfile(os.path.join(place, mark)) for mark in RUNNERS_MARKS):
        return False
    if os.path.exists(os.path.join(place, "pyvenv.cfg")):
        return True
    activates = any(
        "VIRTUAL_ENV" in read_text(os.path.join(place, scripts, "activate"))
        for scripts in ("bin", "Scripts")
    )
    packages = ("lib/python3*/site-packages", "Lib/site-packages")
    return (
        activates
        and not any(
            os.path.lexists(os.path.join(place, mark)) for mark in ("pyvenv.cfg", "conda-meta")
        )
        and any(glob.glob(os.path.join(glob_escaped(place), pattern)) for pattern in packages)
    )


def glob_escaped(place):
    return re.sub(r"([*?[])", r"[\1]", place)


def starts(environment):
    names = ("", "bin", "Scripts")
    places = [os.path.realpath(os.path.join(environment, name)) for name in names]
    for name in ("python", "python3"):
        for entry in path_folders():
            if entry and os.path.realpath(entry) in places:
                return True
            if entry and which(os.path.join(entry, name)):
                chosen = os.environ.get("PYENV_VIRTUAL_ENV")  # of pyenv's stand-ins
                return os.path.basename(entry) == "shims" and chosen == environment
    return None


def is_conda_base(environment):
    named = os.environ.get("CONDA_DEFAULT_ENV") == "base"
    return os.path.isdir(os.path.join(environment, "condabin")) or (
        named and os.environ.get("CONDA_PREFIX") == environment
    )


def course_folders():
    try:
        chain = [os.getcwd()]
    except OSError:  # it was deleted
        return []
    while os.path.dirname(chain[-1]) != chain[-1]:
        chain.append(os.path.dirname(chain[-1]))
    home = os.path.join(os.path.realpath(os.path.expanduser("~")), "")
    for index, place in enumerate(chain):
        if index and home.startswith(os.path.join(os.path.realpath(place), "")):
            break
        if any(
            os.path.exists(os.path.join(place, mark))
            for mark in (".git", "pyproject.toml", "envcheck.toml")
        ):
            return chain[: index + 1]
    return chain[:1]


def python_of(environment):
    places = ["Scripts/python.exe", "python.exe"] if WINDOWS else ["bin/python", "bin/python3"]
    candidates = [os.path.join(environment, *place.split("/")) for place in places]
    return next((path for path in candidates if os.path.exists(path)), candidates[0])


def kind_of(facts):
    prefix, base = facts["prefix"], facts["base_prefix"]
    if os.path.isdir(os.path.join(prefix, "conda-meta")):
        is_base = os.path.basename(os.path.dirname(prefix)) != "envs" and os.path.isdir(
            os.path.join(prefix, "condabin")
        )
        return "conda" if is_base else "conda-env"
    if os.path.normcase(prefix) != os.path.normcase(base):
        settings = read_text(os.path.join(prefix, "pyvenv.cfg"))
        return (
            "uv" if "uv =" in settings else "virtualenv" if "virtualenv =" in settings else "venv"
        )
    if "Cellar" in re.split(r"[/\\]", os.path.realpath(prefix)):
        return "homebrew"
    if os.path.isfile(os.path.join(facts["stdlib"], "EXTERNALLY-MANAGED")) or prefix in (
        "/usr",
        "/System",
    ):
        return "system"
    parts = re.split(r"[/\\]", prefix)
    return "pyenv" if ".pyenv" in parts or "pyenv" in parts else "installation"


# --- bootstrap/diagnoses.py -----------------------------------------------------------------------
# Diagnoses and fixes as the report has them (DESIGN.md, section 4).


def make_diagnosis(code, summary, fixes, severity="error", note=None, **evidence):
    kept = dict((side, text) for side, text in evidence.items() if text)
    return {
        "code": code,
        "severity": severity,
        "summary": summary,
        "note": note,
        "evidence": kept,
        "checks": [],
        "fixes": fixes,
    }


def make_fix(title, confidence, steps):
    return {
        "title": title,
        "confidence": confidence,
        "automatic": confidence == "sure",
        "steps": steps,
    }


def make_tell_fix(title, *sentences):
    return make_fix(title, "ask", [{"do": "tell", "text": sentence} for sentence in sentences])


def make_run_fix(title, *argv):
    return make_fix(title, "sure", [{"do": "run", "argv": list(argv)}])


def as_failure(diagnosis):
    return diagnosis["summary"], [diagnosis]


def join_names(names):
    return names[0] if len(names) == 1 else "%s and %s" % (", ".join(names[:-1]), names[-1])


# --- bootstrap/python_check.py --------------------------------------------------------------------
# Without envcheck: Python, examined by this file alone (as checks/envcheck_checks/python).


ACTIVATE = {
    "posix": "activate",
    "fish": "activate.fish",
    "powershell": "Activate.ps1",
    "cmd": "activate.bat",
}

# What the python.exe of a Windows environment says whose base is gone, or whose pyvenv.cfg is.
# As in checks/envcheck_checks/python/redirector.py.
REDIRECTOR = re.compile(
    r"(?m)^.*(No (suitable )?Python at ['\"]|did not find executable at '|Unable to create process using|trampoline failed to (spawn Python|canonicalize)|(no home= specified|failed to decode home setting) in |(failed to|annot|ould not) (locate|find|open|read).*pyvenv\.cfg).*$"
)
REFUSED = re.compile(r"\(os error (5|1260)\)")
STARTED = re.compile(r"using '\"?([A-Za-z]:\\[^\"']*?\.exe|/[^\"']*)")


def examine_python(target):
    facts = target.facts
    if facts is None:
        return as_failure(diagnose_no_answer(target))
    versions = course_pythons()
    if version_numbers(facts["version"]) < version_numbers(versions):
        return as_failure(diagnose_too_old(target, versions))
    if facts["bits"] != 64:
        return as_failure(diagnose_32_bit(facts))
    missing = [row for row in NEEDED if row[0] in facts["gaps"]]
    if missing:
        return as_failure(diagnose_gap(facts, missing))
    warnings = [diagnose_optional_gap(facts)] + [diagnose_not_active(target)]
    return "%s, 64-bit, standard library whole" % facts["version"], [
        warning for warning in warnings if warning
    ]


def diagnose_too_old(target, versions):
    facts = target.facts
    two = facts["version"].startswith("2.")
    return make_diagnosis(
        "python-too-old",
        "this Python is version %s%s and too old for the course"
        % (facts["version"], ", Python 2," if two else ""),
        offer_another_python(target, versions),
        found=facts["version"],
        wanted="Python %s or newer" % versions.replace(">=", ""),
        looked_in=facts["executable"],
        note="`python` still means Python 2 on this machine; `python3` is the usual name of the new one"
        if two
        else None,
    )


def diagnose_32_bit(facts):
    return make_diagnosis(
        "python-32-bit",
        "this Python is a 32-bit one, and the chapter's packages come for 64-bit Pythons only",
        [
            make_tell_fix(
                "install a 64-bit Python",
                "Install the 64-bit Python from https://www.python.org/downloads/ and make the course's environment with it, in a new terminal.",
            )
        ],
        found="%s, %d-bit" % (facts["version"], facts["bits"]),
        wanted="a 64-bit Python",
        looked_in=facts["executable"],
    )


def diagnose_gap(facts, missing):
    return make_diagnosis(
        "python-standard-library-gap",
        "this Python was built without %s: %s"
        % (join_names([row[0].lstrip("_") for row in missing]), missing[0][1]),
        [
            make_tell_fix(
                "use a Python that is whole",
                "Install Python from https://www.python.org/downloads/ or your system's packages; with pyenv, install %s "
                "first and then run: pyenv install --force %s. Then open a new terminal."
                % (" ".join(row[2] for row in missing), facts["version"]),
            )
        ],
        found="; ".join("%s: %s" % (row[0], facts["gaps"][row[0]]) for row in missing)[:400],
        wanted="a Python with its whole standard library",
        looked_in=facts["executable"],
    )


def diagnose_optional_gap(facts):
    missing = [row for row in WANTED if row[0] in facts["gaps"]]
    if not missing:
        return None
    return make_diagnosis(
        "python-optional-gap",
        "this Python was built without %s: %s"
        % (join_names([row[0].lstrip("_") for row in missing]), missing[0][1]),
        [
            make_tell_fix(
                "use a Python that is whole",
                "It matters only for such files. A Python from python.org or your system's packages has it.",
            )
        ],
        "warning",
        found="; ".join(facts["gaps"][row[0]] for row in missing)[:300],
        looked_in=facts["executable"],
    )


def diagnose_not_active(target):
    if not target.inactive:
        return None
    folder = os.path.join(target.inactive, "Scripts" if WINDOWS else "bin")
    shell = learners_shell()
    csh = os.path.basename(os.environ.get("SHELL", "sh")) in ("csh", "tcsh")
    name = "activate.csh" if csh else ACTIVATE[shell]
    start = [] if shell in ("powershell", "cmd") else ["source" if csh or shell == "fish" else "."]
    line = shell_line(start + [os.path.join(folder, name)], shell)
    return make_diagnosis(
        "environment-not-active",
        "the course's environment was found and used, and is not active in this terminal: what you type next meets another Python",
        [make_tell_fix("activate the environment", line)],
        "warning",
        found="no active environment",
        wanted=target.inactive,
        looked_in="VIRTUAL_ENV and CONDA_PREFIX",
    )


def diagnose_no_answer(target):
    fixes = offer_another_python(target, course_pythons())
    if os.path.islink(target.command) and not os.path.exists(target.command):
        return make_diagnosis(
            "python-environment-broken",
            "the Python of this environment is a link to a Python that is no longer there",
            fixes,
            found="%s -> %s" % (target.command, os.readlink(target.command)),
            wanted="an installed Python",
            looked_in=target.command,
            note="this happens when the Python that the environment was made from is upgraded or removed",
        )
    if not os.path.exists(target.command):
        summary = "there is no Python at the place that was named"
        return make_diagnosis(
            "python-not-found", summary, fixes, found="nothing", looked_in=target.command
        )
    redirector = REDIRECTOR.search(target.finished.output)
    if redirector and not base_is_there(target.finished.output):
        return diagnose_dead_base(target, redirector.group().strip(), fixes)
    actual = "exit code %s: %s" % (target.finished.code, target.finished.last_words)
    return make_diagnosis(
        "python-does-not-start",
        "this Python ends as soon as it is started",
        fixes,
        found=actual,
        looked_in=target.command,
    )


def base_is_there(output):
    named = STARTED.search(output)
    return bool(REFUSED.search(output) or (named and os.path.isfile(named.group(1))))


def diagnose_dead_base(target, actual, fixes):
    if re.search("home=|home setting", actual):
        summary = "the file pyvenv.cfg of this environment names no Python"
    elif "pyvenv.cfg" in actual:
        summary = "this environment has lost its file pyvenv.cfg, which names the Python that it was made from"
    else:
        summary = "the Python that this environment was made from is no longer there"
    return make_diagnosis(
        "python-environment-broken",
        summary,
        fixes,
        found=actual,
        wanted="an installed Python",
        looked_in=target.command,
        note="this happens when the Python that the environment was made from is upgraded or removed",
    )


def offer_another_python(target, versions):
    seen = set([os.path.normcase(full_path(target.command))])
    for folder in path_folders():
        for name in ("python", "py", "python3") if WINDOWS else ("python3", "python", "py"):
            path = os.path.join(folder, name + (".exe" if WINDOWS else ""))
            key = os.path.normcase(path)
            if not folder or key in seen or len(seen) > 6 or not os.access(path, os.X_OK):
                continue
            seen.add(key)
            facts = ask_python([path], learner_variables())
            if isinstance(facts, dict) and version_numbers(facts["version"]) >= version_numbers(
                versions
            ):
                title = "use the Python %s that is also on this machine" % facts["version"]
                return [
                    make_fix(title, "sure", [{"do": "use-python", "python": facts["executable"]}])
                ]
    return [offer_installation()]


def offer_installation():
    return make_tell_fix(
        "install a Python",
        how_to_install_python(),
        "Then open a new terminal and run envcheck again.",
    )


# --- bootstrap/pip_check.py -----------------------------------------------------------------------
# Without envcheck: pip, examined by this file alone (as checks/envcheck_checks/pip).


PIP_VERSION_LINE = re.compile(
    r"^pip (?P<version>\S+) from (?P<folder>.+) \(python (?P<python>[\d.]+)\)", re.MULTILINE
)


def examine_pip(target):
    facts = target.facts
    finished = run_pip(facts, learner_variables())
    line = PIP_VERSION_LINE.search(finished.output)
    needed = diagnose_needed_venv(facts, line is not None)
    if needed:
        return as_failure(needed)
    if finished.code != 0 or line is None:
        return diagnose_pythonpath(facts, finished) or diagnose_pip(facts, finished)
    return "pip %s belongs to this Python" % line.group("version"), [
        diagnosis for diagnosis in [diagnose_venv(facts)] if diagnosis
    ]


def run_pip(facts, variables):
    folder = make_folder("envcheck-")
    try:
        words = [facts["executable"], "-m", "pip", "--version"]
        return run(words, variables, folder, limit=30.0)
    finally:
        remove_folder(folder)


def diagnose_pythonpath(facts, finished):
    variables = learner_variables()
    place = variables.pop("PYTHONPATH", "")
    if not place or run_pip(facts, variables).code != 0:
        return None
    windows = "In PowerShell: Remove-Item Env:PYTHONPATH"
    return as_failure(
        make_diagnosis(
            "pythonpath-breaks",
            "PYTHONPATH makes Python take the wrong modules: pip does not run with it, and runs without it",
            [make_tell_fix("take PYTHONPATH away", "Type: unset PYTHONPATH", windows)],
            found="PYTHONPATH=%s: %s" % (place, finished.last_words),
            looked_in=facts["executable"],
        )
    )


def diagnose_pip(facts, finished):
    absent = "No module named pip" in finished.output or not facts["pip"]
    if absent and which("uv"):
        return "no pip in this environment; uv installs into it", []
    fixes = [
        make_run_fix(
            "put pip into this Python", facts["executable"], "-m", "ensurepip", "--upgrade"
        )
    ]
    if kind_of(facts) not in ENVIRONMENTS:  # a system's Python is its owner's to change
        fixes = [dict(fix, confidence="ask", automatic=False) for fix in fixes]
    if absent:
        return as_failure(
            make_diagnosis(
                "pip-missing",
                "this Python has no pip: nothing can be installed into it (No module named pip)",
                [offer_installation()] if "ensurepip" in facts["gaps"] else fixes,
                "warning" if facts["installed"] >= len(course_packages()) > 0 else "error",
                found="no pip",
                wanted="python -m pip works; ensurepip puts it there",
                looked_in=facts["executable"],
            )
        )
    actual = finished.evidence or "exit code %s" % finished.code
    summary, wanted = "pip of this Python does not run", "python -m pip works"
    return as_failure(
        make_diagnosis(
            "pip-broken", summary, fixes, found=actual, wanted=wanted, looked_in=facts["executable"]
        )
    )


def diagnose_needed_venv(facts, pip_runs):
    whole = facts["installed"] >= len(course_packages())
    if whole or kind_of(facts) in ENVIRONMENTS or which("uv"):
        return None
    diagnosis = diagnose_venv(facts)
    if diagnosis is None or not (pip_runs or {"venv", "ensurepip"} & set(facts["gaps"])):
        return None
    summary = "this Python cannot make the environment that the chapter needs: its venv part is missing or does not work"
    return dict(diagnosis, severity="error", summary=summary)


def diagnose_venv(facts):
    missing = [name for name in ("venv", "ensurepip") if name in facts["gaps"]]
    folder = make_folder("envcheck-")
    try:
        finished = run(
            [facts["executable"], "-m", "venv", "--without-pip", os.path.join(folder, "bare")],
            learner_variables(),
            folder,
            limit=30.0,
        )
    finally:
        remove_folder(folder)
    if finished.code == 0 and (kind_of(facts) in ENVIRONMENTS or not missing):
        return None
    return make_diagnosis(
        "venv-missing",
        "this Python cannot make environments: its venv part is missing or does not work",
        [
            make_tell_fix(
                "install that part",
                "On Debian and Ubuntu: sudo apt install python%d.%d-venv"
                % version_numbers(facts["version"])[:2],
            )
        ],
        "warning",
        found="no " + " and no ".join(missing) if missing else finished.last_words,
        wanted="python -m venv works",
        looked_in=facts["executable"],
    )


# --- bootstrap/report.py --------------------------------------------------------------------------
# The report, as src/envcheck/reports/document.py makes it.


def make_report(target, why, options, begun):
    rows, causes, root = [], [], None
    for row in CHECKS:
        started = time.time()
        if "--quick" in options and row[0] in SERVED:
            rows.append(make_result(row, "skip", "", [], None, "not asked: --quick"))
        else:
            status, summary, diagnoses = examine(row[0], target, why, root)
            rows.append(
                make_result(row, status, summary, diagnoses, root if status == "skip" else None)
            )
            for diagnosis in diagnoses:
                diagnosis["checks"].append(rows[-1]["id"])
            causes += diagnoses
            root = rows[-1]["id"] if row[0] == "python" and status == "fail" else root
        rows[-1]["started"] = round(started - begun, 3)
        rows[-1]["seconds"] = round(time.time() - started, 3)
    strict = "--strict" in options
    statuses = [checked["status"] for checked in rows]
    code = 1 if "fail" in statuses or (strict and "warn" in statuses) else UNDETERMINED
    causes.sort(key=lambda cause: cause["severity"] != "error")
    return {
            "schema": 1, "envcheck": envcheck_version(), "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(begun)),
            "seconds": round(time.time() - begun, 2), "course": dict(COURSE, file=None, help=None), "chapters": [CHAPTER], "tracks": [],
            "verdict": "not-ready" if code == 1 else "undetermined", "exit_code": code, "target": describe_target(target),
            "checks": rows, "diagnoses": causes, "selection": selection_of(options), "strict": strict, "interrupted": False, "alias": None, "broken_plugins": [], "hints": [],
        }  # fmt: skip


def examine(check, target, why, root):
    if root:
        return "skip", "", []
    if check not in ("python", "pip"):
        return "error", "not examined: this needs envcheck itself, and %s" % why.fact, []
    if target.cannot_be_asked:
        return "error", "not examined: %s" % CAME_BY_PIPE, []
    summary, diagnoses = examine_python(target) if check == "python" else examine_pip(target)
    return worst_status(diagnoses), summary, diagnoses


def for_reader(report, scrub):
    shown = scrubbed_value(report, scrub)
    for diagnosis in shown["diagnoses"]:
        for fix in diagnosis["fixes"]:
            fix["shell"] = shell_lines([step["argv"] for step in fix["steps"] if "argv" in step])
    return shown


def selection_of(options):
    chosen = dict((name[2:], name in options) for name in CUT_SHORT)
    # Nobody runs notebooks here: who asks for that is sent to envcheck itself
    return dict(chosen, only=[], skip=[], notebooks=False, complete=not chosen["quick"])


def worst_status(diagnoses):
    severities = [diagnosis["severity"] for diagnosis in diagnoses]
    return "fail" if "error" in severities else "warn" if severities else "pass"


def make_result(row, status, summary, diagnoses, blocked, reason=None):
    return {
        "id": "%s.%s" % (CHAPTER, row[0]), "title": row[1], "status": status,
        "summary": summary, "required": True, "selected": True, "needs": [] if row[0] == "python" else [CHAPTER + ".python"],
        "diagnoses": [diagnosis["code"] for diagnosis in diagnoses], "blocked_by": blocked,
        "skip_reason": "blocked by %s" % blocked if blocked else reason, "typed": None,
        "waived": None, "waiver_ended": None,
    }  # fmt: skip


def version_of_mac():
    told, darwin = platform.mac_ver()[0], platform.release().partition(".")[0]
    if not told.startswith(("10.16", "16.")) or not darwin.isdigit():
        return told
    return str(int(darwin) + 1 if int(darwin) >= 25 else int(darwin) - 9)


def describe_target(target):
    facts = target.facts or {}
    rows = dict(
        (name, facts.get(name))
        for name in ("version", "implementation", "prefix", "base_prefix", "bits")
    )
    pretty = re.search(r'^PRETTY_NAME="?([^"\n]+)', read_text("/etc/os-release"), re.MULTILINE)
    version = str(pretty.group(1)) if pretty else version_of_mac() or platform.release()
    system = {"name": platform.system(), "version": version, "machine": platform.machine()}
    python = facts.get("executable") or target.command
    return dict(
        rows,
        python=python,
        kind=kind_of(facts) if facts else None,
        located_by=target.rule,
        answered=True if facts else None if target.cannot_be_asked else False,
        os=system,
    )


# --- bootstrap/text.py ----------------------------------------------------------------------------
# The report as text, as src/envcheck/reports/text.py draws it.


STATUS_WORDS = {"pass": "ok", "warn": "warn", "fail": "FAIL", "skip": "--", "error": "????"}


def wrap(text, first="", rest=""):
    width = (
        min(shutil.get_terminal_size((80, 24)).columns or 80, 100)
        if hasattr(shutil, "get_terminal_size")
        else 80
    )
    lines = []  # type: list[str]
    for paragraph in text.splitlines():
        for number, word in enumerate(re.findall(r"[^\s`]*`[^`\n]{1,40}`[^\s`]*|\S+", paragraph)):
            if number and len(lines[-1]) + 1 + len(word) <= width:
                lines[-1] += " " + word
            else:
                lines.append((rest if lines else first) + word)
    return "\n".join(lines)


def whole_text(report, why, typed):
    rows, causes, code = report["checks"], report["diagnoses"], report["exit_code"]
    lines = [
        "%s, chapter 2" % COURSE["title"],
        wrap(target_text(report["target"]), "", "  "),
        "",
    ]
    for row in rows[:2]:
        if row["status"] != "skip":
            own = [cause for cause in causes if row["id"] in cause["checks"]]
            lines += [row_text(row["status"], row["title"], row["summary"])] + [
                cause_text(row, cause) for cause in own
            ]
    waiting = [row["title"] for row in rows if row["blocked_by"]]
    if waiting:
        lines.append(row_text("skip", "Waiting", "for Python: %s" % ", ".join(waiting)))
    if rows[-1]["status"] == "error":
        lines.append(row_text("error", "The rest", rows[-1]["summary"]))
    lines += ["", verdict_text(report), ""]
    return (
        "\n".join(
            lines + [next_step(causes[0], typed) if code == 1 else "Next step: %s" % why.step]
        )
        + "\n"
    )


def target_text(target):
    silent = "does not answer" if target["answered"] is False else "was not examined"
    pattern = "Python %s at %s" if target["version"] else "%sThe Python at %s " + silent
    return "%s (%s)" % (pattern % (target["version"] or "", target["python"]), target["located_by"])


def row_text(status, title, text):
    return "  %-4s  %-12s  %s" % (
        STATUS_WORDS[status],
        title,
        wrap(text, " " * 22, " " * 22).lstrip(),
    )


def cause_text(row, cause):
    labels = [
        (label, cause["evidence"].get(label.replace(" ", "_")))
        for label in ("found", "wanted", "looked in")
    ]
    sides = [(label, text) for label, text in labels if text]
    longest = max(len(word) for _, text in sides for word in text.split())
    start = " " * (22 if 33 + longest <= 80 else 8)
    lines = (
        []
        if cause["summary"] == row["summary"]
        else [wrap("warning: " + cause["summary"], " " * 22, " " * 22)]
    )
    lines += [wrap(text, "%s%-9s  " % (start, label), start + " " * 11) for label, text in sides]
    lines += [wrap(cause["note"], start + "note: ", start + " " * 6)] if cause["note"] else []
    return "\n".join(lines)


def verdict_text(report):
    rows, causes = report["checks"], report["diagnoses"]
    counts = (
        (sum(row["status"] in ("pass", "warn") for row in rows), "proved"),
        (sum(row["status"] == "fail" for row in rows), "failed"),
        (sum(row["blocked_by"] is not None for row in rows), "waiting"),
        (sum(row["status"] == "error" for row in rows), "without an answer"),
    )
    numbers = ", ".join("%d %s" % row for row in counts if row[0]) + ", %.1f s." % report["seconds"]
    errors = sum(cause["severity"] == "error" for cause in causes)
    several = "%d causes, the most important first" % errors
    blame = (
        "one cause" if errors == 1 else several if errors else "a warning, and --strict counts it"
    )
    lead = "Not ready for chapter 2: %s." % blame
    if report["exit_code"] != 1:
        lead = "Could not tell whether this machine is ready for chapter 2."
    return lead + (" " if len(lead) + 1 + len(numbers) <= 80 else "\n") + numbers


def next_step(cause, typed):
    lines, shell = [], learners_shell()
    for fix in cause["fixes"][:1]:
        lines.append(wrap("Next step: %s%s" % (fix["title"][:1].lower(), fix["title"][1:])))
        for step in fix["steps"]:
            text = step.get("text") or (
                "From then on use %s" % step["python"] if "python" in step else ""
            )
            lines += [
                "    " + part
                for part in (
                    textwrap.wrap(text, 76, break_long_words=False, break_on_hyphens=False)
                )
            ]
            lines += ["    " + shell_line(step["argv"], shell)] if "argv" in step else []
    if page_of(cause["code"]):  # a file that stands alone, or came through a pipe, has no pages
        lines.append("Why: %s" % shell_line(typed + ["explain", cause["code"]], shell))
    return "\n".join(lines)


# --- bootstrap/fallback.py ------------------------------------------------------------------------
# What can be said without envcheck.


def answer_without_envcheck(why, words):
    if words[:1] == ["explain"] and len(words) == 2 and page_of(words[1]):
        return show_page(page_of(words[1]))
    try:
        options = parse_words(words)
    except RefusedWords as problem:
        say(str(problem))
        return USAGE
    if options is None:
        say(
            "%s. `%s` needs the whole envcheck.\nNext step: %s"
            % (why.fact, shown_words(words), why.step)
        )
        return UNDETERMINED
    return print_report(why, options)


def print_report(why, options):
    begun, typed = time.time(), typed_words("envcheck")
    report = make_report(locate_target(options["--python"]), why, options, begun)
    own = is_learners_own(sys.stdout) and not options["--output"] and options["--format"] == "text"
    scrub = without_secrets if own else scrubbed
    shown = dict(for_reader(report, scrub), alias=options.get("--as"))
    text = (
        json.dumps(shown, indent=1) + "\n"
        if options["--format"] == "json"
        else whole_text(
            shown,
            NoEnvironment(why.fact, scrub(why.step)),
            [to_text(scrub(word)) for word in typed],
        )
    )
    if options["--output"]:
        with io.open(options["--output"], "w", encoding="utf-8") as file:
            file.write(to_text(text))
    else:
        write_to_stdout(to_bytes(text, "replace"))
    if any(name in options for name in LINKS):
        say("the report was not sent to your class: that needs the whole envcheck")
    return report["exit_code"]


def show_page(path):
    with open(path, "rb") as file:
        write_to_stdout(file.read())
    return 0


# --- bootstrap/command.py -------------------------------------------------------------------------
# The command: envcheck in its own environment, or what can be said without it.


def main(words):
    answered = answer_at_once(words)
    if answered is not None:
        return answered
    end_as_with_ctrl_c()
    unlocked, temporary = UNLOCKED in words, ""
    words = [word for word in words if word != UNLOCKED]
    try:
        cache = cache_folder()
        place = os.path.join(cache, environment_key(unlocked))
        if cache and is_whole(place):
            mark_as_used(place)
            tell_who_hosts(place)
        elif wrong_course(words):
            say(wrong_course(words))
            return USAGE
        else:
            place, temporary = make_environment(place, cache, unlocked)
        return start_envcheck(place, words, temporary, unlocked)
    except NoEnvironment as why:
        return answer_without_envcheck(why, words)
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        remove_folder(temporary)


def answer_at_once(words):
    if words == [DESCRIBE_OPTION]:
        print(DESCRIBE_OPTION + json.dumps(describe_this_python()) + DESCRIBE_OPTION)
        return 0
    if words == [PLACE_OPTION]:
        folder = cache_folder().replace(os.sep, "/")
        print("cache=%s\nkey=%s" % (folder, environment_key()))
        return 0
    if words == ["--version"]:
        print("envcheck, version " + VERSION)
        return 0
    if not words or words[0] in ("-h", "--help"):
        place = os.path.join(cache_folder(), environment_key())
        if not is_whole(place):  # the answer needs no environment, so none is made for it
            print(HELP)
            return 0 if words else USAGE
    return None


def end_as_with_ctrl_c():
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
