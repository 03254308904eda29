"""How the conda environment that a course names is made, on the learner's machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import command_at, file_at, on

from envcheck import Environment, Run, Tell
from envcheck.declared.declared import Declared
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.making_environment import fix, list_of
from envcheck_checks.course_file.wanted import Wanted

WANTED = Wanted(
    (Declared("numpy>=2", "a.txt", on_index=True), Declared("torch", "a.txt", on_index=True))
)


def steps(env: Environment, file: Path | None = None) -> tuple[list[str], str]:
    """The line that makes `ml`, and what is told after it."""
    *_, make, then = fix(env, "ml", str(file or ""), WANTED, ">=3.9").steps
    assert isinstance(make, Run) and isinstance(then, Tell)
    return list(make.argv), then.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name: ml\n", ["env", "create", "--file", "FILE"]),
        ("name: other\n", ["env", "create", "--name", "ml", "--file", "FILE"]),
        ("dependencies: [numpy]\n", ["env", "create", "--name", "ml", "--file", "FILE"]),
    ],
)
def test_by_condas_list(tmp_path: Path, text: str, words: list[str]) -> None:
    conda = command_at(tmp_path / "bin" / "conda")
    env, file = on("linux", tmp_path, CONDA_SHLVL="0"), file_at(tmp_path / "environment.yml", text)
    argv, then = steps(env, file)
    assert argv == [str(conda), *[str(file) if word == "FILE" else word for word in words]]
    assert "conda activate ml" in then
    assert steps(on("win32", tmp_path), file)[1].startswith("Then type in the Anaconda Prompt")


def test_micromamba_has_no_env_create(tmp_path: Path) -> None:
    command_at(tmp_path / "bin" / "micromamba")
    file = file_at(tmp_path / "environment.yml", "name: ml\n")
    argv, then = steps(on("linux", tmp_path), file)
    assert argv[1:3] == ["create", "--yes"]
    assert "micromamba activate ml" in then


def test_without_a_list(tmp_path: Path) -> None:
    """By conda's names."""
    command_at(tmp_path / "bin" / "conda")
    argv, _ = steps(on("linux", tmp_path, CONDA_SHLVL="0"))
    assert argv[1:] == ["create", "--yes", "--name", "ml", "python>=3.9", "numpy>=2", "pytorch"]


def test_a_shell_that_is_not_set_up(tmp_path: Path) -> None:
    """`conda activate` would ask for `conda init` there."""
    command_at(tmp_path / "a b" / "bin" / "conda")
    env = on("linux", tmp_path, CONDA_EXE=str(tmp_path / "a b/bin/conda"))
    assert f". '{tmp_path}/a b/bin/activate' ml" in steps(env)[1]


def test_which_list(tmp_path: Path) -> None:
    """One that the course names; else one beside the notebooks, and then at the root."""
    place = ChapterPlace("w", tmp_path / "w", tmp_path)
    assert list_of(WANTED, place) == ""
    root = file_at(tmp_path / "environment.yml")
    assert list_of(WANTED, place) == str(root)
    own = file_at(tmp_path / "w" / "environment.yaml")
    assert list_of(WANTED, place) == str(own)
    named = file_at(tmp_path / "conda.yml")
    assert list_of(Wanted((), lists=(str(named),)), place) == str(named)


def test_a_list_that_would_bring_a_stranger_s_package(tmp_path: Path) -> None:
    """It makes no environment: the packages that are meant do, by their names."""
    (tmp_path / "environment.yml").write_text("dependencies:\n  - pip:\n    - sklearn\n")
    assert list_of(WANTED, ChapterPlace("w", tmp_path / "w", tmp_path)) == ""
