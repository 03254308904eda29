"""Words put together as a sentence has them."""

from __future__ import annotations

from collections.abc import Sequence


def listed(names: Sequence[str]) -> str:
    """`numpy`, `numpy and pandas`, `numpy, pandas and seaborn`; empty for no names."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def reasoned(what: str, why: str) -> str:
    """`what: why`; without a reason no colon waits for one."""
    return f"{what}: {why}" if why.strip() else what


def number_of(count: float, word: str) -> str:
    """`1 day`, `2 days`, `0.5 days`."""
    figures = str(count) if isinstance(count, int) else f"{count:g}"
    return f"{figures} {word}{'' if count == 1 else 's'}"
