# Finds what looks like a credential in a line of text. Runs in the target; the value itself is
# never returned, shown or kept.
from __future__ import annotations

import re

# What begins or is built in a way that nothing else is. Each pattern's group `value` is what the
# judgement is about.
SHAPES = (
    ("an AWS access key", r"(?<![A-Z0-9])(?P<value>(?:AKIA|ASIA)[A-Z0-9]{16})(?![A-Z0-9])"),
    (
        "a GitHub token",
        r"(?<![A-Za-z0-9_])(?P<value>gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{40,255})",
    ),
    ("a GitLab token", r"(?<![A-Za-z0-9_-])(?P<value>gl(?:pat|dt|rt|ptt)-[A-Za-z0-9_-]{20,255})"),
    ("a Slack token", r"(?<![A-Za-z0-9])(?P<value>xox[abeoprs]-[A-Za-z0-9-]{20,255})"),
    (
        "a Slack webhook",
        r"hooks\.slack\.com/services/(?P<value>T[A-Z0-9]{6,}/B[A-Z0-9]{6,}/[A-Za-z0-9]{20,})",
    ),
    (
        "an OpenAI or Anthropic key",
        r"(?<![A-Za-z0-9_-])(?P<value>sk-(?:proj-|svcacct-|admin-|ant-)?[A-Za-z0-9_-]{20,255})",
    ),
    ("a Hugging Face token", r"(?<![A-Za-z0-9_])(?P<value>hf_[A-Za-z0-9]{30,255})"),
    ("a Google API key", r"(?<![A-Za-z0-9_-])(?P<value>AIza[A-Za-z0-9_-]{35})(?![A-Za-z0-9_-])"),
    ("a PyPI token", r"(?<![A-Za-z0-9_-])(?P<value>pypi-[A-Za-z0-9_-]{60,255})"),
    (
        "a password in an address",
        r"[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s/:@\"'<>]{1,80}:(?P<value>[^\s/@\"'<>\\]{4,200})@[A-Za-z0-9\[]",
    ),
)
NAMES = r"(?:passw(?:or)?d|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|secret[_-]?key|auth[_-]?key|private[_-]?key)"
# `db_password = "..."`, `"apiKey": "..."`, `os.environ["API_TOKEN"] = "..."`, `password="..."` in a
# call.
ASSIGNED = re.compile(
    NAMES + r"(?:\\?[\"']?\]?\s*(?::\s*str\s*)?(?:=|:)|\\?[\"']\s*,)\s*"
    r"(?P<quote>\\?[\"'])(?P<value>[^\"'\s\\]{8,200})(?P=quote)",
    re.IGNORECASE,
)
BEFORE = re.compile(r"[A-Za-z0-9_.-]{0,40}$")
# A line of a settings file or a shell, also where a notebook's file has it in quotes: NAME=value,
# with a name that is written large.
BARE = re.compile(
    r"^[\s\"!%]*(?:export\s+|env\s+|set\s+)?(?:[A-Z0-9_]*(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|SECRET_?KEY))\s?=\s?"
    r"(?P<value>[^\s\"'$<>{}()\\,]{8,200})(?:\\n)?[\s\",]*$"
)
COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in SHAPES)
KEY = re.compile(r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?P<rest>.*)")
BODY = re.compile(r"^\W*(?:\\n|\\r|[\"',\s+])*[A-Za-z0-9+/=]{40,}")
# Words that stand where a value would: in examples, in templates, in names of variables.
PLACEHOLDER = re.compile(
    r"example|sample|placeholder|changeme|change[-_]?it|your|dummy|fake|redacted|removed|insert|replace|here|todo|xxx|\*\*|\.\.\.|"
    r"password|passwd|secret|token|api[-_]?key|username|user:|hunter2|foobar|^test|test$|^none$|^null$|123456|abcdef|0000|qwerty|let-?me-?in|"
    r"^[<\[{(%$].*|.*[>\]})%]$|\$\{|\{\{|environ|getenv|getpass|config\[|settings\.|://",
    re.IGNORECASE,
)
SHAPED_PLACEHOLDER = re.compile(
    r"example|placeholder|your|dummy|fake|redacted|xxxx|\*\*|\.\.\.|here$|0{8}|1234567890|abcdefghij",
    re.IGNORECASE,
)
# One of these stands in every line that has something to be found: looking for them first is many
# times faster.
HINTS = (
    "akia",
    "asia",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "gldt-",
    "glrt-",
    "glptt-",
    "xox",
    "hooks.slack.com",
)
HINTS += (
    "sk-",
    "hf_",
    "aiza",
    "pypi-",
    "://",
    "passw",
    "pwd",
    "passphrase",
    "secret",
    "token",
    "key",
)
# Longer than any credential: a picture, whose letters mean nothing.
PICTURE = re.compile(r"[A-Za-z0-9+/]{400,}={0,2}")


def kinds(line):
    """What in this line looks like a credential: kinds, without values."""
    line = PICTURE.sub(" ", line) if len(line) > 400 else line
    low = line.lower()
    if not any(hint in low for hint in HINTS):
        return []
    shaped = [
        (kind, hit.group("value")) for kind, pattern in COMPILED for hit in pattern.finditer(line)
    ]
    shaped = [(kind, value) for kind, value in shaped if _shaped(kind, value)]
    kinds_found = [kind for kind, _ in shaped]
    for hit in [hit for pattern in (ASSIGNED, BARE) for hit in pattern.finditer(line)]:
        name = (
            BEFORE.search(line, max(hit.start() - 40, 0), hit.start()).group()
            + line[hit.start() : hit.start("value")]
        )
        counted = any(
            value in hit.group("value") or hit.group("value") in value for _, value in shaped
        )
        if not counted and _meant(hit.group("value"), name):
            kinds_found.append("a value given to a name like `password`")
    return sorted(set(kinds_found))


def _shaped(kind, value):
    if kind == "a password in an address":
        return _meant(value, "") and not re.match(r"^\$|^%|^\{", value)
    return not SHAPED_PLACEHOLDER.search(value) and len(set(value)) >= 8 and _mixed(value[4:])


def _mixed(value):
    """A made key has digits and letters; a word that begins like one has not."""
    return bool(re.search(r"[0-9]", value)) and bool(re.search(r"[A-Za-z]", value))


def _meant(value, name):
    """Whether a quoted text is a value, and not a word about one: letters alone must be long to
    count.
    """
    if (
        PLACEHOLDER.search(value)
        or len(set(value)) < 5
        or value.lower() in name.lower()
        or "public" in name.lower()
    ):
        return False
    if re.match(r"^(\.{0,2}|~)/", value):
        return False  # a path
    sorts = sum(
        bool(re.search(pattern, value))
        for pattern in (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]")
    )
    letters = re.match(r"^[A-Za-z_.:-]+$", value)
    if letters and (
        re.match(r"^[A-Z0-9_]+$", value) or re.match(r"^[A-Za-z]+([_.:-][A-Za-z]+)+$", value)
    ):
        return False  # the name of a variable, a model, a file
    if letters:
        return len(value) >= 16
    return sorts >= 2


class Keys:
    """A private key is its first line and one of its body: the words alone are in every manual."""

    def __init__(self):
        self.open = False

    def line(self, text):
        was, self.open = self.open, False
        hit = KEY.search(text)
        if hit:
            self.open = not BODY.match(hit.group("rest"))
            return not self.open
        return was and bool(BODY.match(text))
