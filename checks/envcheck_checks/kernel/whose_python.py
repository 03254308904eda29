"""Which Python a kernel runs: asked by a cell, and read from between two marks, whatever else the
kernel prints meanwhile.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Question:
    """A cell that answers with the kernel's own `sys.prefix` and `sys.executable`. Its mark is like
    no other's, and does not stand whole in the cell, which a kernel may print too.
    """

    mark: str = field(default_factory=lambda: f"--envcheck-{secrets.token_hex(8)}--")

    @property
    def cell(self) -> str:
        """One write: what a thread in the background prints comes before or after it."""
        mark = f"{self.mark[:8]!r} + {self.mark[8:]!r}"
        return (
            f"import sys as _s; _m = {mark}; "
            "_s.stdout.write(_m + _s.prefix + chr(10) + _s.executable + _m + chr(10)); del _s, _m"
        )

    def answered(self, text: str) -> bool:
        """Whether the whole answer is in what the kernel has printed."""
        return text.count(self.mark) >= 2

    def answer(self, text: str) -> tuple[str, str]:
        """The prefix and the executable in what the kernel has printed; empty where it gave none."""
        if not self.answered(text):
            return "", ""
        prefix, _, python = text.split(self.mark)[1].partition("\n")
        return prefix, python
