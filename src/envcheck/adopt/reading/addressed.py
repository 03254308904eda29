"""What is probably called like the address that a list takes it from: to know an import again, and never to install it,
for an index has a stranger's package of that name.
"""

from __future__ import annotations

import re

from envcheck.declared.declared import LeftOut
from envcheck.versions import normal_name

ADDRESS = re.compile(r"\w://[^/\s]+/(?P<path>[^\s#?@;]+)")
ARCHIVE = re.compile(r"/(?:-/)?(?:archive|tarball|zipball|releases)/.*")
ENDING = re.compile(r"\.(?:git|zip|whl|tgz|tar(?:\.\w+)?)/?$")


def addressed(row: LeftOut) -> str:
    """The last part of its address, normalised, of an archive its repository's; empty for what is none."""
    match = ADDRESS.search(row.text)
    if match is None or row.text.endswith("..."):  # cut, as it is spoken of
        return ""
    path = ENDING.sub("", ARCHIVE.sub("", match["path"]).rstrip("/"))
    return normal_name(path.rpartition("/")[2])
