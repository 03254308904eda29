"""matplotlib's own folders, which envcheck's programs never write to: judged by matplotlib's rules."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from tests.unit.described_machines import file_at, on
from tests.unit.plain_user import NOBODY, as_plain_user

from envcheck import Diagnosis, Rename, Run, SetEnv, Tell, UnsetEnv
from envcheck_checks.packages import matplotlib_folder

CACHE, CONFIG = "home/.cache/matplotlib", "home/.config/matplotlib"


@pytest.fixture
def learner() -> Iterator[Path]:
    """A folder that a plain user may enter: pytest's are closed to them."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder).resolve()


def said(folder: Path, **variables: Any) -> Diagnosis | None:
    env = on("linux", folder, **variables)
    if os.geteuid() == 0:
        for place in (folder, *folder.rglob("*")):
            os.chown(place, NOBODY, NOBODY, follow_symlinks=False)
    with as_plain_user():
        return next(iter(matplotlib_folder.warnings(env)), None)


def test_nothing_to_say(learner: Path) -> None:
    """No folder yet, one that can be written to, and one that can be made where a link leads."""
    assert said(learner) is None
    (learner / CACHE).mkdir(parents=True)
    assert said(learner) is None
    (learner / CONFIG).parent.mkdir()
    (learner / CONFIG).symlink_to(learner / "home/elsewhere")
    assert said(learner) is None


def test_a_full_disk_is_another_matter(learner: Path) -> None:
    """matplotlib asks whether it may, and does not try."""
    full = OSError(errno.ENOSPC, "No space left on device")
    with mock.patch.object(matplotlib_folder, "write_error", lambda folder: full):
        assert said(learner) is None


@pytest.mark.parametrize("place", [CACHE, CONFIG, "home/.cache"])
def test_what_is_closed_is_opened_by_its_owner(learner: Path, place: str) -> None:
    """With the settings in it where there are some; also the folder above it."""
    file_at(learner / place / ("matplotlibrc" if place == CONFIG else "fontlist.json"))
    (learner / place).chmod(0o555)
    diagnosis = said(learner)
    assert diagnosis is not None and diagnosis.evidence.looked_in == str(learner / place)
    (step,) = diagnosis.fixes[0].steps
    aside = Rename(str(learner / CACHE), f"{learner / CACHE}.envcheck-backup-1")
    assert step == (
        aside if place == CACHE else Run(("chmod", "-R", "u+rwX", str(learner / place)))
    )
    assert diagnosis.fixes[0].automatic


def test_no_permission_makes_a_folder_of_a_file(learner: Path) -> None:
    """One that stands where a folder above its own belongs is moved as well."""
    file_at(learner / "home/.cache")
    diagnosis = said(learner)
    assert diagnosis is not None
    assert diagnosis.fixes[0].steps == (
        Rename(str(learner / "home/.cache"), f"{learner}/home/.cache.envcheck-backup-1"),
    )


def test_a_file_in_its_place_is_moved(learner: Path) -> None:
    file_at(learner / CACHE)
    diagnosis = said(learner)
    assert diagnosis is not None
    assert [type(step) for step in diagnosis.fixes[0].steps] == [Rename]
    assert "is a file" in str(diagnosis.evidence.found)


def test_a_variable_that_leads_there_is_taken_out(learner: Path) -> None:
    """The folder may be the school's, and matplotlib has its own without it."""
    (learner / "school").mkdir(mode=0o555)
    diagnosis = said(learner, MPLCONFIGDIR=str(learner / "school/matplotlib"))
    assert diagnosis is not None
    assert diagnosis.fixes[0].steps == (UnsetEnv("MPLCONFIGDIR"),)


def test_a_folder_that_is_nobodys_is_left(learner: Path) -> None:
    """A home that leads to somewhere else: matplotlib is led to the folder of the course."""
    diagnosis = said(learner, XDG_CACHE_HOME="/proc/1/cache")
    assert diagnosis is not None
    (step,) = diagnosis.fixes[0].steps
    assert step == SetEnv("MPLCONFIGDIR", str(learner / "work/.matplotlib"))
    assert not diagnosis.fixes[0].automatic and not isinstance(step, Tell)
