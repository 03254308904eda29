"""The command of a kernelspec, read in one place: what starts the Python, with its options, and the
module that it runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# As ipykernel writes it, now and in older versions. The option is for the debugger: `ipykernel install`
# writes it, and the wheel's own spec has none.
OPTIONS = ("-Xfrozen_modules=off",)
MODULES = ("ipykernel_launcher", "ipykernel")
WORDS = ("-f", "{connection_file}")
USUAL = ("-m", MODULES[0], *WORDS)


@dataclass(frozen=True)
class KernelCommand:
    """`start` is the program with what stands before `-m`, `module` the module and its own words:
    none where no module is named.
    """

    start: tuple[str, ...]
    module: tuple[str, ...]

    @property
    def is_usual(self) -> bool:
        """Whether it is one that ipykernel writes, whichever Python it starts."""
        module, *words = self.module or ("",)
        options = set(self.start[1:]) <= set(OPTIONS)
        return options and module in MODULES and (*words,) == WORDS


def parted(argv: Sequence[str]) -> KernelCommand:
    """`python -X... -m module words`; the words of any other program are all its own."""
    if "-m" not in argv[1:]:
        return KernelCommand(tuple(argv), ())
    place = argv.index("-m")
    return KernelCommand(tuple(argv[:place]), tuple(argv[place + 1 :]))
