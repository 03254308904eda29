"""What a project depends on."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.declared.reading import read
from envcheck.errors import UsageProblem


def test_dependencies(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "x"\ndependencies = ["numpy>=2", "a @ https://example.org/a.whl"]\n'
    )
    assert [one.requirement for one in read(tmp_path, "pyproject.toml").packages] == [
        "numpy>=2",
        "a",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no list of dependencies"),
        ("[project\n", "it is not TOML"),
        ("[project]\ndependencies = [1]\n", "must be a text"),
        ('[project]\ndependencies = ["a b"]\n', "no package with versions"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(UsageProblem, match=message):
        read(tmp_path, "pyproject.toml")


def test_another_kind_of_file(tmp_path: Path) -> None:
    (tmp_path / "packages.xlsx").touch()
    with pytest.raises(UsageProblem, match="none of the lists"):
        read(tmp_path, "packages.xlsx")
