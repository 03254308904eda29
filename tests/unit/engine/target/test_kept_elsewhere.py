"""From the folder where the learner stands: which environments its manager keeps for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import command_at, file_at
from tests.unit.described_projects import KINDS, digest, made

from envcheck.target import kept_elsewhere, project_homes
from envcheck.target.course_folder import course_folders, own_environments
from envcheck.target.project_tools import TOOLS
from envcheck.testing import interpreter


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


def test_pdms_usual_environment_is_the_folders(tmp_path: Path) -> None:
    """PDM writes that one down, too; a broken one is moved aside, as uv's is."""
    file_at(tmp_path / ".venv/pyvenv.cfg")
    for inside in ("bin/python", "Scripts/python.exe"):
        file_at(tmp_path / ".pdm-python", f"{tmp_path / '.venv' / inside}\n")
        assert list(kept_elsewhere.environments({}, [tmp_path])) == []


def hatchs(root: Path, *names: str) -> list[kept_elsewhere.Kept]:
    """What is seen from the project `work` when Hatch has made environments of these names."""
    project, data = root / "work", root / "data"
    file_at(project / "pyproject.toml", "[project]\nname = 'Work'\n[tool.hatch.envs.docs]\n")
    for name in names:
        file_at(data / "env/virtual/work" / digest(project) / name / "pyvenv.cfg")
    return list(kept_elsewhere.environments({"HATCH_DATA_DIR": str(data)}, [project]))


def test_hatchs_default_environment_goes_first(tmp_path: Path) -> None:
    """It has the project's name; each other one is named to Hatch."""
    kept = hatchs(tmp_path, "docs", "work", "zoo")
    assert [row.place.name for row in kept] == ["work", "docs", "zoo"]
    chosen = [project_homes.chosen(row.tool, row.place) for row in kept]
    assert chosen == [(), ("--env", "docs"), ("--env", "zoo")]


@pytest.mark.parametrize("name", ["work", "docs"])
def test_hatch_fills_the_environment_that_is_entered(tmp_path: Path, name: str) -> None:
    """From the folder and from the environment itself, the same words name it."""
    kept = hatchs(tmp_path, name)[0]
    python = interpreter(kind="virtualenv", prefix=str(kept.place))
    around = project_homes.Around(python, (kept.folder,))
    home = next(iter(project_homes.HOMES["hatch"](around)))
    assert home.chosen == project_homes.chosen(kept.tool, kept.place)
