"""The guard of automatic fixes (tests/declared.py) sees what `--fix` would refuse an ordinary user,
also where the tests run as root, who may do anything.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.declared import assert_permitted
from tests.unit.described_machines import on, python_at
from tests.unit.plain_user import NOBODY, as_plain_user

from envcheck import Diagnosis, Environment, Rename
from envcheck.model import Fix
from envcheck_checks.interference.codes import FILE_HIDES_MODULE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows itself asks")


def renaming(env: Environment, folder: Path) -> Diagnosis:
    fix = Fix("move it aside", (Rename(str(folder / "a.py"), str(folder / "b.py")),))
    return Diagnosis(FILE_HIDES_MODULE, "there is a file", fixes=(fix,))


@pytest.fixture
def env(tmp_path: Path) -> Environment:
    """A machine that an ordinary user may enter."""
    for place in (tmp_path, *tmp_path.parents):
        if place.owner() == tmp_path.owner() and not place.stat().st_mode & 0o1:
            place.chmod(0o755)
    return on("linux", tmp_path, python_at(tmp_path / "venv"))


def test_a_folder_of_the_learners_own(env: Environment) -> None:
    assert_permitted([renaming(env, env.folder)], [env])


def test_a_folder_of_the_systems(env: Environment) -> None:
    """Nobody's fix goes there, root's tests included."""
    with pytest.raises(AssertionError, match="would refuse it here"):
        assert_permitted([renaming(env, Path("/usr/lib"))], [env])


def test_a_folder_of_somebody_elses(env: Environment) -> None:
    """Root may, and so a test of root's alone would not see it."""
    import os

    if os.geteuid() != 0:
        pytest.skip("needs root, to give a folder away and to become somebody else")
    mine = env.folder / "mine"
    mine.mkdir()
    os.chown(mine, NOBODY, NOBODY)
    (env.folder / "a.py").touch()
    with as_plain_user():
        assert_permitted([renaming(env, mine)], [env])
        with pytest.raises(AssertionError, match="would refuse it here"):
            assert_permitted([renaming(env, env.folder)], [env])
