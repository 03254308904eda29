"""What a secret looks like: src/envcheck/secret_shapes.py in words that every Python reads. A guard
holds the two alike.
"""

import re

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
    """The text with *** for each secret in it, looked through until no more is hidden."""
    for _ in range(SECRET_LOOKS):
        before = text
        for pattern in SECRET_SHAPES:
            text = pattern.sub(hide_secret, text)
        if text == before:
            break
    return text


def hide_secret(hit):
    """What told that it is one stays, the quotes around it too, and the @ of an address."""
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
