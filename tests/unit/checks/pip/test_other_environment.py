"""A conda environment that has everything, beside a Python that was no choice of the learner's."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, command_at, file_at, on, python_at

from envcheck import UsePython
from envcheck.environment import Located
from envcheck.model import Diagnosis
from envcheck_checks.pip import other_environment

WHOLE = {"notebook": "7.2", "ipykernel": "6.29", "numpy": "2.0.0", "pandas": "2.2.0"}


def environment(place: Path, packages: dict[str, str]) -> Path:
    file_at(place / "conda-meta" / "history")
    command_at(place / "bin" / "python")
    for name, version in packages.items():
        (place / f"lib/python3.12/site-packages/{name}-{version}.dist-info").mkdir(parents=True)
    return place


def found(
    tmp_path: Path, kind: str, rule: str = "python3 on PATH", **more: str
) -> Diagnosis | None:
    python = python_at(tmp_path / "used", {"pip": "24"}, kind=kind)
    located = Located((python.executable,), rule)
    env = on("linux", tmp_path, python, registry={}, facts={}, located=located, **more)
    return other_environment.diagnose(env, STACK, python, ["numpy"])


@pytest.fixture
def ml(tmp_path: Path) -> Path:
    """`ml`, outside of conda's own folder, on conda's own list."""
    place = environment(tmp_path / "courses" / "ml", WHOLE)
    file_at(tmp_path / "home" / ".conda" / "environments.txt", f"{place}\n")
    return place


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("system", "conda-environment-not-active"),
        ("homebrew", "conda-environment-not-active"),
        ("pyenv", "conda-environment-not-active"),
        ("conda", "conda-base-active"),
    ],
)
def test_named_where_the_python_was_no_choice(
    kind: str, code: str, tmp_path: Path, ml: Path
) -> None:
    """Another Python on PATH, or conda's base: the complete environment is used."""
    diagnosis = found(tmp_path, kind)
    assert diagnosis is not None and diagnosis.code == code
    assert diagnosis.evidence.wanted == str(ml)
    assert diagnosis.fixes[0].steps == (UsePython(f"{ml}/bin/python", "conda"),)


@pytest.mark.parametrize("kind", ["venv", "uv", "conda-env"])
def test_an_environment_of_ones_own_is_a_choice(kind: str, tmp_path: Path, ml: Path) -> None:
    assert found(tmp_path, kind) is None


def test_what_was_asked_for_is_a_choice(tmp_path: Path, ml: Path) -> None:
    assert found(tmp_path, "system", "--python 3.12") is None


def test_pythonhome_is_never_hidden(tmp_path: Path, ml: Path) -> None:
    """What is missing may be missing because this Python sees another's library."""
    assert found(tmp_path, "conda", PYTHONHOME="/opt/python") is None


@pytest.mark.parametrize(
    "lacks", [{"numpy": ""}, {"ipykernel": ""}, {"notebook": ""}, {"numpy": "1.1"}]
)
def test_only_what_is_complete(lacks: dict[str, str], tmp_path: Path) -> None:
    """Nothing is gained by an environment that lacks something too, or has it too old."""
    packages = {name: version for name, version in {**WHOLE, **lacks}.items() if version}
    place = environment(tmp_path / "home" / ".conda" / "envs" / "old", packages)
    assert found(tmp_path, "system") is None
    (place / "bin" / "python").unlink()
    assert found(tmp_path, "system") is None


def test_a_line_that_works_without_condas_hook(tmp_path: Path, ml: Path) -> None:
    """`conda activate` is printed only where this terminal knows it."""
    conda = command_at(tmp_path / "home" / "miniconda3" / "bin" / "conda")
    diagnosis = found(tmp_path, "system", CONDA_EXE=str(conda))
    assert diagnosis is not None
    assert diagnosis.fixes[0].steps == (
        UsePython(f"{ml}/bin/python", "conda", str(conda.parent.parent)),
    )
    known = found(tmp_path, "system", CONDA_EXE=str(conda), CONDA_SHLVL="0")
    assert known is not None
    assert known.fixes[0].steps == (UsePython(f"{ml}/bin/python", "conda"),)
