"""A property has the same examples wherever and after whatever it is played.

Hypothesis mixes into its strings and numbers the constants of every module of the project that has
been loaded so far (`hypothesis.internal.conjecture.providers`): a worker that has played other tests
before would try other examples. `--hypothesis-profile=search` looks for new ones, with them.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

CONSTANTS = "hypothesis.internal.constants_ast", "Constants"
PROVIDER = "hypothesis.internal.conjecture.providers", "_get_local_constants"


def gone() -> list[str]:
    """The names of Hypothesis's own, which it may change, that are no longer where they were."""
    return [".".join(place) for place in (CONSTANTS, PROVIDER) if _read(*place) is None]


def leave_local_constants_out() -> None:
    """From now on, unless the run searches. Where a name is gone, nothing is changed: that is no reason
    for every test to be red, and tests/guards/test_same_examples.py is.
    """
    if not gone() and not any("hypothesis-profile=search" in word for word in sys.argv):
        module, name = PROVIDER
        setattr(importlib.import_module(module), name, _read(*CONSTANTS))


def _read(module: str, name: str) -> Any:
    try:
        return getattr(importlib.import_module(module), name, None)
    except ImportError:
        return None
