"""What the learner may not do with an environment: run programs from its disk, write into it, read
it.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.unit.described_machines import file_at, on, python_at
from tests.unit.plain_user import as_plain_user

from envcheck import Diagnosis, Environment, Rename, Run, Tell
from envcheck_checks.installed import permissions

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mode bits")


@pytest.fixture
def learner(open_folder: Path) -> Environment:
    """An environment with `plots`, a package of two modules and a list of its files."""
    python = python_at(open_folder / "venv", {"plots": "1.0", "numpy": "2.0"})
    site = open_folder / "venv" / "site"
    for name in ("plots/__init__.py", "plots/draw.py", "plots/__pycache__/draw.pyc"):
        file_at(site / name)
    file_at(
        site / "plots-1.0.dist-info/RECORD",
        "plots/__init__.py,,\nplots/draw.py,,\nplots/__pycache__/draw.pyc,,\n../../bin/plots,,\n",
    )
    return on("linux", open_folder, python)


def unreadable(env: Environment, closed: Path, *names: str) -> Diagnosis | None:
    """What is said while nobody may look at `closed`."""
    mode = closed.stat().st_mode
    closed.chmod(0)
    try:
        with as_plain_user():
            return permissions.not_readable(env, names or ("numpy", "plots"))
    finally:
        closed.chmod(mode)


def test_a_package_that_may_be_read(learner: Environment) -> None:
    """Also one that is not there, and one without a list of its files."""
    with as_plain_user():
        assert permissions.not_readable(learner, ["plots", "numpy", "absent"]) is None


def test_each_place_is_looked_at_once(
    learner: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands of files share a few folders, and what Python made itself is left out."""
    asked: list[Path] = []

    def may_read(place: Path) -> bool:
        asked.append(place)
        return True

    monkeypatch.setattr(permissions, "may_read", may_read)
    assert permissions.not_readable(learner, ["plots"]) is None
    assert sorted(place.name for place in asked) == [
        "__init__.py",
        "draw.py",
        "plots",
        "plots-1.0.dist-info",
    ]


def test_a_link_that_leads_nowhere_is_forbidden_to_nobody(learner: Environment) -> None:
    """As `uv pip install --link-mode=symlink` leaves them when its cache is cleaned: the file is
    missing, whoever asks.
    """
    file = next(learner.folder.parent.glob("**/plots/draw.py"))
    file.unlink()
    file.symlink_to("/gone/cache/uv/draw.py")
    with as_plain_user():
        assert permissions.not_readable(learner, ["plots"]) is None


@pytest.mark.parametrize("link", [False, True])
def test_what_lies_behind_a_closed_folder(
    learner: Environment, open_folder: Path, link: bool
) -> None:
    """A link into it is as closed as what lies in it."""
    store = open_folder / "store"
    target = file_at(store / "draw.py")
    file = next(open_folder.glob("**/plots/draw.py"))
    if link:
        file.unlink()
        file.symlink_to(target)
    store.chmod(0)
    try:
        with as_plain_user():
            found = permissions.not_readable(learner, ["plots"])
    finally:
        store.chmod(0o755)
    assert (found is not None) is link


@pytest.mark.parametrize(
    ("closed", "first"),
    [
        ("plots", "plots"),
        ("plots/draw.py", "draw.py"),
        ("plots-1.0.dist-info", "plots-1.0.dist-info"),
    ],
)
def test_what_may_not_be_read_is_named(
    learner: Environment, open_folder: Path, closed: str, first: str
) -> None:
    """The outermost of it, whether a folder or a file."""
    site = open_folder / "venv" / "site"
    diagnosis = unreadable(learner, site / closed)
    assert diagnosis is not None
    assert diagnosis.code == "package-unreadable"
    assert diagnosis.summary == ("plots is installed, and you may not read it (Permission denied)")
    assert diagnosis.evidence.found == f"no permission to read {first}"
    assert diagnosis.evidence.looked_in == str(site / closed)


