"""What a secret looks like: in an address, behind a name that says so, or by its own published shape.

Every repeat without a bound stands at the end of its expression, so what is looked at is also
consumed: the time grows with the text, and no text takes longer than its length. The shapes of
tokens are those that detect-secrets and gitleaks publish.
"""

from __future__ import annotations

import re

HIDDEN = "***"
_WORDS = r"(?:token|passw(?:or)?d|passphrase|secret|credentials?|[_-]pass|(?:api|access|account|private|secret)[_-]?key)"
_VALUE = r"(?:(?P<open>b?[\"'])(?P<quoted>[^\"'\n]{0,2000})(?P<close>[\"'])|[\"']?(?P<bare>[^\s&\"',;]+))"
_TOKENS = (
    r"gh[pousr]_[A-Za-z0-9]{20,}", r"github_pat_\w{20,}", r"gl(?:pat|dt|rt|ptt|soat)-[\w-]{16,}",
    r"sk-[\w-]{16,}", r"(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}", r"gsk_[A-Za-z0-9]{20,}",
    r"xox[abeoprs]-[\w-]{8,}", r"xapp-[\w-]{10,}", r"(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA|ANVA|AIPA)[A-Z0-9]{12,}",
    r"eyJ[\w=-]{6,2000}\.[\w=-]{4,8000}\.[\w.+/=-]*", r"hf_[A-Za-z0-9]{20,}", r"api_org_[A-Za-z0-9]{20,}",
    r"pypi-[\w-]{40,}", r"npm_[A-Za-z0-9]{30,}", r"AIza[\w-]{30,}", r"ya29\.[\w-]{20,}", r"SG\.[\w-]{16,64}\.[\w-]{16,}",
    r"do[opr]_v1_[a-f0-9]{40,}", r"dapi[a-h0-9]{32}", r"sq0[a-z]{3}-[\w-]{20,}", r"(?:AC|SK)[a-f0-9]{32}", r"key-[a-f0-9]{32}",
    r"[a-f0-9]{32}-us\d{1,2}", r"[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27,}", r"\d{8,10}:AA[\w-]{33}", r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",
    r"lin_api_[A-Za-z0-9]{30,}", r"dckr_pat_[\w-]{20,}", r"hvs\.[\w-]{20,}", r"glc_[\w+/=-]{30,}", r"PMAK-[\w-]{30,}",
)  # fmt: skip

ADDRESSES = re.compile(
    r"(?P<kept>(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}://)"
    r"(?:[^/\s\"'<>]{0,300}@"  # a name, and perhaps a password
    r"|[^/\s\"'<>@:]{0,100}:(?!\d{1,5}(?:[/?#\s]|$))(?!\s)[^\n]{1,200}?@(?=[\w.\[-])(?:[^/\s\"'<>@]{0,100}@){0,5})",
    re.IGNORECASE,
)
WITHOUT_SCHEME = re.compile(
    r"(?P<kept>(?<![\w.%+-]))[\w.%+-]{1,64}:(?!//)[^\s/@:\"'<>]{1,200}@(?!sha\d)(?=\w)"
)
HEADERS = re.compile(
    r"(?P<kept>\b(?:proxy-)?authorization[\"']?\s{0,3}[:=]\s{0,3}[\"']?(?:(?:bearer|basic|token|digest|negotiate|apikey)\s{1,3})?)"
    r"[^\s\"',;]+",
    re.IGNORECASE,
)
BEARER = re.compile(r"(?P<kept>\b(?:bearer|basic)\s{1,3})[a-z0-9._~+/=-]{12,}", re.IGNORECASE)
NAMED = re.compile(
    r"(?P<kept>(?<![\w.-])[\w.-]{0,60}" + _WORDS + r"s?\d{0,2}[\"']?\s{0,3}[=:]\s{0,3})" + _VALUE,
    re.IGNORECASE,
)
OPTIONS = re.compile(
    r"(?P<kept>(?<![\w-])--?[a-z-]{0,30}" + _WORDS + r"\s{1,3})(?!-)" + _VALUE, re.IGNORECASE
)
KEYS = re.compile(r"(?P<kept>-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)[A-Za-z0-9+/=\s\\]+")
SHAPES = re.compile(r"(?P<kept>(?<![A-Za-z0-9_]))(?:" + "|".join(_TOKENS) + ")")
ALL = (KEYS, ADDRESSES, WITHOUT_SCHEME, HEADERS, BEARER, NAMED, OPTIONS, SHAPES)


def without_secrets(text: str) -> str:
    """The text with *** for each secret in it."""
    for pattern in ALL:
        text = pattern.sub(_hidden, text)
    return text


def _hidden(hit: re.Match[str]) -> str:
    """What told that it is one stays, the quotes around it too, and the @ of an address."""
    groups = hit.groupdict()
    end = "@" if hit[0].endswith("@") else ""
    return f"{hit['kept']}{groups.get('open') or ''}{HIDDEN}{end}{groups.get('close') or ''}"
