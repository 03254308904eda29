"""Configuration that one profile of IPython's loads from another."""

from __future__ import annotations

from pathlib import Path

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
