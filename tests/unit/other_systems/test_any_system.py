"""What a learner meets on any system, decided from what the machine says of itself; each beside the
same machine in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import WHOLE, command_at, diagnosed, file_at, on, python_at

from envcheck.testing import interpreter, passes, warns
from envcheck_checks.cells import failed_cell
from envcheck_checks.diagnosis.failure import Failure, Retry
from envcheck_checks.index.config_files import Setting
from envcheck_checks.index.facts import Asked, Facts, Trouble
from envcheck_checks.index.settings import Settings
from envcheck_checks.interference.trials import Removed
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.kernel.answers import End, Execution
from envcheck_checks.network.diagnose import diagnose
from envcheck_checks.packages import openmp
from envcheck_checks.python import conda
from envcheck_checks.python.check import python

COMMENTS = """{
  // the course's own settings
  "editor.rulers": [80], /* "python.defaultInterpreterPath": "/not/this", */
  "%s": "%s",
}
"""


def with_settings(
    tmp_path: Path, named: str, key: str = "python.defaultInterpreterPath"
) -> list[str]:
    target = interpreter(prefix=str(tmp_path / "work/.venv"))
    file_at(tmp_path / "work/.vscode/settings.json", COMMENTS % (key, named))
    outcome = python().examine(on("linux", tmp_path, target))
    return [one.code for one in getattr(outcome, "warnings", ())]


def test_vscode_wrong_kernel(tmp_path: Path) -> None:
    """The settings of the course folder name another environment, or one that is not there."""
    command_at(tmp_path / "other/bin/python")
    file_at(tmp_path / "other/pyvenv.cfg")
    for named in (
        f"{tmp_path}/other/bin/python",
        f"{tmp_path}/other",
        "${workspaceFolder}/.gone/bin/python",
        "~/gone/bin/python",
    ):
        assert with_settings(tmp_path, named) == ["vscode-other-python"]
    assert with_settings(tmp_path, f"{tmp_path}/other/bin/python", "python.pythonPath") == [
        "vscode-other-python"
    ]


def test_vscode_with_the_course_s_environment(tmp_path: Path) -> None:
    """The same environment under any of its names, and what only VS Code could resolve, are nothing
    to warn of.
    """
    command_at(tmp_path / "work/.venv/bin/python")
    file_at(tmp_path / "work/.venv/pyvenv.cfg")
    for named in (
        "${workspaceFolder}/.venv/bin/python",
        ".venv/bin/python",
        "./.venv",
        "python3",
        "${config:mine}/python",
    ):
        assert with_settings(tmp_path, named) == []
    assert with_settings(tmp_path, "/not/this", "python.linting.pylintPath") == []
    file_at(tmp_path / "work/.vscode/settings.json", '{"python.defaultInterpreterPath": 5')
    passes(python(), on("linux", tmp_path, interpreter(prefix=str(tmp_path / "work/.venv"))))


def test_vscode_shows_where_it_is_written(tmp_path: Path) -> None:
    file_at(
        tmp_path / "work/.vscode/settings.json",
        '{"python.defaultInterpreterPath": "/gone/bin/python"}',
    )
    found = warns(python(), on("linux", tmp_path), "vscode-other-python")
    assert found.evidence.looked_in.endswith("settings.json")
    assert "Select Interpreter" in str(found.fixes)


@pytest.mark.parametrize(
    ("files", "copies"),
    [
        (("Library/bin/libiomp5md.dll", "site/torch/lib/libiomp5md.dll"), 2),
        (("lib/libomp.dylib", "site/sklearn/.dylibs/libomp.dylib"), 2),
        (("lib/libiomp5.so", "site/lightgbm.libs/libomp-a1b2c3.so"), 2),
        (("site/sklearn/.dylibs/libomp.dylib",), 1),
        (("lib/libgomp.so.1", "site/numpy/libompatible.py", "Library/bin/libomptarget.txt"), 0),
    ],
)
def test_openmp_duplicate(tmp_path: Path, files: Sequence[str], copies: int) -> None:
    """A kernel died in a cell: two copies of the runtime, and the same cell works when the runtime
    may be there twice.
    """
    target = python_at(tmp_path, kind="conda-env")
    for name in files:
        file_at(tmp_path / name)
    assert len(openmp.copies(target)) == copies
    env = on("win32", tmp_path, target)
    tried: list[Sequence[Removed]] = []

    def works(changes: Sequence[Removed]) -> bool:
        tried.append(changes)
        return changes == [openmp.ALLOWED]

    died = Failure("the cell fails", died=True, retry=Retry(works))
    never = replace(died, retry=Retry(lambda _: False))
    found = openmp.find_two_runtimes(env, died)
    assert (found.code if found else None) == ("openmp-twice" if copies == 2 else None)
    assert tried == ([[openmp.ALLOWED], []] if copies == 2 else [])
    by_chance = replace(died, retry=Retry(lambda _: True))
    assert openmp.find_two_runtimes(env, by_chance) is None
    assert openmp.find_two_runtimes(env, never) is None
    assert openmp.find_two_runtimes(env, replace(died, died=False)) is None
    allowed = on("win32", tmp_path, target, KMP_DUPLICATE_LIB_OK="TRUE")
    assert openmp.find_two_runtimes(allowed, died) is None


def test_openmp_is_one_file_under_two_names(tmp_path: Path) -> None:
    """A link to it is no second copy, as conda and Homebrew make them."""
    file_at(tmp_path / "lib/libomp.dylib")
    (tmp_path / "site/sklearn").mkdir(parents=True)
    (tmp_path / "site/sklearn/libomp.dylib").symlink_to(tmp_path / "lib/libomp.dylib")
    assert len(openmp.copies(python_at(tmp_path, kind="conda-env"))) == 1


def test_openmp_of_homebrew_beside_a_wheels_own(tmp_path: Path) -> None:
    """LightGBM's and XGBoost's wheels for a Mac load Homebrew's: with torch's own these are two."""
    brewed = file_at(tmp_path / "opt/homebrew/opt/libomp/lib/libomp.dylib")
    own = "site/torch/lib/libomp.dylib"
    file_at(tmp_path / own)

    def found(name: str, *packages: str) -> str:
        python_there = python_at(tmp_path, dict.fromkeys(("torch", *packages), "2.0"))
        env = on(name, tmp_path, python_there)
        retry = Retry(lambda changes: changes == [openmp.ALLOWED])
        diagnosis = openmp.find_two_runtimes(env, Failure("x", died=True, retry=retry))
        return diagnosis.evidence.found if diagnosis else ""

    assert str(brewed) in found("darwin", "lightgbm")
    assert str(brewed) in found("darwin", "xgboost")
    assert found("darwin") == ""  # nothing loads Homebrew's
    assert found("linux", "lightgbm") == ""


def test_openmp_is_asked_for_a_kernel_that_died(
    tmp_path: Path,
) -> None:
    target = python_at(tmp_path, kind="conda-env")
    for name in ("lib/libiomp5.dylib", "site/torch/lib/libomp.dylib"):
        file_at(tmp_path / name)
    env = on("darwin", tmp_path, target, facts={learners_jupyter: LearnersJupyter({}, None)})
    found = diagnosed(
        failed_cell.diagnose(env, "picture", Execution(End.DIED), "OMP: Error #15", bool)
    )
    assert found.code == "openmp-twice"
    assert not found.fixes[0].automatic


WINDOWS_LIST = """name: ml
channels: [conda-forge]
dependencies:
  - python=3.9.7
  - vs2015_runtime=14.27.29016=h5e58377_2
  - conda-forge::numpy=1.21.2=py39hfca59bb_0
  - pip:
      - seaborn==0.11
