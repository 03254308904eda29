"""Folders of Windows that are elsewhere than their name says: drives of SUBST, shares of a server,
and Desktop and Documents that OneDrive or a school's server keeps.
"""

from __future__ import annotations

import errno
import ntpath
import os
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from tests.unit.described_machines import on, python_at

from envcheck import Environment, places
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.machine import special_folders, work_folder
from envcheck_checks.machine.system import ONEDRIVES, Value
from envcheck_checks.notebook.folders import network_disk
from envcheck_checks.notebook.folders.network_disk import DRIVE, mounts

SERVERS = r"\\school\users$\zoe"


@pytest.fixture
def drives(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `realpath` says on Windows of a drive that SUBST made, and of one of the network."""
    real = ntpath.realpath
    led = {"S:\\": "C:\\Users\\zoe\\", "H:\\": f"{SERVERS}\\"}

    def realpath(path: str) -> str:
        whole = real(path)
        return led.get(whole[:3].upper(), whole[:3]) + whole[3:]

    monkeypatch.setattr(ntpath, "realpath", realpath)


SAME = [
    (r"S:\ml", r"C:\Users\zoe\ml"),
    (r"s:\ml", r"c:/users/ZOE/ml"),
    (r"H:\ml", rf"{SERVERS}\ml"),
    (r"H:\ml", r"\\SCHOOL\Users$\Zoe\ml"),
    (r"\\?\C:\Users\zoe\ml", r"C:\Users\zoe\ml"),
    (r"\\?\UNC\school\users$\zoe\ml", rf"{SERVERS}\ml"),
    (r"\\?\UNC\school\users$\zoe\ml", r"H:\ml"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_folder_by_two_names(drives: None, one: str, other: str) -> None:
    for here, there in ((one, other), (other, one)):
        assert places.same(here, there, "win32")
        assert places.lies_in(rf"{here}\.venv\Scripts", there, "win32")
        assert str(places.within(rf"{here}\.venv\Scripts", there, "win32")) == r".venv\Scripts"
        assert places.really_in(rf"{here}\.venv", there, "win32")
        assert not places.lies_in(here, rf"{there}-old", "win32")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"T:\ml", r"C:\Users\zoe\ml"),
        (r"\\school\users$\zo\ml", rf"{SERVERS}\ml"),
        (r"\\other\users$\zoe\ml", rf"{SERVERS}\ml"),
        (r"\\.\C:\ml", r"D:\ml"),
    ],
)
def test_two_folders(drives: None, one: str, other: str) -> None:
    assert not places.same(one, other, "win32")
    assert not places.lies_in(rf"{one}\.venv", other, "win32")


def with_jupyter_at(folder: Path, data: str, *disks: tuple[str, str, str]) -> Environment:
    jupyter = LearnersJupyter({}, None, user_data=data)
    listed = [SimpleNamespace(mountpoint=at, fstype=of, opts=how) for at, of, how in disks]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psutil, "disk_partitions", lambda **_: listed)
        read = mounts.__wrapped__(on("win32", folder))
    return on("win32", folder, facts={learners_jupyter: jupyter, mounts: read})


OWN = ("C:\\", "NTFS", "rw,fixed")
HOME_OF_A_SCHOOL = ("H:\\", "NTFS", "rw,remote")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (rf"{SERVERS}\AppData\Roaming\jupyter", "a share of a server"),
        (r"\\?\UNC\school\users$\zoe\jupyter", "a share of a server"),
        (r"\\wsl.localhost\Ubuntu\home\zoe\jupyter", "a share of a server"),
        (r"H:\AppData\Roaming\jupyter", DRIVE),
        (r"h:\jupyter", DRIVE),
        (r"C:\Users\zoe\AppData\Roaming\jupyter", ""),
        (r"\\?\C:\Users\zoe\jupyter", ""),
        (r"\\.\C:\jupyter", ""),
        ("", ""),
    ],
)
def test_jupyters_databases_on_a_schools_server(tmp_path: Path, data: str, kind: str) -> None:
    """NTFS is what the server keeps it on; that it is the network's, psutil says beside."""
    env = with_jupyter_at(tmp_path, data, OWN, HOME_OF_A_SCHOOL)
    said = network_disk.find_network_disk(env, Failure("the server does not start", hung=True))
    assert (said.evidence.found if said else "") == kind


def test_disks_of_a_mac_on_the_network(tmp_path: Path) -> None:
    jupyter = LearnersJupyter({}, None, user_data="/Volumes/Home/Library/Jupyter")
    disks = (("/", "apfs"), ("/Volumes/home", "afpfs"))  # a name in another case is the same one
    env = on("darwin", tmp_path, facts={learners_jupyter: jupyter, mounts: disks})
    assert network_disk.on_network(env) == ("/Volumes/Home/Library/Jupyter", "afpfs")


def clouds(env: Environment, inside: Path) -> list[str]:
    return [one.code for one in special_folders.warnings(env, python_at(inside / "ml/.venv"))]


@pytest.mark.parametrize(
    "place", ["OneDrive/Documents", "OneDrive - Uni Köln/Dokumente", "OneDrive/Bureau"]
)
def test_documents_that_onedrive_keeps(tmp_path: Path, place: str) -> None:
    """Its Desktop and Documents lie in OneDrive's folder, in the words of each language."""
    folder = tmp_path / "home" / place
    root = str(tmp_path / "home" / place.partition("/")[0])
    env = on("win32", tmp_path, OneDriveCommercial=root)
    assert clouds(env, folder) == ["folder-in-cloud"]
    assert clouds(on("win32", tmp_path), folder) == []


@pytest.mark.parametrize("account", [ONEDRIVES[0], ONEDRIVES[2]])
def test_an_account_of_onedrive_that_no_variable_names(tmp_path: Path, account: Value) -> None:
    """The second school's, or a terminal from before OneDrive was set up."""
    root = tmp_path / "OneDrive - Other School"
    known = on("win32", tmp_path, registry={account: str(root)})
    assert clouds(known, root / "Desktop") == ["folder-in-cloud"]
    assert clouds(known, tmp_path / "elsewhere") == []


def refused(env: Environment, folder: Path) -> str:
    error = OSError(errno.EACCES, os.strerror(errno.EACCES))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work_folder, "write_error", lambda _: error)
        found = work_folder.diagnose(env, folder)
    assert found is not None
    assert found.code == "work-folder-read-only"
    return found.note


def test_cmd_goes_to_windows_folder_from_a_share(tmp_path: Path) -> None:
    r"""`envcheck.cmd` from PowerShell in `\\server\ml`: cmd has no such folder, and takes its own."""
    own = tmp_path / "Windows"
    env = on("win32", tmp_path, SystemRoot=str(own))
    assert "pushd" in refused(env, own)
    assert "administrator" in refused(env, own / "System32")
    assert refused(env, tmp_path / "ml") == ""
    assert refused(on("linux", tmp_path, SystemRoot=str(own)), own) == ""
