"""Configuration that one profile of IPython's loads from another."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import file_at

from envcheck_checks.interference.ipython_loaded import loaded_from_profiles


def test_what_is_loaded_comes_before_what_loads_it(tmp_path: Path) -> None:
    """In a circle, too; what is not there or commented out is no file of it."""
    profile, course = tmp_path / "profile_default", tmp_path / "profile_course"
    load = "load_subconfig({name!r}, profile={other!r})\n".format
    file_at(
        profile / "ipython_config.py",
        f"# {load(name='no.py', other='course')}"
        + load(name="ipython_config.py", other="course")
        + load(name="gone.py", other="course"),
    )
    file_at(course / "no.py", "")
    first = file_at(course / "ipython_config.py", load(name="looks.py", other="course"))
    second = file_at(course / "looks.py", load(name="ipython_config.py", other="course"))
    assert loaded_from_profiles(profile) == [second, first]


@pytest.mark.parametrize("name", ["sub/x.py", "../../far/x.py", "{far}/x.py"])
def test_what_lies_outside_is_none_of_ours(tmp_path: Path, name: str) -> None:
    """By a link in a profile, by dots, by its whole name: there it is the learner's own file."""
    profile, far = tmp_path / "ours/profile_default", tmp_path / "far"
    file_at(far / "x.py")
    (tmp_path / "ours/profile_course").mkdir(parents=True)
    (tmp_path / "ours/profile_course/sub").symlink_to(far)
    load = f"load_subconfig({name.format(far=far)!r}, profile='course')\n"
    file_at(profile / "ipython_config.py", load)
    assert loaded_from_profiles(profile) == []


def test_a_link_in_a_profile_counts_as_itself(tmp_path: Path) -> None:
    """It can be left out of a copy, wherever it leads."""
    profile, course = tmp_path / "ours/profile_default", tmp_path / "ours/profile_course"
    file_at(profile / "ipython_config.py", "load_subconfig('x.py', profile='course')\n")
    course.mkdir(parents=True)
    (course / "x.py").symlink_to(file_at(tmp_path / "far/x.py"))
    assert loaded_from_profiles(profile) == [course / "x.py"]
