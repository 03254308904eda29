"""The active conda environment without a Python, or gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import command_at, file_at, on

from envcheck import Confidence, Environment, Run, Tell, UsePython
from envcheck.environment import Located
from envcheck.target.locate import ACTIVE_CONDA
from envcheck_checks.python import conda_environment
from envcheck_checks.python.replacement import Wanted

WANTED = Wanted(">=3.10", ("notebook", "jupyter-client>=7"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A conda whose own packages came from conda-forge."""
    command_at(tmp_path / "conda" / "bin" / "conda")
    file_at(
        tmp_path / "conda" / "conda-meta" / "conda-26.7.1-py_0.json",
        '{"channel": "https://conda.anaconda.org/conda-forge/noarch"}',
    )
    return tmp_path / "conda"


def machine(tmp_path: Path, prefix: Path, rule: str = ACTIVE_CONDA, **more: str) -> Environment:
    located = Located((f"{prefix}/bin/python",), rule)
    conda = {"CONDA_EXE": str(tmp_path / "conda/bin/conda"), "CONDA_SHLVL": "1"}
    return on(
        "linux", tmp_path, None, registry={}, facts={}, located=located, CONDA_PREFIX=str(prefix),
        **{"HOME": str(tmp_path), **conda, **more},
    )  # fmt: skip


def test_an_environment_without_python(tmp_path: Path, root: Path) -> None:
    """conda's own line fills it, in conda's names, from where conda itself came from."""
    prefix = root / "envs" / "empty"
    file_at(prefix / "conda-meta" / "history")
    found = conda_environment.diagnose(machine(tmp_path, prefix), WANTED)
    assert found is not None and found.code == "conda-environment-without-python"
    assert found.fixes[0].steps == (
        Run(
            (
                f"{root}/bin/conda", "install", "--yes", "--prefix", str(prefix), "--channel", "conda-forge",
                "python>=3.10", "notebook", "jupyter_client>=7",
            )
        ),
        UsePython(f"{prefix}/bin/python", "conda"),
    )  # fmt: skip


def test_an_environment_that_was_renamed(tmp_path: Path, root: Path) -> None:
    """The one that has everything is used; base comes last."""
    prefix = root / "envs" / "ml"
    env = machine(tmp_path, prefix)
    found = conda_environment.diagnose(env, WANTED)
    assert found is not None and found.code == "conda-environment-gone"
    assert isinstance(found.fixes[0].steps[0], Run)
    assert found.fixes[0].steps[0].argv[1] == "create"
    for name in ("conda", "conda/envs/ml-2026"):
        command_at(tmp_path / name / "bin" / "python")
        file_at(tmp_path / name / "conda-meta" / "history")
        for package in ("notebook-7.2", "jupyter_client-8.0"):
            (tmp_path / name / f"lib/python3.12/site-packages/{package}.dist-info").mkdir(
                parents=True
            )
    (root / "condabin").mkdir()
    renamed = conda_environment.diagnose(env, WANTED)
    assert renamed is not None
    assert renamed.fixes[0].steps == (UsePython(f"{root}/envs/ml-2026/bin/python", "conda"),)


def test_a_folder_that_conda_did_not_make(tmp_path: Path, root: Path) -> None:
    """Nothing is put over somebody's folder unasked."""
    (root / "envs" / "ml").mkdir(parents=True)
    found = conda_environment.diagnose(machine(tmp_path, root / "envs" / "ml"), WANTED)
    assert found is not None and found.fixes[0].confidence is Confidence.ASK


def test_no_conda_that_could_do_it(tmp_path: Path) -> None:
    """A person is told; the Python of some other place is not offered."""
    found = conda_environment.diagnose(machine(tmp_path, tmp_path / "gone"), WANTED)
    assert found is not None and isinstance(found.fixes[0].steps[0], Tell)


def test_not_asked_where_conda_chose_nothing(tmp_path: Path) -> None:
    env = machine(tmp_path, tmp_path / "gone", "python3 on PATH")
    assert conda_environment.diagnose(env, WANTED) is None
