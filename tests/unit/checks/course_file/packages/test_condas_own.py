"""Packages that no index has: who is left to install them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import file_at, on, python_at
from tests.unit.described_projects import made

from envcheck.declared.declared import Declared
from envcheck_checks.course_file.packages.condas_own import apart, other_versions
from envcheck_checks.course_file.wanted import Wanted


@pytest.mark.parametrize("program", ["uv", "poetry", "pdm"])
@pytest.mark.parametrize(("name", "untold"), [("pandas", ()), ("kit", ("kit",))])
def test_a_manager_installs_what_its_own_project_declares(
    program: str, name: str, untold: tuple[str, ...], tmp_path: Path
) -> None:
    """A learner may stand in a project that is not the course's: there nobody adds that name."""
    env, _ = made(program, tmp_path)
    wanted = Wanted((Declared(name, "requirements.txt", 1, on_index=False),))
    stack, left = apart(env, wanted, wanted.stack(env))
    assert left == untold
    assert [package.name for package in stack.packages] == ([] if untold else [name])


def test_one_whose_address_is_known_is_there_or_missing(tmp_path: Path) -> None:
    """pip leaves its metadata, as it does of any other: nobody has to say that they cannot tell."""
    env, _ = made("uv", tmp_path)
    row = Declared("kit", "requirements.txt", 1, on_index=False, address="git+https://h/kit")
    wanted = Wanted((row,))
    stack, left = apart(env, wanted, wanted.stack(env))
    assert ([package.name for package in stack.packages], left) == (["kit"], ())


@pytest.mark.parametrize(
    ("version", "asked", "told"),
    [
        ("3.4.1", ">=3.8", True),
        ("3.8.1", ">=3.8", False),
        ("3.4.1", "", False),
        ("9e", ">=8", False),
    ],
)
def test_a_version_that_conda_noted(
    tmp_path: Path, version: str, asked: str, *, told: bool
) -> None:
    """What only conda's own records name is compared by them."""
    python = python_at(tmp_path / "c", {}, kind="conda-env")
    file_at(Path(python.prefix, "conda-meta", f"libgdal-{version}-h1_0.json"), "{}")
    env = on("linux", tmp_path, python)
    row = Declared(f"libgdal{asked}", "environment.yml", 1, "libgdal", on_index=False)
    wanted = Wanted((row,))
    stack = wanted.stack(env)
    assert apart(env, wanted, stack)[0].packages == ()
    assert [*other_versions(env, stack.packages).values()] == [version] * told
