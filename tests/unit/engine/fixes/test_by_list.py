"""The line that installs from a course's own list."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck.declared import reading
from envcheck.fixes import by_list

PLAIN, UVS = "[project]\nname = 'a'\n", "[project]\n[tool.uv.sources]\n"
PIXIS = "[project]\n[tool.pixi.workspace]\n"


def line(folder: Path, listed: str, kind: str = "venv", **beside: str) -> str:
    """For a list in the folder of a course, and what lies beside it there, by its name with `_`."""
    python = python_at(folder / "venv", {"pip": "25"}, kind=kind)
    env = on("linux", folder, python)
    for name, text in beside.items():
        file_at(env.folder / name.replace("_", "."), text)
    return by_list.line(env, python, env.folder / listed)


@pytest.mark.parametrize(
    ("listed", "text", "expected"),
    [
        ("requirements.txt", "", "-m pip install -r /"),
        ("pyproject.toml", PLAIN, "-m pip install /"),
        ("pyproject.toml", UVS, "uv sync --project /"),
        ("pyproject.toml", PIXIS, "pixi install --manifest-path /"),
        ("pyproject.toml", "[tool.poetry]\nname = 'a'\n", "poetry install --no-root --directory /"),
        ("environment.yml", "", "conda env update --file /"),
        ("pixi.toml", "", "pixi install --manifest-path /"),
        ("Pipfile", "", "pipenv install"),
    ],
)
@pytest.mark.parametrize("kind", ["venv", "system"])
def test_whose_line_it_is(listed: str, text: str, expected: str, kind: str, tmp_path: Path) -> None:
    """A manager's only where the list is of its project; pip never changes a Python of the system's."""
    written = line(tmp_path, listed, kind, **{listed.replace(".", "_"): text})
    if kind == "system" and "-m pip" in expected:
        assert written == ""
    else:
        assert expected in written
        assert ("uv" in written) == ("uv sync" in expected)


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("pixi.toml", "pixi install --manifest-path /"),
        ("Pipfile", "pipenv install"),
        ("pyproject.toml", "-m pip install /"),
        ("setup.cfg", "-m pip install /"),
    ],
)
@pytest.mark.parametrize("pyproject", [PLAIN, UVS])
def test_what_lies_beside_a_list_is_another_list(
    listed: str, pyproject: str, expected: str, tmp_path: Path
) -> None:
    """A manager reads its own: the line is that of who reads this one."""
    if (listed, pyproject) == ("pyproject.toml", UVS):
        expected = "uv sync --project /"
    beside = {"pixi_toml": "", "Pipfile": "", "setup_cfg": "", "pyproject_toml": pyproject}
    assert expected in line(tmp_path, listed, **beside)


@pytest.mark.parametrize("listed", [*reading.READERS, "pyproject.toml"])
def test_pip_is_given_no_folder_that_it_refuses(listed: str, tmp_path: Path) -> None:
    """It takes one that has a pyproject.toml with a project in it, or a setup.py."""
    written = line(tmp_path, listed, **{listed.replace(".", "_"): "[dependency-groups]\n"})
    assert "pip install" not in written


def test_pip_installs_what_a_setup_py_makes(tmp_path: Path) -> None:
    assert "-m pip install /" in line(tmp_path, "setup.cfg", setup_cfg="", setup_py="")


def test_pipenv_makes_no_list_where_there_is_none(tmp_path: Path) -> None:
    """It knows no word for another folder: where the learner does not stand in the course's, no line."""
    python = python_at(tmp_path / "venv", {"pip": "25"})
    listed = file_at(tmp_path / "course" / "Pipfile")
    assert by_list.line(on("linux", tmp_path, python), python, listed) == ""


def test_a_list_that_would_bring_a_stranger_s_package(tmp_path: Path) -> None:
    """Nobody is given a line for it, whoever reads such a list."""
    assert line(tmp_path, "requirements.txt", requirements_txt="numpy\nsklearn\n") == ""
    pip = "dependencies:\n  - pip:\n    - docx\n"
    assert line(tmp_path, "environment.yml", environment_yml=pip) == ""
