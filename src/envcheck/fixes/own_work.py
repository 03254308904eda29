"""What of all that is new is a command's own work, by what it names. Others are at work at the same
time: the learner saves a notebook, Dropbox brings a file, a second terminal installs a package. That
something came while a step went on says nothing of whose it is.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from pathlib import Path

from envcheck import places
from envcheck.fixes import grammar
from envcheck.target.interpreter import Interpreter
from envcheck.versions import name_of, normal_name

AWAY_FROM_THE_FOLDER = ("-I", "-P")  # options of Python itself
# What `venv` writes into an environment that is there, and into its folder of scripts
OF_VENV = re.compile(
    r"pyvenv\.cfg|\.gitignore|lib|lib64|include|bin|scripts|(de)?activate(\..*)?|pythonw?[\d.]*(\.exe)?",
    re.IGNORECASE,
)
# Where an installer puts what a distribution brings; everything else in an environment is somebody's
FILLED = ("lib", "lib64", "bin", "scripts", "share", "etc", "include")
PATHS = re.compile(r"[/\\]|^\.|\.(whl|zip|gz|txt)$")
VALUED = ("--python", "--index-url", "--find-links", "--target")  # options that a word follows
KERNELS = ("share", "jupyter", "kernels")
# The distributions that a module of Python's, or the kernel's, puts into its own environment
OF_PYTHON = {"ensurepip": ["pip", "setuptools", "wheel"], "venv": [], "ipykernel": []}
USUAL_KERNEL = "python3"


def names_place(argv: Sequence[str], place: str) -> bool:
    """Whether a word of the command is this place, or something in it."""
    return any(word[:1] != "-" and places.lies_in(word, place) for word in argv)


def of_venv(place: str, over: str) -> bool:
    """Whether it is what `venv` writes once more into the environment `over`."""
    return bool(over) and places.lies_in(place, over) and bool(OF_VENV.fullmatch(Path(place).name))


def of_kept(argv: Sequence[str], python: Interpreter, place: str, *, half: bool) -> bool:
    """Whether a command has made this, which no distribution owns, in the environment of this
    Python. An installer that came to its end has left nothing of that kind.
    """
    inside = places.within(place, python.prefix)
    parts = inside.parts if inside is not None else ()
    module = _module(argv)[:1]
    if module == ("venv",):
        return False  # `of_venv` knows
    if module == ("ipykernel",):
        kernel = argv[argv.index("--name") + 1] if "--name" in argv[:-1] else USUAL_KERNEL
        return parts[:4] == (*KERNELS, kernel)
    if _asked_for(argv) is not None:
        return half and bool(parts) and parts[0].lower() in FILLED
    return True


def is_condas(argv: Sequence[str]) -> bool:
    """Whether it is conda, or one of its kind, that does this."""
    return grammar.is_conda(argv[0])


def distributions(argv: Sequence[str], python: Interpreter, names: Collection[str]) -> set[str]:
    """Those of these distributions that the command has installed: what it was asked for, and what
    that needs, as it is installed now. All, where its words do not say.
    """
    asked = _asked_for(argv)
    if asked is None:
        return set(names)
    reached: set[str] = set()
    left = [*asked]
    while left:
        name = left.pop()
        if name in reached:
            continue
        reached.add(name)
        distribution = python.installed.get(name)
        needs = distribution.requires if distribution is not None else ()
        left += [normal_name(name_of(line)) for line in needs]
    return set(names) & reached


def _asked_for(argv: Sequence[str]) -> list[str] | None:
    """The distributions that a command is asked for. None for one that is not known, and where its
    words are files and addresses.
    """
    words = _module(argv) or tuple(argv[1:])
    if words and words[0] in OF_PYTHON:
        return OF_PYTHON[words[0]]
    if words[:1] != ("pip",) or "install" not in words[1:2]:
        return None
    asked = [
        word
        for before, word in itertools.pairwise(words[1:])
        if before not in VALUED and not word.startswith("--")
    ]
    if not asked or any(PATHS.search(word) or word.startswith("-") for word in asked):
        return None
    return [normal_name(name_of(word)) for word in asked]


def _module(argv: Sequence[str]) -> tuple[str, ...]:
    """The module that a Python is told to run, and the words for it."""
    words = tuple(word for word in argv[1:] if word not in AWAY_FROM_THE_FOLDER)
    return words[1:] if words[:1] == ("-m",) else ()
