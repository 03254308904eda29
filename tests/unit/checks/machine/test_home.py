"""A home that is not there: named by itself, and mended only where the system knows another."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.plain_user import as_plain_user

from envcheck import Diagnosis, SetEnv
from envcheck.testing import described
from envcheck_checks.machine import home

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="homes as POSIX has them")


def diagnosed(place: Path | str) -> Diagnosis | None:
    with as_plain_user():
        return home.diagnose(described(variables={"HOME": str(place)}))


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch, open_folder: Path) -> Path:
    """The home that the list of users has: it is there, and may be written to."""
    place = open_folder / "ada"
    place.mkdir()
    place.chmod(0o777)
    monkeypatch.setattr(home, "registered_home", lambda: place)
    return place


@pytest.mark.parametrize("place", ["/proc/1/nohome", "/nonexistent/ada", "/sys/kernel/ada"])
def test_the_home_that_the_system_has_is_used(place: str, registered: Path) -> None:
    """The variable leads elsewhere: for once nothing is changed but the variable."""
    found = diagnosed(place)
    assert found is not None
    assert (found.code, found.evidence.found) == ("home-missing", f"HOME={place}")
    assert found.fixes[0].steps == (SetEnv("HOME", str(registered)),)
    assert found.fixes[0].automatic


def test_where_the_system_knows_no_other(registered: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person is told what to do, and no line changes a right."""
    monkeypatch.setattr(home, "registered_home", lambda: Path("/proc/1/nohome"))
    found = diagnosed("/proc/1/nohome")
    assert found is not None
    assert not found.fixes[0].automatic
    assert "chmod" not in str(found.fixes)


def test_a_home_that_is_there_or_can_be_made(registered: Path) -> None:
    """Programs make it themselves."""
    assert diagnosed(registered) is None
    assert diagnosed(registered / "new" / "home") is None


def test_a_user_without_a_name_and_without_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in containers with a user id of their own: no home is the cause, and no pip is replaced."""
    monkeypatch.setattr(home, "registered_home", lambda: None)
    without: tuple[dict[str, str], ...] = ({}, {"HOME": ""})
    for variables in without:
        found = home.diagnose_none(described(variables=variables))
        assert found is not None
        assert found.code == "home-missing"
        assert not found.fixes[0].automatic
    assert home.diagnose_none(described(variables={"HOME": "/"})) is None
    monkeypatch.setattr(home, "registered_home", lambda: Path("/home/ada"))
    assert home.diagnose_none(described(variables={})) is None


@pytest.fixture
def of_another(open_folder: Path) -> Path:
    """The home of another account: it may be looked into, and not written to."""
    place = open_folder / "teacher"
    (place / ".local").mkdir(parents=True)
    place.chmod(0o755)
    return place


def diagnosed_of_another(home_folder: Path, place: Path, **variables: str) -> Diagnosis | None:
    with as_plain_user():
        return home.diagnose_of_another(
            described(variables={"HOME": str(home_folder), **variables}), place
        )


def test_the_home_of_another_account(registered: Path, of_another: Path) -> None:
    """As after `su` without `-`: nothing there is opened or owned, only the variable is changed."""
    found = diagnosed_of_another(of_another, of_another / ".local")
    assert found is not None
    assert found.code == "home-missing"
    assert found.evidence.found.startswith(f"HOME={of_another} (owner ")
    assert found.fixes[0].steps == (SetEnv("HOME", str(registered)),)


def test_a_home_that_is_set_to_nothing(registered: Path) -> None:
    """Programs take it for `/`; the variable is the cause, and no administrator makes `/.local`."""
    with as_plain_user():
        told = home.diagnose_of_another(described(variables={"HOME": ""}), Path("/"))
    assert told is not None
    assert told.evidence.found.startswith("HOME is set to nothing, which programs take for / (")
    assert told.fixes[0].steps == (SetEnv("HOME", str(registered)),)


def test_folders_that_another_home_does_not_explain(
    registered: Path, of_another: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One's own home with a closed folder in it, a folder elsewhere, and no other home to go to."""
    closed = registered / "closed"
    closed.mkdir()
    assert diagnosed_of_another(registered, closed) is None
    assert diagnosed_of_another(of_another, registered) is None
    monkeypatch.setattr(home, "registered_home", lambda: of_another)
    assert diagnosed_of_another(of_another, of_another / ".local") is None
    monkeypatch.setattr(home, "registered_home", lambda: Path("/proc/1/nohome"))
    assert diagnosed_of_another(of_another, of_another / ".local") is None
    monkeypatch.setattr(home, "registered_home", lambda: None)
    assert diagnosed_of_another(of_another, of_another / ".local") is None
