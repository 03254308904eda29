"""What the programs of a test listen on, as they tell the system: one that is up for a moment on a busy
machine is not passed over, as it would be by looking now and then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

# strace's line for one call, with -Y (the program) and -yy (the socket's address):
# `4604<postgres> listen(3<TCP:[127.0.0.1:5432]>, 128) = 0`
CALL = re.compile(
    r"^\d+<(?P<program>[^>]*)> +listen\(\d+<(?:TCP|TCPv6):\[(?P<address>.+):(?P<port>\d+)\]>",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Listening:
    """What was written down of all that a command has started, and it itself."""

    notes: Path

    @property
    def before_a_command(self) -> list[str]:
        """The words (strace(1)) after which a command is watched until the last of its programs has
        ended."""
        shown = [
            "-f",
            "-qq",
            "--seccomp-bpf",
            "-e",
            "trace=listen",
            "-e",
            "signal=none",
            "-Y",
            "-yy",
        ]
        return ["strace", *shown, "-o", str(self.notes)]

    @property
    def programs(self) -> set[str]:
        return {call["program"].rstrip("0123456789.") for call in self._calls}

    @property
    def addresses(self) -> set[str]:
        return {call["address"] for call in self._calls}

    @property
    def _calls(self) -> list[re.Match[str]]:
        return [*CALL.finditer(self.notes.read_text("utf-8", "replace"))]
