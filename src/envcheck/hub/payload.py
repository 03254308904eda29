"""What travels to a user's server: envcheck and the packages that it needs, in one archive."""

from __future__ import annotations

import base64
import io
import sys
import threading
import zipfile
from collections.abc import Iterator

from envcheck.hub import packages
from envcheck.hub.fetching import Fetching
from envcheck.hub.host import Host
from envcheck.vendoring.installed import DISTRIBUTION

PART = 1_500_000  # characters of an archive in one message; servers take 10 MB


class Payload:
    """The archives, made once for each kind of server."""

    def __init__(self, fetching: Fetching) -> None:
        self._fetching = fetching
        self._made: dict[tuple[object, ...], str] = {}
        self._lock = threading.Lock()

    def parts(self, host: Host) -> list[str]:
        """The archive for this host as text, in parts. Raises Trouble."""
        with self._lock:
            if host.kind not in self._made:
                self._made[host.kind] = base64.b64encode(self._archive(host)).decode("ascii")
            text = self._made[host.kind]
        return [text[start : start + PART] for start in range(0, len(text), PART)]

    def _archive(self, host: Host) -> bytes:
        made = io.BytesIO()
        members = {**dict(self._needed(host)), **dict(packages.own_files())}
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(packages.LAUNCHER, packages.launcher())
            for name, content in members.items():
                archive.writestr(f"packages/{name}", content)
        return made.getvalue()

    def _needed(self, host: Host) -> Iterator[tuple[str, bytes]]:
        """As they are installed here, where all of them fit."""
        needed, tags = packages.needed(), host.tags()
        if host.minor == sys.version_info[:2] and all(
            packages.fit(distribution, tags) for distribution in needed.values()
        ):
            for distribution in needed.values():
                yield from packages.files(distribution)
            return
        yield from packages.files(needed[DISTRIBUTION])
        yield from packages.below(self._fetching.fetched(host))