"""
PLAIN_LIST = "dependencies:\n  - python=3.11\n  - numpy>=1.20\n  - pandas\n"


@pytest.mark.parametrize(
    ("text", "name", "kind", "alarms"),
    [
        (WINDOWS_LIST, "linux", "conda-env", True),
        (WINDOWS_LIST, "darwin", "conda", True),
        (WINDOWS_LIST, "win32", "conda-env", False),
        (WINDOWS_LIST, "linux", "venv", False),
        (PLAIN_LIST, "linux", "conda-env", False),
        ("dependencies:\n  - appnope=0.1.2=py39_1001\n", "win32", "conda-env", True),
    ],
)
def test_conda_env_create_fails(
    tmp_path: Path, text: str, name: str, kind: str, alarms: bool
) -> None:
    """The course folder's list names packages that are made for another system alone."""
    file_at(tmp_path / "work/environment.yml", text)
    found = conda.of_another_system(on(name, tmp_path, interpreter(kind=kind)))
    assert [one.code for one in found] == ["environment-file-other-system"] * alarms


@pytest.mark.parametrize(
    ("version", "alarms"),
    [("4.12.0", True), ("23.9.0", True), ("23.10.0", False), ("24.1.2", False)],
)
def test_conda_solver_slow(tmp_path: Path, version: str, alarms: bool) -> None:
    """Asked only when something is missing: which conda would have to solve it, by what lies in its
    own folder.
    """
    file_at(tmp_path / f"conda/conda-meta/conda-{version}-py311_0.json")
    file_at(tmp_path / "conda/conda-meta/conda-package-handling-2.0-py311_0.json")
    target = interpreter(kind="conda-env", prefix=str(tmp_path / "conda/envs/ml"))
    assert [one.code for one in conda.slow_solver(on("linux", tmp_path, target))] == [
        "conda-solver-slow"
    ] * alarms
    assert conda.slow_solver(on("linux", tmp_path, interpreter())) == []
    assert conda.slow_solver(on("linux", tmp_path, target, CONDA_SOLVER="libmamba")) == []
    file_at(tmp_path / "home/.condarc", "solver: libmamba\n")
    assert conda.slow_solver(on("linux", tmp_path, target)) == []


def test_ipv6_only() -> None:
    """localhost that is ::1 alone is in order: Jupyter listens there too."""
    index = Asked(Setting("https://pypi.org/simple/"), Trouble.NONE)
    alone = diagnose(Facts(Settings(), (index,), localhost=("::1",)))
    assert getattr(alone, "warnings", None) == ()


def test_a_whole_machine_of_each_system_is_silent(tmp_path: Path) -> None:
    for name in ("win32", "darwin", "linux"):
        passes(
            python(),
            on(name, tmp_path, replace(interpreter(packages=WHOLE), base_prefix="/described/base")),
        )
