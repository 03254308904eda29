"""A frozen value with some of its parts exchanged."""

from __future__ import annotations

from typing import Any

from envcheck.model import Fix, Run, Tell
from envcheck.run.rebuild import with_parts

FIX = Fix("mend", (Run(("pip", "install")), Tell("wait")))


def louder(value: Any) -> Any:
    """Every text in capitals, however deep."""
    return value.upper() if type(value) is str else with_parts(value, louder)


def test_every_part_is_reached() -> None:
    assert louder(FIX) == Fix("MEND", (Run(("PIP", "INSTALL")), Tell("WAIT")))


def test_what_stays_is_the_same_value() -> None:
    assert with_parts(FIX, lambda item: item) is FIX
    assert with_parts(7, louder) == 7
