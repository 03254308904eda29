"""The line that installs from a course's own list."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import on, python_at

from envcheck.fixes import by_list


@pytest.mark.parametrize(
    ("listed", "text", "line"),
    [
        ("requirements.txt", "", "-m pip install -r /"),
        ("pyproject.toml", "[project]\nname = 'a'\n", "-m pip install /"),
        ("pyproject.toml", "[project]\n[tool.uv.sources]\n", "uv sync --project /"),
        ("pyproject.toml", "[tool.poetry]\nname = 'a'\n", "poetry install --no-root --directory /"),
        ("environment.yml", "", "conda env update --file /"),
        ("Pipfile", "", "pipenv install"),
    ],
)
@pytest.mark.parametrize("kind", ["venv", "system"])
def test_whose_line_it_is(listed: str, text: str, line: str, kind: str, tmp_path: Path) -> None:
    """A manager's only where the list is of its project; pip never changes a Python of the system's."""
    course = tmp_path / "course"
    course.mkdir()
    (course / listed).write_text(text)
    python = python_at(tmp_path / "venv", {"pip": "25"}, kind=kind)
    written = by_list.line(on("linux", tmp_path, python), python, course / listed)
    if kind == "system" and "-m pip" in line:
        assert written == ""
    else:
        assert line in written
        assert ("uv" in written) == ("uv sync" in line)
