"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code, Severity

SECRET_FILE_OPEN = Code(
    "secret-file-open", "Others can read your file for secrets", "secret-files", automatic=True
)
SECRET_FILE_TRACKED = Code(
    "secret-file-tracked",
    "Git keeps a file for secrets",
    "secret-history",
    severity=Severity.WARNING,
)
SECRET_IN_HISTORY = Code("secret-in-history", "A credential was committed to git", "secret-history")
SECRET_IN_NOTEBOOK = Code(
    "secret-in-notebook", "A credential stands in a notebook", "secret-notebooks"
)
