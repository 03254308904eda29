"""Who owns a place, and whose turn it is to open it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.unit.plain_user import as_plain_user

from envcheck import Fix, Run, Tell
from envcheck.fixes.advice import typed
from envcheck.testing import described, interpreter
from envcheck_checks.machine import ownership, work_folder
from envcheck_checks.machine.ownership import Whose

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mode bits")


def own_again(place: Path) -> Fix:
    """Asked on a machine whose home is the folder above."""
    home = {"HOME": str(place.parent)}
    return ownership.own_again(described(variables=home, python=interpreter()), place)


def test_the_owner_is_shown_with_the_mode(tmp_path: Path) -> None:
    """In the digits that chmod takes."""
    place = tmp_path / "data"
    place.mkdir(mode=0o750)
    assert ownership.owner(place) == f"owner {place.owner()}, mode 750"


def test_what_cannot_be_looked_at_has_no_owner(tmp_path: Path) -> None:
    """A link that leads nowhere, or nothing at all."""
    (tmp_path / "dead").symlink_to("gone")
    assert ownership.owner(tmp_path / "dead") == "owner unknown"
    assert ownership.owner(tmp_path / "absent") == "owner unknown"


def test_an_owner_opens_the_folder_without_sudo(tmp_path: Path) -> None:
    """One command, which --fix may carry out."""
    fix = own_again(tmp_path)
    assert fix.steps == (Run(("chmod", "-R", "u+rwX", str(tmp_path))),)
    assert fix.automatic


@pytest.mark.parametrize("name", ["absent", "circle"])
def test_what_cannot_be_looked_at_is_somebody_else_s(tmp_path: Path, name: str) -> None:
    """Then an administrator's command is told, and nothing is carried out."""
    (tmp_path / "circle").symlink_to("circle")
    fix = own_again(tmp_path / name)
    assert fix.steps == (
        typed(f'sudo chown -R "$USER" {tmp_path / name}'),
        typed(f"chmod -R u+rwX {tmp_path / name}", ""),
    )
    assert not fix.automatic


@pytest.mark.skipif(sys.platform != "linux", reason="needs a second user")
def test_another_user_s_folder(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That it is there and can be entered does not make it one's own."""
    monkeypatch.setattr("os.geteuid", lambda: open_folder.stat().st_uid + 1)
    assert not own_again(open_folder).automatic


def test_a_plain_user_does_not_own_what_root_made(open_folder: Path) -> None:
    """The same with the real system, which tests of a plain user do not see."""
    import os

    made_by_root = sys.platform == "linux" and os.geteuid() == 0
    with as_plain_user():
        automatic = own_again(open_folder).automatic
    assert automatic is not made_by_root


@pytest.mark.skipif(sys.platform == "win32", reason="owners are POSIX's")
def test_an_owner_without_a_name_is_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(_: Path) -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr(Path, "owner", nobody)
    tmp_path.chmod(0o700)
    assert ownership.owner(tmp_path) == f"owner {os.geteuid()}, mode 700"


@pytest.mark.parametrize("place", ["/", "/proc", "/proc/1", "/home", "/usr/share/jupyter"])
def test_nothing_above_the_home_is_opened(place: str) -> None:
    """A home that is not there leads to a folder above it, and above it everything is somebody
    else's, also for an administrator: no line is given that changes it.
    """
    env = described(variables={"HOME": "/proc/1/nohome"}, python=interpreter())
    fix = ownership.own_again(env, Path(place))
    assert not fix.automatic
    assert "chmod" not in str(fix.steps)
    assert "chown" not in str(fix.steps)


@pytest.mark.parametrize(
    ("owner_id", "name", "whose"),
    [
        (None, "ada", Whose.MINE),
        (0, "root", Whose.ADMINISTRATORS),
        (65534, "nobody", Whose.ADMINISTRATORS),
        (4999, "", Whose.ADMINISTRATORS),
        (4999, "teacher", Whose.ANOTHERS),
    ],
)
def test_who_may_open_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    owner_id: int | None,
    name: str,
    whose: Whose,
) -> None:
    """Another person's folder is opened by nobody else: no chmod, and no chown."""
    _owned_by(monkeypatch, owner_id, name)
    assert ownership.whose(tmp_path) is whose
    lines = [step.typed for step in own_again(tmp_path).steps if isinstance(step, Tell)]
    assert [line for line in lines if whose is Whose.ANOTHERS and line] == []


@pytest.mark.parametrize(
    ("owner_id", "name", "at_home", "line"),
    [
        (None, "ada", True, "chmod u+rx"),
        (None, "ada", False, "chmod u+rx"),
        (0, "root", True, "sudo chown"),
        (0, "root", False, ""),
        (4999, "teacher", True, ""),
        (4999, "teacher", False, ""),
    ],
)
def test_a_work_folder_that_may_not_be_listed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    owner_id: int | None,
    name: str,
    at_home: bool,
    line: str,
) -> None:
    """Its owner is asked first."""

    def refused(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    folder = tmp_path / "ml"
    folder.mkdir()
    home = {"HOME": str(tmp_path if at_home else tmp_path / "ada")}
    env = described(variables=home, python=interpreter(), folder=folder)
    monkeypatch.setattr(work_folder, "write_error", lambda _: None)
    monkeypatch.setattr("os.scandir", refused)
    _owned_by(monkeypatch, owner_id, name)
    said = work_folder.diagnose(env, folder)
    assert said is not None and said.code == "work-folder-unreadable"
    (fix,) = said.fixes
    assert not fix.automatic
    typed_lines = [step.typed for step in fix.steps if isinstance(step, Tell) and step.typed]
    assert [one.startswith(line) for one in typed_lines[:1]] == ([True] if line else [])


def _owned_by(monkeypatch: pytest.MonkeyPatch, owner_id: int | None, name: str) -> None:
    """Everything has this owner, whose name this machine knows or not; None is who asks."""

    def named(_: Path) -> str:
        if not name:
            raise KeyError("getpwuid(): uid not found")
        return name

    monkeypatch.setattr(Path, "owner", named)
    if owner_id is not None:
        status = SimpleNamespace(st_uid=owner_id, st_mode=0o40700)
        monkeypatch.setattr(Path, "stat", lambda *_, **__: status)
        monkeypatch.setattr(Path, "lstat", lambda *_, **__: status)
        monkeypatch.setattr("os.geteuid", lambda: 1000)
