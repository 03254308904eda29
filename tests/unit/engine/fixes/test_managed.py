"""In a project with a manager what is declared is installed by it, and what is not is declared with
it: never past it, and never by a program.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.described_machines import file_at
from tests.unit.described_projects import FILES, made

from envcheck import Rename, Run, Tell, UsePython
from envcheck.environment import Environment
from envcheck.fixes import advice
from envcheck.target.interpreter import interpreter as interpreter_of
from envcheck.testing import described, interpreter

OPTIONS = ("--upgrade", "--force-reinstall", "--no-deps", "--no-cache-dir")
NAMES = ("pandas", "pandas>=2", "numpy==1.0", "seaborn", "jupyter_client[test]>=8", "matplotlib")


def lines(env: Environment, *requirements: str) -> list[str]:
    """What `install` prints for the target of this machine."""
    fix = advice.install(env, interpreter_of(env), requirements)
    return [" ".join(step.argv) for step in fix.steps if isinstance(step, Run)]


@pytest.mark.parametrize(
    ("program", "declared", "not_declared"),
    [
        ("uv", "uv sync", "uv add seaborn>=0.12"),
        ("poetry", "poetry install --no-root", "poetry add seaborn>=0.12"),
        ("pdm", "pdm install --no-self", "pdm add --no-self seaborn>=0.12"),
        ("pipenv", "pipenv install", "pipenv install seaborn>=0.12"),
        ("pixi", "pixi install", "pixi add seaborn>=0.12"),
        ("rye", "rye sync", "rye add --sync seaborn>=0.12"),
    ],
)
def test_what_is_declared_is_installed_and_what_is_not_is_declared(
    program: str, declared: str, not_declared: str, tmp_path: Path
) -> None:
    """Also what only the lock names: numpy, which pandas needs."""
    env, _ = made(program, tmp_path)
    assert lines(env, "pandas>=1.0") == [declared]
    assert lines(env, "numpy") == [declared]
    assert lines(env, "seaborn>=0.12") == [not_declared]
    assert lines(env, "pandas", "seaborn>=0.12") == [declared, not_declared]


@pytest.mark.parametrize(
    ("program", "line"),
    [
        ("uv", "uv sync --extra plots"),
        ("poetry", "poetry install --no-root --with plots"),
        ("pdm", "pdm install --no-self --group plots"),
        ("pipenv", "pipenv install --dev"),
    ],
)
def test_what_is_declared_for_some_only_is_asked_for(
    program: str, line: str, tmp_path: Path
) -> None:
    env, _ = made(program, tmp_path)
    assert lines(env, "matplotlib") == [line]


def test_uv_keeps_what_it_would_take_away(tmp_path: Path) -> None:
    """What pip had put there, and what belongs to an extra that is not asked for now."""
    env, _ = made("uv", tmp_path, {"seaborn": "0.13.0"})
    assert lines(env, "pandas") == ["uv sync --inexact"]
    env, _ = made("uv", tmp_path, {"pillow": "10.0.0"})
    assert lines(env, "pandas") == ["uv sync --inexact"]
    assert lines(env, "matplotlib") == ["uv sync --extra plots"]
    env, _ = made("uv", tmp_path, {"my-work": "0", "numpy": "2.0.0", "pip": "24.0"})
    assert lines(env, "pandas") == ["uv sync"]


def test_a_locked_version_that_will_not_do_is_declared_anew(tmp_path: Path) -> None:
    """A newer one is asked for: the lock has it already, has an older one, or may go on."""
    env, _ = made("uv", tmp_path, {"pandas": "1.0", "numpy": "2.0.0"})
    assert lines(env, "--upgrade", "pandas>=2") == ["uv sync"]
    assert lines(env, "--upgrade", "numpy>=3") == ["uv add numpy>=3"]
    assert lines(env, "--upgrade", "numpy") == ["uv sync --upgrade-package numpy"]


def test_what_is_damaged_is_installed_again_as_it_is_locked(tmp_path: Path) -> None:
    """By the manager's own word for it; else it is told that it is not there."""
    env, _ = made("uv", tmp_path, {"pandas": "2.2.0", "numpy": "2.0.0"})
    again = ("--force-reinstall", "--no-deps", "pandas==2.2.0", "numpy==2.0.0")
    assert lines(env, *again) == ["uv sync --reinstall-package pandas --reinstall-package numpy"]
    env, python = made("poetry", tmp_path, {"pandas": "2.2.0", "numpy": "2.0.0"})
    aside, install = advice.install(env, python, ["--force-reinstall", "pandas==2.2.0"]).steps
    assert isinstance(aside, Rename)
    assert aside.source.endswith("pandas-2.2.0.dist-info")
    assert isinstance(install, Run)
    assert install.argv == ("poetry", "install", "--no-root")


def test_from_another_folder_the_project_is_named(tmp_path: Path) -> None:
    for program in ("uv", "pdm"):
        env, _ = made(program, tmp_path / program, standing="elsewhere")
        assert lines(env, "pandas")[0].endswith(f" --project {tmp_path / program / 'project'}")
    env, python = made("pipenv", tmp_path / "pipenv", standing="elsewhere")
    first, _ = advice.install(env, python, ["pandas"]).steps
    assert first == Tell(f"Go to the folder of the project, {tmp_path / 'pipenv' / 'project'}.")


def test_a_manager_that_is_gone_is_installed_first(tmp_path: Path) -> None:
    """It made the environment; pip would leave its files behind."""
    env, python = made("uv", tmp_path, has_program=False)
    first, sync = advice.install(env, python, ["pandas"]).steps
    assert isinstance(first, Tell)
    assert first.text.startswith("Install uv, https://docs.astral.sh/uv/")
    assert first.text.endswith(", then open a new terminal.")
    assert sync == Run(("uv", "sync"))


