"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code, Severity

READINGS = (
    "read-data-mesh",
    "watch-pipelines",
    "watch-haddington",
    "read-hobby",
    "read-fpga",
    "read-real-fpga",
)

CERTIFICATE_FILE_WRONG = Code(
    "certificate-file-wrong",
    "A setting names a file of certificates without the right one",
    "network",
    severity=Severity.WARNING,
    automatic=True,
)
CERTIFICATE_NOT_TRUSTED = Code(
    "certificate-not-trusted",
    "The package index shows a certificate that is not trusted",
    "network",
    severity=Severity.WARNING,
)
CLOCK_WRONG = Code(
    "clock-wrong",
    "The clock of this computer shows another day",
    (*READINGS, "network"),
    severity=Severity.WARNING,
)
INDEX_ANSWERS_WEB_PAGE = Code(
    "index-answers-web-page",
    "A web page answers in place of the package index",
    "network",
    severity=Severity.WARNING,
)
INDEX_REFUSES = Code(
    "index-refuses",
    "The package index answers with an error",
    "network",
    severity=Severity.WARNING,
)
INDEX_UNREACHABLE = Code(
    "index-unreachable",
    "The package index that is set cannot be reached",
    "network",
    severity=Severity.WARNING,
    automatic=True,
)
PROXY_CAPTURES_LOCALHOST = Code(
    "proxy-captures-localhost",
    "The proxy is asked for pages of this very computer",
    "network",
    severity=Severity.WARNING,
    automatic=True,
)
PROXY_NEEDS_SOCKS = Code(
    "proxy-needs-socks",
    "The proxy is of a kind that pip cannot speak to",
    "network",
    severity=Severity.WARNING,
)
PROXY_REFUSES = Code(
    "proxy-refuses",
    "The proxy does not let requests to the package index through",
    "network",
    severity=Severity.WARNING,
    automatic=True,
)
PROXY_UNREACHABLE = Code(
    "proxy-unreachable",
    "The proxy that is set cannot be reached",
    (*READINGS, "network"),
    severity=Severity.WARNING,
    automatic=True,
)
PROXY_WANTS_PASSWORD = Code(
    "proxy-wants-password",
    "The proxy asks for a name and a password",
    (*READINGS, "network"),
    severity=Severity.WARNING,
)
PROXY_WRONG_SCHEME = Code(
    "proxy-wrong-scheme",
    "The proxy's address begins with https:// and should begin with http://",
    (*READINGS, "network"),
    severity=Severity.WARNING,
    automatic=True,
)
