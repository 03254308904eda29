"""The command of a kernelspec, read in one place: what starts the Python, with its options, and the
module that it runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

# As ipykernel writes it, now and in older versions. The option is for the debugger: `ipykernel install`
# writes it, and the wheel's own spec has none.
OPTIONS = ("-Xfrozen_modules=off",)
MODULES = ("ipykernel_launcher", "ipykernel")
WORDS = ("-f", "{connection_file}")
TAKE_A_VALUE = ("-X", "-W")  # options of Python's whose value may be a word of its own
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
    """`python -X... -m module words`. Other programs hand on what follows them (`env python -m ...`, a
    script of the school's); in `python limit.py -m 8G` the `-m` is the script's own word.
    """
    if "-m" in argv[1:]:
        place = argv.index("-m", 1)
        if not is_called_python(argv[0]) or _are_options(argv[1:place]):
            return KernelCommand(tuple(argv[:place]), tuple(argv[place + 1 :]))
    return KernelCommand(tuple(argv), ())


def is_called_python(program: str) -> bool:
    """By its name: any other program may start what it likes, and only its kernel can say what."""
    return PurePath(program).name.lower().startswith(("python", "pypy"))


def _are_options(words: Sequence[str]) -> bool:
    """Python's own, behind which its module may stand: no script, and no source (`-c`)."""
    return all(
        (word.startswith("-") and not word.startswith("-c")) or before in TAKE_A_VALUE
        for before, word in zip(["", *words], words, strict=False)
    )
