"""Which variants of a test run in every `scripts/test`, and which only where all are asked for, as
in CI.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def variants(values: Iterable[Any], always: Collection[Any]) -> list[Any]:
    """Parameters for `pytest.mark.parametrize`: those that are not in `always` are
    marked `whole`.
    """
    return [
        pytest.param(value, marks=[] if value in always else [pytest.mark.whole])
        for value in values
    ]
