"""Names of variables: one in any case on Windows, each its own elsewhere."""

from __future__ import annotations

import pytest

from envcheck.variables import changed, in_any_case


@pytest.mark.parametrize("name", ["ProgramData", "PROGRAMDATA"])
def test_a_name_with_small_letters(name: str) -> None:
    assert in_any_case({name: r"D:\shared"}, "ProgramData") == r"D:\shared"
    assert in_any_case({}, "ProgramData") == ""


@pytest.mark.parametrize(
    ("by", "on_windows", "elsewhere"),
    [
        ({"Path": "b"}, {"Path": "b"}, {"PATH": "a", "Path": "b"}),
        ({"path": None}, {}, {"PATH": "a"}),
        ({"PATH": None}, {}, {}),
        ({"Path": None, "PATH": "c"}, {"PATH": "c"}, {"PATH": "c"}),
        ({"OTHER": "x"}, {"PATH": "a", "OTHER": "x"}, {"PATH": "a", "OTHER": "x"}),
    ],
)
def test_what_a_program_is_given(
    by: dict[str, str | None], on_windows: dict[str, str], elsewhere: dict[str, str]
) -> None:
    assert changed({"PATH": "a"}, by, "win32") == on_windows
    assert changed({"PATH": "a"}, by, "linux") == elsewhere
