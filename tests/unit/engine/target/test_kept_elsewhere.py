"""From the folder where the learner stands: which environments its manager keeps for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import command_at, file_at
from tests.unit.described_projects import KINDS, made

from envcheck.target import kept_elsewhere
from envcheck.target.course_folder import course_folders, own_environments
from envcheck.target.project_tools import TOOLS


@pytest.mark.parametrize("program", [tool.program for tool in TOOLS])
def test_each_managers_environment_is_seen_from_the_projects_folder(
    program: str, tmp_path: Path
) -> None:
    """A manager whose environments are known from themselves alone would get a second `.venv`."""
    env, python = made(program, tmp_path)
    place = Path(python.prefix)
    conda = KINDS.get(program) == "conda-env"
    file_at(place / ("conda-meta/history" if conda else "pyvenv.cfg"))
    command_at(place / "bin/python")
    folders = course_folders(env.folder, env.variables)
    kept = [
        (row.place, row.tool.program) for row in kept_elsewhere.environments(env.variables, folders)
    ]
    assert (place, program) in kept or place in own_environments(env.folder, env.variables)
    other = course_folders(tmp_path / "elsewhere", env.variables)
    assert list(kept_elsewhere.environments(env.variables, other)) == []


def test_pixis_default_environment_goes_first(tmp_path: Path) -> None:
    for name in ("a", "default", "z"):
        file_at(tmp_path / ".pixi/envs" / name / "conda-meta/history")
    places = [row.place.name for row in kept_elsewhere.environments({}, [tmp_path])]
    assert places == ["default", "a", "z"]


def test_a_python_of_no_environment_is_none_of_pdms(tmp_path: Path) -> None:
    """`pdm use` writes the path of any Python."""
    file_at(tmp_path / ".pdm-python", "/usr/bin/python3\n")
    assert list(kept_elsewhere.environments({}, [tmp_path])) == []
