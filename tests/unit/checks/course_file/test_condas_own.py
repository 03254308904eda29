"""Packages that no index has: who is left to install them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_projects import made

from envcheck.declared.declared import Declared
from envcheck_checks.course_file.condas_own import apart
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
