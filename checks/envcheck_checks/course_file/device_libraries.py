"""Which libraries for graphics cards a chapter's packages name, or need."""

from __future__ import annotations

from collections.abc import Iterable

from envcheck.target.fulfilled import marker_variables
from envcheck.target.interpreter import Interpreter
from envcheck.versions import normal_name, requirement

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
    return _libraries(own) or _libraries(_needed(python, own))


def _libraries(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(LIBRARIES[name] for name in names if name in LIBRARIES))


def _needed(python: Interpreter, names: Iterable[str]) -> list[str]:
    """All that is installed for them, in the order in which it is met."""
    markers, order = marker_variables(python), list(dict.fromkeys(names))
    for name in order:  # it grows while it is read
        there = python.installed.get(name)
        rows = (requirement(text, markers) for text in (there.requires if there else ()))
        needs = dict.fromkeys(normal_name(row.name) for row in rows if row is not None)
        order += [need for need in needs if need not in order]
    return order
