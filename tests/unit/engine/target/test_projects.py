"""Which environments belong to a project that a manager has in hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_projects import FILES, made

from envcheck.target.projects import project_here, project_of
from envcheck.testing import described, interpreter


@pytest.mark.parametrize("program", sorted(FILES))
def test_each_managers_own_environment_is_known(program: str, tmp_path: Path) -> None:
    """By its place, by a mark in it, or by what the project's files name."""
    env, python = made(program, tmp_path)
    project = project_of(env, python)
    assert project is not None
    assert (project.tool.program, project.folder) == (program, tmp_path / "project")
    assert (project.program, project.standing) == (program, True)


@pytest.mark.parametrize("program", ["uv", "pdm", "pipenv", "pixi", "rye"])
def test_it_is_known_from_another_folder(program: str, tmp_path: Path) -> None:
    env, python = made(program, tmp_path, standing="elsewhere")
    project = project_of(env, python)
    assert project is not None
    assert not project.standing


def test_the_one_that_made_it_goes_before_one_that_could_have_it(tmp_path: Path) -> None:
    """A project that goes from Poetry to uv has the files of both."""
    env, python = made("uv", tmp_path)
    (tmp_path / "bin" / "poetry").touch(0o755)
    (tmp_path / "project" / "poetry.lock").touch()
    project = project_of(env, python)
    assert project is not None
    assert project.tool.program == "uv"


@pytest.mark.parametrize(
    "text",
    [
        "[project]\nname = 'w'\n",
        "[project]\nname = 'w'\n[tool.uv]\nmanaged = false\n",
        "[project]\nname = 'w'\n[tool.uv.pip]\nindex-url = 'https://example.org'\n",
        "[tool.ruff]\nline-length = 100\n",
    ],
)
def test_a_pyproject_alone_is_no_managers(text: str, tmp_path: Path) -> None:
    """`uv venv` and `uv pip install` are pip's way, whoever runs it."""
    env, python = made("uv", tmp_path)
    (tmp_path / "project" / "uv.lock").unlink()
    (tmp_path / "project" / "pyproject.toml").write_text(text, encoding="utf-8")
    assert project_of(env, python) is None


def test_an_environment_by_another_name_is_not_uvs(tmp_path: Path) -> None:
    """Except by the name that the learner has told it."""
    env, _ = made("uv", tmp_path)
    other = interpreter(kind="uv", prefix=str(tmp_path / "project" / "mine"))
    assert project_of(env, other) is None
    told = described(
        folder=env.folder, variables={**env.variables, "UV_PROJECT_ENVIRONMENT": "mine"}
    )
    assert project_of(told, other) is not None


def test_a_second_environment_is_named(tmp_path: Path) -> None:
    """pixi and Hatch have several for one project."""
    env, _ = made("pixi", tmp_path)
    plots = interpreter(kind="conda-env", prefix=str(tmp_path / "project/.pixi/envs/plots"))
    project = project_of(env, plots)
    assert project is not None
    assert project.chosen == ("--environment", "plots")


def test_a_program_that_the_terminal_does_not_know_is_found_where_it_was_installed(
    tmp_path: Path,
) -> None:
    env, python = made("uv", tmp_path, has_program=False)
    there = tmp_path / "home" / ".local" / "bin" / "uv"
    there.parent.mkdir(parents=True)
    there.touch(0o755)
    project = project_of(env, python)
    assert project is not None
    assert project.program == str(there)


def test_the_project_in_the_folder_has_no_environment_yet(tmp_path: Path) -> None:
    env, _ = made("uv", tmp_path)
    project = project_here(env)
    assert project is not None
    assert project.folder == tmp_path / "project"
    env, _ = made("uv", tmp_path / "b", has_program=False)
    assert project_here(env) is None


@pytest.mark.parametrize("made_by_it", [True, False])
def test_poetrys_own_venv_in_the_folder_says_so(made_by_it: bool, tmp_path: Path) -> None:
    """Its files alone do not: whoever has no Poetry may use pip in a clone of such a project."""
    env, _ = made("poetry", tmp_path, has_program=False)
    place = tmp_path / "project" / ".venv"
    place.mkdir()
    prompt = 'prompt = "w-py3.12"' if made_by_it else 'prompt = "project"'
    (place / "pyvenv.cfg").write_text(f"virtualenv = 21\n{prompt}\n", encoding="utf-8")
    python = interpreter(kind="virtualenv", prefix=str(place))
    assert (project_of(env, python) is not None) == made_by_it
