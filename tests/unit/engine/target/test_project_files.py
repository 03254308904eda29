"""Files of others: what they declare and lock is read as far as it can be, and never ends a run."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_projects import FILES

from envcheck.target.project_files import Needed, needed, table
from envcheck.target.project_tools import TOOLS, UV


def read(program: str, folder: Path, **changed: str) -> dict[str, Needed]:
    for name, text in {**FILES[program], **changed}.items():
        (folder / name).write_text(text, encoding="utf-8")
    tool = next(tool for tool in TOOLS if tool.program == program)
    return needed(tool, folder, folder)


@pytest.mark.parametrize("program", ["uv", "poetry", "pdm", "pipenv", "pixi", "rye"])
def test_what_is_declared_and_what_that_needs(program: str, tmp_path: Path) -> None:
    found = read(program, tmp_path)
    assert found["pandas"] == Needed("2.2.0")
    assert found["numpy"] == Needed("2.0.0")
    assert "seaborn" not in found


def test_what_an_extra_alone_needs_is_the_extras(tmp_path: Path) -> None:
    """numpy is also pandas's, and is installed without it."""
    found = read("uv", tmp_path)
    assert found["pillow"] == Needed("10.0.0", ("--extra", "plots"))
    assert found["numpy"].options == ()


def test_what_an_extra_of_a_package_needs_is_needed(tmp_path: Path) -> None:
    """As `jsonschema[format-nongpl]`, which Jupyter asks for."""
    lock = """[[package]]
name = "pandas"
version = "2"
[package.optional-dependencies]
fast = [{ name = "numexpr" }]
[[package]]
name = "numexpr"
version = "1"
"""
    assert read("uv", tmp_path, **{"uv.lock": lock})["numexpr"] == Needed("1")


def test_groups_that_uv_installs_by_itself(tmp_path: Path) -> None:
    """`dev`, unless the project says otherwise."""
    groups = "[dependency-groups]\ndev = ['ruff']\ndocs = ['sphinx', {include-group = 'dev'}]\n"
    found = read("uv", tmp_path, **{"pyproject.toml": groups})
    assert (found["ruff"].options, found["sphinx"].options) == ((), ("--group", "docs"))
    chosen = f"{groups}[tool.uv]\ndefault-groups = 'all'\n"
    assert read("uv", tmp_path, **{"pyproject.toml": chosen})["sphinx"].options == ()


@pytest.mark.parametrize(
    "text", ["", "[project", "[project]\ndependencies = 3\n", "project = 1\n", "\0", "{", "[]"]
)
@pytest.mark.parametrize("program", sorted(FILES))
def test_a_file_that_cannot_be_read_says_nothing(program: str, text: str, tmp_path: Path) -> None:
    for name in FILES[program]:
        assert isinstance(read(program, tmp_path, **{name: text}), dict)


def test_a_table_is_toml_or_json(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text('{"a": {"b": 1}}', encoding="utf-8")
    assert table(file) == {"a": {"b": 1}}
    file.write_bytes(b"\xff\xfe")
    assert table(file) == {}
    assert needed(UV, tmp_path / "nowhere", tmp_path / "nowhere") == {}
