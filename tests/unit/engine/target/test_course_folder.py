"""Which folder is the course's, and which environments lie in it or are named for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.environment import Located
from envcheck.target.course_folder import course_folders, own_environments
from envcheck.target.locate import locate


@pytest.mark.parametrize("mark", [".git", "pyproject.toml", "envcheck.toml"])
def test_course_folder(mark: str, tmp_path: Path) -> None:
    """Parents count up to the nearest marked folder; a mark in this folder makes it the course
    folder.
    """
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    (tmp_path / "a" / mark).touch()
    assert course_folders(deep, {}) == [deep, deep.parent, tmp_path / "a"]
    (deep / mark).touch()
    assert course_folders(deep, {}) == [deep]


@pytest.mark.parametrize("mark", [".git", "pyproject.toml", "envcheck.toml"])
@pytest.mark.parametrize("above", [False, True])
def test_the_home_is_no_course_by_a_mark(mark: str, above: bool, tmp_path: Path) -> None:
    """People keep their settings in a `.git` there: the folder where the learner stands is the
    course's then. Who stands in the home itself is in the home.
    """
    home = tmp_path / "home" / "ada"
    (home / "ml" / "week1").mkdir(parents=True)
    (tmp_path / "link").symlink_to(home, target_is_directory=True)
    ((home.parent if above else home) / mark).mkdir()
    for variable in (home, tmp_path / "link"):
        variables = {"HOME": str(variable), "USERPROFILE": str(variable)}
        assert course_folders(home / "ml" / "week1", variables) == [home / "ml" / "week1"]
        assert course_folders(home, variables) == [home]
    (home / "ml" / mark).touch()
    assert course_folders(home / "ml" / "week1", variables)[-1] == home / "ml"


def environment(place: Path) -> Path:
    place.mkdir(parents=True)
    (place / "pyvenv.cfg").touch()
    return place


@pytest.mark.parametrize("relative", [True, False])
def test_the_environment_that_uv_is_told_of(relative: bool, tmp_path: Path) -> None:
    """It goes before `.venv` in a project of uv's, and counts nowhere else."""
    course, other = tmp_path / "course", tmp_path / "plain"
    inside, named = environment(course / ".venv"), environment(tmp_path / "w" / ".venv")
    (course / "uv.lock").touch()
    (course / "pyproject.toml").touch()
    other.mkdir()
    value = "../w/.venv" if relative else str(named)
    variables = {"UV_PROJECT_ENVIRONMENT": value, "PATH": "", "HOME": str(tmp_path)}
    assert own_environments(course, variables) == [named, inside]
    assert own_environments(other, variables) == []
    located = locate(None, variables, course)
    assert located == Located(
        (str(named / "bin" / "python"),),
        "the environment that UV_PROJECT_ENVIRONMENT names",
        inactive=located.inactive,
    )
    assert own_environments(course, {**variables, "UV_PROJECT_ENVIRONMENT": "gone"}) == [inside]
