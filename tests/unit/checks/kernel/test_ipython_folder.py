"""IPython's folder, in which every kernel makes others: blocked, not writable, or in order."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, cast

import pytest
from tests.unit.described_machines import file_at
from tests.unit.plain_user import as_plain_user

from envcheck import Diagnosis, Rename, UnsetEnv
from envcheck.testing import described
from envcheck_checks.interference.private_folders import PrivateFolders, private_folders
from envcheck_checks.kernel import ipython_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mode bits")


def said(folder: Path, **variables: str) -> Diagnosis | None:
    env = described(
        variables={"HOME": str(folder.parent), **variables},
        facts={private_folders: PrivateFolders({}, folder, folder.parent / "ours")},
    )
    return ipython_folder.diagnose(env, cast(Any, None))


def test_in_order(tmp_path: Path) -> None:
    """Nothing there yet, an empty folder, one with its profile; a file in its place is replaced by
    IPython itself.
    """
    assert said(tmp_path / "absent") is None
    assert said(tmp_path) is None
    (tmp_path / "profile_default").mkdir()
    assert said(tmp_path) is None
    assert said(file_at(tmp_path / "file")) is None


def test_a_dead_link(tmp_path: Path) -> None:
    """Its disk may come back: a person decides."""
    link = tmp_path / ".ipython"
    link.symlink_to("gone")
    found = said(link)
    assert found is not None
    assert (found.code, found.evidence.looked_in) == ("ipython-folder-blocked", str(link))
    assert not found.fixes[0].automatic
    assert found.fixes[0].steps == (Rename(str(link), f"{link}.envcheck-backup-1"),)


def test_a_dead_link_that_a_variable_names(tmp_path: Path) -> None:
    """The variable is taken out, and the link stays."""
    link = tmp_path / "elsewhere"
    link.symlink_to("gone")
    found = said(link, IPYTHONDIR=str(link))
    assert found is not None
    assert found.fixes[0].steps == (UnsetEnv("IPYTHONDIR"),)


def test_a_file_where_the_profile_belongs(tmp_path: Path) -> None:
    """It is moved aside, by a program; the variable is not to blame."""
    profile = file_at(tmp_path / "profile_default")
    found = said(tmp_path, IPYTHONDIR=str(tmp_path))
    assert found is not None
    assert found.code == "ipython-folder-blocked"
    assert found.fixes[0].steps == (Rename(str(profile), f"{profile}.envcheck-backup-1"),)
    assert found.fixes[0].automatic


@pytest.mark.parametrize(
    ("there", "alarms"),
    [((), True), (("security", "log", "pid"), True), (ipython_folder.MADE, False)],
)
def test_a_profile_of_somebody_else(
    open_folder: Path, there: tuple[str, ...], alarms: bool
) -> None:
    """It disturbs only where something is still to be made in it."""
    open_folder.chmod(0o777)
    profile = open_folder / "profile_default"
    for name in there:
        (profile / name).mkdir(parents=True)
    profile.mkdir(exist_ok=True)
    profile.chmod(0o555)
    with as_plain_user():
        found = said(open_folder)
    profile.chmod(0o755)
    assert (found is not None) is alarms
    if found is not None:
        missing = [name for name in ipython_folder.MADE if name not in there]
        assert found.code == "ipython-folder-unwritable"
        assert found.evidence.found.endswith(f"without {', '.join(missing)}")


@pytest.mark.parametrize(("mode", "alarms"), [(0o600, True), (0o644, False)])
def test_a_history_of_somebody_else(open_folder: Path, mode: int, alarms: bool) -> None:
    """One that cannot be read is given another name by IPython, and here that is refused."""
    open_folder.chmod(0o777)
    profile = open_folder / "profile_default"
    for name in ipython_folder.MADE:
        (profile / name).mkdir(parents=True)
    file_at(profile / "history.sqlite").chmod(mode)
    profile.chmod(0o555)
    with as_plain_user():
        found = said(open_folder)
    profile.chmod(0o755)
    assert (found is not None) is alarms
    if found is not None:
        assert found.evidence.found.endswith("and history.sqlite may not be read")


def test_a_folder_that_ipython_replaces(open_folder: Path) -> None:
    """It cannot be written to at all: IPython takes a temporary one."""
    (open_folder / "profile_default").mkdir()
    open_folder.chmod(0o555)
    with as_plain_user():
        found = said(open_folder)
    open_folder.chmod(0o755)
    assert found is None
