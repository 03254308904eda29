"""Install once more what is there, also where pip cannot take the old one away."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Fix, Rename, Run
from envcheck.target.interpreter import Distribution, Interpreter
from envcheck_checks.installed.reinstall import is_replaceable, pinned, reinstall


def learner(place: Path, kind: str = "venv", **changed: Any) -> Interpreter:
    """A Python with numpy and with `plots`, whose metadata is as `changed`."""
    python = python_at(place / "venv", {"plots": "1.0", "numpy": "2.0"}, kind=kind)
    plots, numpy = python.distributions
    return replace(python, distributions=(replace(plots, **changed), numpy))


def made(folder: Path, python: Interpreter, **options: Any) -> Fix:
    env = on("linux", folder, python)
    return reinstall(env, python, ["plots", "numpy"], "again", **options)


def last(fix: Fix) -> tuple[str, ...]:
    step = fix.steps[-1]
    assert isinstance(step, Run)
    return step.argv


def test_the_versions_that_are_there(tmp_path: Path) -> None:
    """Exactly these, without what they need, and not from a cache that may be broken as well."""
    fix = made(tmp_path, learner(tmp_path))
    assert len(fix.steps) == 1
    assert last(fix)[3:] == (
        "install",
        "--force-reinstall",
        "--no-deps",
        "--no-cache-dir",
        "plots==1.0",
        "numpy==2.0",
    )


def test_an_upgrade_names_no_version(tmp_path: Path) -> None:
    """What is there is not worth keeping."""
    words = last(made(tmp_path, learner(tmp_path), upgrade=True))
    assert words[4] == "--upgrade"
    assert words[-2:] == ("plots", "numpy")


def test_a_list_that_pip_cannot_read_is_moved_aside_with_its_metadata(tmp_path: Path) -> None:
    """The power went while it was written: there are zeros in it."""
    python = learner(tmp_path)
    file_at(
        Path(python.distributions[0].folder, "plots-1.0.dist-info/RECORD"), "plots/a.py,,\n\0\0"
    )
    aside, install = made(tmp_path, python).steps
    assert isinstance(aside, Rename) and aside.source.endswith("plots-1.0.dist-info")
    assert isinstance(install, Run) and "plots==1.0" in install.argv


@pytest.mark.parametrize("changed", [{"version": None}, {"has_record": False}])
def test_metadata_that_pip_cannot_remove_is_moved_aside(
    tmp_path: Path, changed: dict[str, Any]
) -> None:
    """Before the installation, so that no two versions are left."""
    fix = made(tmp_path, learner(tmp_path, **changed))
    entry = str(tmp_path / "venv/site/plots-1.0.dist-info")
    assert fix.steps[0] == Rename(entry, f"{entry}.envcheck-backup-1")
    assert len(fix.steps) == 2


def test_what_else_is_moved_aside_comes_first_and_once(tmp_path: Path) -> None:
    """A place that is named twice is moved once: the second time it would not be there."""
    place = str(tmp_path / "venv/site/plots")
    entry = str(tmp_path / "venv/site/plots-1.0.dist-info")
    fix = made(tmp_path, learner(tmp_path, has_record=False), aside=[place, entry, place])
    moved = [step.source for step in fix.steps if isinstance(step, Rename)]
    assert moved == [place, entry]


def test_nothing_outside_the_environment_is_moved(tmp_path: Path) -> None:
    """A package of the user's own folder stays where it is."""
    python = learner(tmp_path, has_record=False, folder=str(tmp_path / "user"))
    assert len(made(tmp_path, python).steps) == 1


def test_only_what_is_installed_again_is_moved(tmp_path: Path) -> None:
    """Another package may lack its list of files as well: that is not asked about here."""
    python = learner(tmp_path, has_record=False)
    fix = reinstall(on("linux", tmp_path, python), python, ["numpy"], "again")
    assert len(fix.steps) == 1


def test_a_system_s_python_is_left_alone(tmp_path: Path) -> None:
    """The course gets an environment of its own, and nothing is renamed."""
    fix = made(tmp_path, learner(tmp_path, kind="system", has_record=False), aside=["/usr/x"])
    assert not [step for step in fix.steps if isinstance(step, Rename)]


@pytest.mark.parametrize(
    ("version", "wanted"),
    [
        ("1.0", "plots==1.0"),
        ("1.0rc1", "plots==1.0rc1"),
        ("1.0+cu118", "plots"),
        ("1.0-custom", "plots"),
        (None, "plots"),
    ],
)
def test_only_versions_that_an_index_has_are_pinned(version: str | None, wanted: str) -> None:
    """A local version is in no index."""
    assert pinned(Distribution("plots", version, "/site", "plots.dist-info"), "plots") == wanted


def test_one_that_is_not_there_is_not_pinned(tmp_path: Path) -> None:
    """It is simply installed."""
    assert pinned(None, "plots") == "plots"


def test_a_single_file_of_distutils_cannot_be_replaced(tmp_path: Path) -> None:
    """pip refuses to uninstall it; a folder of the same name is setuptools', with a list of its
    files.
    """
    row = Distribution("plots", "1.0", str(tmp_path), "plots-1.0.egg-info")
    assert is_replaceable(row)
    file_at(tmp_path / "plots-1.0.egg-info")
    assert not is_replaceable(row)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_links_that_lead_nowhere_are_moved_aside(tmp_path: Path) -> None:
    """pip would write through them and fail. A folder that others share stays, without the link in it,
    and so does what is whole.
    """
    python = learner(tmp_path)
    site = tmp_path / "venv" / "site"
    gone = ("plots/__init__.py", "plots/draw.py", "plots_single.py", "shared/plots.py")
    for name in gone:
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).symlink_to("/gone/cache/uv/file.py")
    file_at(site / "whole/__init__.py")
    file_at(site / "shared/others.py")
    files = (*gone, "whole/__init__.py", "never_there.py")
    file_at(site / "plots-1.0.dist-info/RECORD", "".join(f"{name},,\n" for name in files))
    fix = made(tmp_path, python)
    renamed = [Path(step.source).name for step in fix.steps if isinstance(step, Rename)]
    assert renamed == ["plots", "plots_single.py", "plots.py"]
    assert isinstance(fix.steps[-1], Run)
