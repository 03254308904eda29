"""Which files and folders of an environment are those of one distribution."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import file_at, python_at

from envcheck_checks.installed.files_of import is_of

RECORD = (
    "kit_lib/__init__.py,,\nkit.py,,\nshared/kit/a.py,,\n../bin/kit,,\n../share/kit/page.html,,\n"
)


@pytest.mark.parametrize("written", [RECORD, "", "\0\0"])
@pytest.mark.parametrize(
    ("place", "listed", "whose"),
    [
        ("site/my_kit-1.0.dist-info", False, True),
        ("site/my_kit-1.0.dist-info/RECORD", False, True),
        ("site/my_kit", False, True),
        ("site/my_kit/data", False, True),
        ("site/kit_lib", True, True),
        ("site/kit.py", True, True),
        ("site/shared", True, True),
        ("site/shared/kit", True, True),
        ("site/../bin/kit", True, True),
        ("share/kit", True, True),
        ("site/shared/other", False, False),
        ("site/kit", False, False),
        ("site/my_kit_more", False, False),
        ("share/other", False, False),
        ("site", False, False),
        (".", False, False),
        ("../venv", False, False),
    ],
)
def test_whose_a_place_is(
    place: str, listed: bool, whose: bool, written: str, tmp_path: Path
) -> None:
    """What it lists only where its list can be read."""
    python = python_at(tmp_path / "venv", {"my-kit": "1.0"})
    kit = replace(python.distributions[0], entry="my_kit-1.0.dist-info")
    file_at(Path(kit.folder, kit.entry, "RECORD"), written)
    assert is_of(kit, tmp_path / "venv" / place) == (whose and (not listed or written == RECORD))
