"""Lists of folders in one variable."""

from __future__ import annotations

import pytest

from envcheck.path_lists import joined, parts


@pytest.mark.parametrize(
    ("system", "value", "found"),
    [
        ("win32", r"C:\a;;D:\b;", [r"C:\a", r"D:\b"]),
        ("win32", r'"C:\Program Files\Git";""', [r"C:\Program Files\Git"]),
        ("win32", r'"C:\a;b\bin";C:\c', [r"C:\a;b\bin", r"C:\c"]),
        (
            "win32",
            r'C:\"Program Files"\Git;"C:\open;D:\b',
            [r"C:\Program Files\Git", r"C:\open", r"D:\b"],
        ),
        ("linux", "/a::/b;c", ["/a", "/b;c"]),
        ("darwin", '/Volumes/"x":/b', ['/Volumes/"x"', "/b"]),
        ("", "", []),
    ],
)
def test_each_system_parts_its_own(system: str, value: str, found: list[str]) -> None:
    assert parts({"PATH": value}, "PATH", system) == found
    quoted = [f'"{part}"' if system == "win32" else part for part in found]
    assert parts({"PATH": joined(quoted, system)}, "PATH", system) == found


def test_the_system_is_ours_where_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert parts({"X": r"C:\a;b"}, "X") == [r"C:\a", "b"]
    assert joined([r"C:\a", "b"]) == r"C:\a;b"
