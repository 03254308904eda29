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

LOGIN_PAGE_FIRST = Code(
    "login-page-first",
    "The network shows a page of its own first",
    READINGS,
    severity=Severity.WARNING,
)
NAME_BLOCKED = Code(
    "name-blocked", "The name of the site is held back", READINGS, severity=Severity.WARNING
)
PROXY_REFUSES_SITE = Code(
    "proxy-refuses-site",
    "The proxy does not let the request through to the site",
    READINGS,
    severity=Severity.WARNING,
)
SITE_CERTIFICATE_NOT_TRUSTED = Code(
    "site-certificate-not-trusted",
    "Something opens the secure connection to the site",
    READINGS,
    severity=Severity.WARNING,
)
