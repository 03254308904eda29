"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code, Severity

CERTIFICATE_FILE_MISSING = Code(
    "certificate-file-missing",
    "A setting names a file of certificates that does not exist",
    "network",
    severity=Severity.WARNING,
    automatic=True,
)
INDEX_NOT_SECURE = Code(
    "index-not-secure",
    "The package index is set to an address without encryption",
    "network",
    severity=Severity.WARNING,
)
PIP_CONFIG_BROKEN = Code(
    "pip-config-broken",
    "A settings file of pip cannot be read",
    "network",
    severity=None,
    automatic=True,
)
PIP_NO_INDEX = Code(
    "pip-no-index",
    "A setting tells pip to ask no package index",
    ("pip", "network"),
    severity=None,
    automatic=True,
)
