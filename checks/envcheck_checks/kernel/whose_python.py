"""Which Python a kernel runs, and where: asked by a cell, and read from between two marks, whatever else the
kernel prints meanwhile.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Question:
    """A cell that answers with the kernel's own `sys.prefix`, `sys.executable` and folder. Its mark is like
    no other's, and does not stand whole in the cell, which a kernel may print too.
    """

    mark: str = field(default_factory=lambda: f"--envcheck-{secrets.token_hex(8)}--")

    @property
    def cell(self) -> str:
        """One write: what a thread in the background prints comes before or after it."""
        mark = f"{self.mark[:8]!r} + {self.mark[8:]!r}"
        return (
            f"import os as _o, sys as _s; _m = {mark}; "
            "_s.stdout.write(chr(10).join([_m + _s.prefix, _s.executable, _o.getcwd() + _m, ''])); "
            "del _o, _s, _m"
        )

    def answered(self, text: str) -> bool:
        """Whether the whole answer is in what the kernel has printed."""
        return text.count(self.mark) >= 2

    def answer(self, text: str) -> tuple[str, str]:
        """The prefix and the executable in what the kernel has printed; empty where it gave none."""
        prefix, python, _ = self._parts(text)
        return prefix, python

    def folder(self, text: str) -> str:
        """The folder in which the kernel's cells run; empty where it gave none."""
        return self._parts(text)[2]

    def _parts(self, text: str) -> tuple[str, str, str]:
        if not self.answered(text):
            return "", "", ""
        prefix, _, rest = text.split(self.mark)[1].partition("\n")
        python, _, folder = rest.partition("\n")
        return prefix, python, folder