def test_a_compiled_cache_may_be_closed(learner: Environment, open_folder: Path) -> None:
    """Python does without it."""
    assert unreadable(learner, open_folder / "venv/site/plots/__pycache__") is None


def test_a_package_that_nobody_asked_about(learner: Environment, open_folder: Path) -> None:
    """It is not this failure's cause."""
    assert unreadable(learner, open_folder / "venv/site/plots", "numpy") is None


@pytest.mark.parametrize("mine", [True, False])
def test_where_the_folder_may_be_written_to_it_is_moved_aside(
    learner: Environment, open_folder: Path, monkeypatch: pytest.MonkeyPatch, mine: bool
) -> None:
    """And installed anew in its version; else whoever made the environment must act."""
    refusal = None if mine else PermissionError(13, "Permission denied")
    monkeypatch.setattr(permissions, "write_error", lambda _: refusal)
    package = open_folder / "venv/site/plots"
    diagnosis = unreadable(learner, package)
    assert diagnosis is not None
    (fix,) = diagnosis.fixes
    assert fix.automatic is mine
    if mine:
        assert fix.steps[0] == Rename(str(package), f"{package}.envcheck-backup-1")
        assert isinstance(fix.steps[-1], Run)
        assert fix.steps[-1].argv[-1] == "plots==1.0"
    else:
        assert all(isinstance(step, Tell) for step in fix.steps)


@pytest.mark.parametrize("refused", [True, False])
def test_an_environment_of_somebody_else(
    learner: Environment, open_folder: Path, refused: bool
) -> None:
    """The packages folder is tried; the course gets an environment of its own."""
    site = open_folder / "venv" / "site"
    site.chmod(0o555 if refused else 0o777)
    with as_plain_user():
        diagnosis = permissions.environment_not_yours(learner, ["scipy"], ["scipy>=1"])
    site.chmod(0o755)
    assert (diagnosis is not None) is refused
    if diagnosis is not None:
        assert diagnosis.code == "environment-read-only"
        assert diagnosis.summary.startswith("scipy cannot be installed")
        assert "environment of its own" in diagnosis.fixes[0].title
        assert "Permission denied" in diagnosis.evidence.found


@pytest.mark.parametrize(
    ("error", "code", "word"),
    [
        (OSError(errno.EROFS, "Read-only file system"), "environment-read-only", "Read-only file"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk-full", "No space left"),
    ],
)
def test_what_the_system_says_is_what_is_said(
    learner: Environment, monkeypatch: pytest.MonkeyPatch, error: OSError, code: str, word: str
) -> None:
    """Of rights and of sudo only where they are the reason."""
    monkeypatch.setattr(permissions, "write_error", lambda _: error)
    diagnosis = permissions.environment_not_yours(learner, ["scipy"], ["scipy>=1"])
    assert diagnosis is not None and diagnosis.code == code
    assert word in diagnosis.summary and "sudo" not in diagnosis.note


def test_a_packages_folder_that_is_not_there_is_nobody_s(tmp_path: Path) -> None:
    """pip would make it; what keeps it from that is another cause's."""
    env = on("linux", tmp_path, python_at(tmp_path / "venv"))
    (tmp_path / "venv" / "site").rmdir()
    assert permissions.environment_not_yours(env, ["scipy"], []) is None


@pytest.mark.parametrize("noexec", [True, False])
def test_a_disk_that_allows_no_programs(
    learner: Environment, monkeypatch: pytest.MonkeyPatch, noexec: bool
) -> None:
    """By the flag of its mount."""
    flags = os.ST_NOEXEC | 1 if noexec else 1  # the other says that it is read-only
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=flags))
    diagnosis = permissions.no_programs(learner)
    assert (diagnosis is not None) is noexec
    if diagnosis is not None:
        assert diagnosis.code == "disk-allows-no-programs"
        assert not diagnosis.fixes[0].automatic


def test_a_disk_that_cannot_be_asked_is_not_blamed(tmp_path: Path) -> None:
    """The folder is not there."""
    assert permissions.no_programs(on("linux", tmp_path, python_at(tmp_path / "venv"))) is None
