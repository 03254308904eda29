"""Words put together as a sentence has them."""

from __future__ import annotations

from collections.abc import Sequence


def listed(names: Sequence[str]) -> str:
    """`numpy`, `numpy and pandas`, `numpy, pandas and seaborn`; empty for no names."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