def test_hatch_reads_its_file_whenever_it_runs(tmp_path: Path) -> None:
    """It has no word for adding: a person writes into its file."""
    env, python = made("hatch", tmp_path)
    assert lines(env, "pandas") == ["hatch run python --version"]
    tell, run = advice.install(env, python, ["seaborn>=0.12"]).steps
    assert isinstance(tell, Tell)
    assert '"seaborn>=0.12"' in tell.text
    assert run == Run(("hatch", "run", "python", "--version"))


def test_a_project_without_its_environment_gets_it_from_its_manager(tmp_path: Path) -> None:
    """A fresh clone, and a Python of the system: no `.venv` is made past the manager."""
    env, _ = made("uv", tmp_path)
    (tmp_path / "project" / ".venv").rmdir()
    system = interpreter(kind="system", prefix="/usr")
    fix = advice.install(env, system, ["pandas>=1.0", "seaborn"])
    inside = tmp_path / "project" / ".venv" / "bin" / "python"
    assert fix.steps == (
        Run(("uv", "sync")),
        Run(("uv", "add", "seaborn")),
        UsePython(str(inside), "venv"),
    )
    assert not fix.automatic


@pytest.mark.parametrize("program", ["uv", "pdm", "rye"])
def test_a_broken_environment_in_the_projects_folder_is_moved_aside(
    program: str, tmp_path: Path
) -> None:
    """A `.venv` without its Python: its manager makes a new one."""
    env, python = made(program, tmp_path)
    file_at(Path(python.prefix, "pyvenv.cfg"))
    fix = advice.new_environment(env, interpreter(kind="system", prefix="/usr"), ["pandas"])
    first, *others = fix.steps
    assert isinstance(first, Rename) and first.source == python.prefix
    assert others[-1] == UsePython(str(Path(python.prefix, "bin/python")), "venv")


@pytest.mark.parametrize("program", sorted(FILES))
@pytest.mark.parametrize("has_program", [True, False])
def test_an_environment_that_is_kept_for_the_project_is_filled_by_its_manager(
    program: str, has_program: bool, tmp_path: Path
) -> None:
    """From a Python of the system: no second one is made beside it, whoever keeps it wherever, but
    where uv, Rye or PDM, whose own is a `.venv` like any other, is not there to fill it.
    """
    env, python = made(program, tmp_path, has_program=has_program)
    file_at(Path(python.prefix, "conda-meta/history" if program == "pixi" else "pyvenv.cfg"))
    fix = advice.install(env, interpreter(kind="system", prefix="/usr"), ["pandas>=1.0"])
    runs = [step.argv for step in fix.steps if isinstance(step, Run)]
    if has_program or program not in ("uv", "rye", "pdm"):
        assert [argv[0] for argv in runs] == [program]
        assert not fix.automatic
        assert not [step for step in fix.steps if isinstance(step, Rename)] or program in (
            "uv",
            "pdm",
            "rye",
        )
    else:
        assert isinstance(fix.steps[0], Rename) and not fix.automatic
    if program == "pixi":
        assert isinstance(fix.steps[-1], Tell) and fix.steps[-1].typed == "pixi shell"


@pytest.mark.parametrize("program", ["poetry", "pipenv", "pixi", "hatch"])
def test_a_manager_that_keeps_them_apart_makes_the_first_one_too(
    program: str, tmp_path: Path
) -> None:
    """Where it will be, only it knows: the next run finds it."""
    env, _ = made(program, tmp_path)
    fix = advice.install(env, interpreter(kind="system", prefix="/usr"), ["pandas>=1.0"])
    assert [step.argv[0] for step in fix.steps if isinstance(step, Run)] == [program]
    assert isinstance(fix.steps[-1], Tell) and "Run envcheck again" in fix.steps[-1].text
    assert not fix.automatic


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    program=st.sampled_from(sorted(FILES)),
    options=st.lists(st.sampled_from(OPTIONS), unique=True),
    names=st.lists(st.sampled_from(NAMES), min_size=1, unique=True),
    there=st.dictionaries(st.sampled_from(["pandas", "numpy", "seaborn", "pip"]), st.just("1.0")),
    has_program=st.booleans(),
)
def test_nothing_is_installed_past_the_manager(
    program: str,
    options: list[str],
    names: list[str],
    there: dict[str, str],
    has_program: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Whatever is asked for: no pip, no program carries it out, and there is always a step."""
    root = tmp_path_factory.mktemp("project")
    env, python = made(program, root, there, has_program=has_program)
    fix = advice.install(env, python, [*options, *names])
    runs = [step.argv for step in fix.steps if isinstance(step, Run)]
    commands = [*runs, advice.install_command(env, python, [*options, *names])]
    assert runs
    assert [argv for argv in commands if argv[0] != program or "pip" in argv] == []
    assert not fix.automatic


def test_other_environments_are_not_the_managers(tmp_path: Path) -> None:
    """Another project's, and one that pip filled where a manager that is not here has its files."""
    env, _ = made("uv", tmp_path)
    other = interpreter(prefix=str(tmp_path / "other"))
    fix = advice.install(env, other, ["pandas"])
    assert not fix.automatic and "have uv make this project's environment" in fix.title
    assert not any(str(tmp_path / "other") in str(step) for step in fix.steps)
    env, _ = made("uv", tmp_path / "b", has_program=False)
    plain = interpreter(prefix=str(tmp_path / "b" / "project" / ".venv"))
    alone = described(variables={"HOME": str(tmp_path), "PATH": ""}, folder=env.folder)
    assert advice.install(alone, plain, ["pandas"]).automatic
