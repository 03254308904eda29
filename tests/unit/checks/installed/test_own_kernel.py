"""What `ipykernel install` would delete is moved aside before, and only that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Rename, Run, Step
from envcheck.fixes.backup import move_aside
from envcheck.target.interpreter import Interpreter
from envcheck_checks.installed import own_kernel

LAUNCHES = ["-m", "ipykernel_launcher", "-f", "{connection_file}"]


def spec_at(folder: Path, program: str, *words: str, **more: object) -> Path:
    argv = [program, *(words or LAUNCHES)]
    return file_at(folder / "kernel.json", json.dumps({"argv": argv, **more})).parent


def kinds(steps: tuple[Step, ...]) -> list[type[Step]]:
    return [type(step) for step in steps]


@pytest.fixture
def python(tmp_path: Path) -> Interpreter:
    return python_at(tmp_path / "venv")


@pytest.fixture
def own(python: Interpreter) -> Path:
    return Path(python.prefix, "share/jupyter/kernels/python3")


def test_nothing_is_in_the_way(python: Interpreter) -> None:
    """One line installs it."""
    (install,) = own_kernel.give(python).steps
    assert install == Run((python.executable, "-m", "ipykernel", "install", "--sys-prefix"))
    (named,) = own_kernel.give(python, "ml").steps
    assert named == Run((*install.argv, "--name", "ml"))


def test_its_own_dead_one_is_kept(python: Interpreter, own: Path) -> None:
    spec_at(own, "/gone/python")
    steps = own_kernel.replace(python, own).steps
    assert kinds(steps) == [Rename, Run]
    assert steps[0] == move_aside(own)


def test_a_file_or_a_dead_link_is_in_the_way_too(python: Interpreter, own: Path) -> None:
    """ipykernel's command ends at either."""
    own.parent.mkdir(parents=True)
    own.symlink_to(own.parent / "gone")
    assert kinds(own_kernel.give(python).steps) == [Rename, Run]


@pytest.mark.parametrize("program", ["python", "{scripts}/python", "{scripts}/python3"])
def test_what_the_environment_has_stays(python: Interpreter, own: Path, program: str) -> None:
    """Behind the learner's own spec stands a good one: nothing is installed."""
    program = program.replace("{scripts}", python.scripts)
    spec_at(own, program, "-Xfrozen_modules=off", *LAUNCHES, env={}, metadata={"debugger": True})
    users = spec_at(own.parents[4] / "home/kernels/python3", "/usr/bin/python3")
    assert kinds(own_kernel.replace(python, users).steps) == [Rename]


@pytest.mark.parametrize(
    ("argv", "changes"),
    [
        (("/gone/python",), {}),
        (("python", "-m", "wrapper"), {}),
        (("python",), {"env": {"PYTHONPATH": "/old"}}),
        (("python",), {"metadata": {"kernel_provisioner": {"provisioner_name": "campus"}}}),
    ],
)
def test_what_the_environment_has_is_no_better(
    python: Interpreter, own: Path, argv: tuple[str, ...], changes: dict[str, Any]
) -> None:
    """Another Python, a command of somebody's own, variables, a starter: it is replaced as well."""
    users = spec_at(own.parents[4] / "home/kernels/python3", "/usr/bin/python3")
    spec_at(own, *argv, **changes)
    steps = own_kernel.replace(python, users).steps
    assert kinds(steps) == [Rename, Rename, Run]


@pytest.mark.parametrize(
    ("variable", "inside"),
    [
        ("JUPYTER_DATA_DIR", ""),
        ("XDG_DATA_HOME", "jupyter"),
        ("APPDATA", "jupyter"),
        ("", ".local/share/jupyter"),
        ("", "Library/Jupyter"),
    ],
)
def test_a_users_kernel_gets_a_name_that_is_free(
    tmp_path: Path, python: Interpreter, variable: str, inside: str
) -> None:
    """Wherever Jupyter keeps them; this Python's own may be written anew."""
    data = tmp_path / ("data" if variable else "home")
    named: dict[str, Any] = {variable: str(data)} if variable else {}
    env = on("linux", tmp_path, python, **named)
    assert own_kernel.give_to_user(env, python, "course").argv[-3:] == (
        "--user",
        "--name",
        "course",
    )
    spec_at(data / inside / "kernels/course", "/other/python")
    spec_at(data / inside / "kernels/course-2", "/other/python")
    assert own_kernel.give_to_user(env, python, "course").argv[-1] == "course-3"
    spec_at(data / inside / "kernels/course-2", f"{python.scripts}/python")
    assert own_kernel.give_to_user(env, python, "course").argv[-1] == "course-2"
