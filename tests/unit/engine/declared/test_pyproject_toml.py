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
    "text",
    [
        '[project]\ndependencies = ["kit @ https://example.org/kit.whl"]\n',
        '[tool.poetry.dependencies]\nkit = { git = "https://example.org/kit.git" }\n',
        '[tool.poetry.dependencies]\nkit = { url = "https://example.org/kit.whl" }\n',
    ],
)
def test_what_comes_from_an_address_is_asked_of_no_index(tmp_path: Path, text: str) -> None:
    """There the name may be somebody else's."""
    (tmp_path / "pyproject.toml").write_text(text)
    rows = read(tmp_path, "pyproject.toml").packages
    assert [(row.requirement, row.on_index) for row in rows] == [("kit", False)]


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


@pytest.mark.parametrize("where", ["the member", "the root", "neither"])
def test_what_uv_takes_from_elsewhere_is_of_no_index(where: str, tmp_path: Path) -> None:
    """By what the file itself says, or the root of the workspace; another index is not the public one."""
    sources = """
[tool.uv.sources]
Course_Kit = { workspace = true }
here = [{ path = "../here", marker = "os_name == 'posix'" }]
there = { git = "https://example.org/there" }
torch = { index = "pytorch" }
"""
    (tmp_path / "ch1").mkdir()
    member = '[project]\ndependencies = ["course.kit>=1", "here", "there", "torch", "six"]\n'
    root = "[tool.uv.workspace]\nmembers = ['ch1']\n"
    (tmp_path / "ch1" / "pyproject.toml").write_text(
        member + (sources if where == "the member" else "")
    )
    (tmp_path / "pyproject.toml").write_text(root + (sources if where == "the root" else ""))
    rows = read(tmp_path, "ch1/pyproject.toml").packages
    on_index = {row.requirement for row in rows if row.on_index}
    if where == "neither":
        assert len(on_index) == len(rows) == 5
    else:
        assert on_index == {"six"}
