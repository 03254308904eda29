"""One launcher under two names: hatch takes a file into the wheel once, so the second is a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

LAUNCHERS = Path(__file__).parents[2] / "launcher"


@pytest.mark.parametrize("ending", ["", ".cmd"])
def test_both_names_start_the_same(ending: str) -> None:
    own, copy = LAUNCHERS / f"envcheck{ending}", LAUNCHERS / f"envcheck-course{ending}"
    assert copy.read_bytes() == own.read_bytes(), f"cp -p {own} {copy}"
