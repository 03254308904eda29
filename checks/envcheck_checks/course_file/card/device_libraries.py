"""Which libraries for graphics cards a chapter's packages name, or need."""

from __future__ import annotations

from collections.abc import Iterable

from envcheck.module_names import same
from envcheck.target.interpreter import Interpreter
from envcheck_checks.installed.requirements import closure, needed_by

# The names of their builds that compute on a card, on the index and in conda's channels.
LIBRARIES = {
    "torch": "torch",
    "pytorch": "torch",
    "pytorch-cuda": "torch",
    "pytorch-gpu": "torch",
    "tensorflow": "tensorflow",
    "tensorflow-gpu": "tensorflow",
    "tensorflow-macos": "tensorflow",
    "jax": "jax",
    "jaxlib": "jax",
}


def libraries_of(python: Interpreter, names: Iterable[str]) -> tuple[str, ...]:
    """Those that stand among these normalised names; where none does, those that the packages need in
    turn, as `lightning` needs PyTorch. None where these do not either.
    """
    own = tuple(names)
    needed = needed_by(python, closure(python, own))
    return _libraries(own) or _libraries(map(same, sorted(needed)))


def _libraries(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(LIBRARIES[name] for name in names if name in LIBRARIES))
