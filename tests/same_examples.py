"""A property has the same examples wherever and after whatever it is played.

Hypothesis mixes into its strings and numbers the constants of every module of the project that has
been loaded so far (`hypothesis.internal.conjecture.providers`): a worker that has played other tests
before would try other examples. `--hypothesis-profile=search` looks for new ones, with them.
"""

from __future__ import annotations

import sys

from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

NAME = "_get_local_constants"


def leave_local_constants_out() -> None:
    """From now on, unless the run searches."""
    if not any("hypothesis-profile=search" in word for word in sys.argv):
        setattr(providers, NAME, Constants)
