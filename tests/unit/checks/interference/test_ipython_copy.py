"""What a kernel of ours sees of the learner's IPython folder: all of it, but what IPython writes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.described_machines import file_at

from envcheck_checks.interference import ipython_copy
from envcheck_checks.interference.ipython_copy import copy_ipython, is_never_copied

NAMES = st.sampled_from(
    [
        "profile_default",
        "profile_course",
        "extensions",
        "startup",
        "ours",
        "a.py",
        "b.ipy",
        "mine.mplstyle",
        "x.json",
        "db",
        "log",
        "history.sqlite",
        "cython",
        "__pycache__",
        "none",
    ]
)
PATHS = st.lists(NAMES, min_size=1, max_size=5).map("/".join)


def written(folder: Path, paths: list[str]) -> list[str]:
    """These files, each with its own path as its text; those that can be beside the others."""
    made = []
    for path in paths:
        try:
            file_at(folder / path, path)
        except OSError:
            continue
        made.append(path)
    return [path for path in made if os.path.isfile(folder / path)]


def is_never(path: str) -> bool:
    """Whether it, or a folder above it, is one that is never copied."""
    parts = path.split("/")
    return any(is_never_copied("/".join(parts[: number + 1])) for number in range(len(parts)))


@pytest.mark.parametrize("most", [0, 3, 400])
@given(paths=st.lists(PATHS, max_size=12, unique=True))
def test_every_file_is_seen_at_its_place(most: int, own_folder: Path, paths: list[str]) -> None:
    """However many of them are copied; what IPython writes is not there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ipython_copy, "MOST_FILES", most)
        own, ours = own_folder / "own", own_folder / "ours"
        for place in (own, ours):
            shutil.rmtree(place, ignore_errors=True)
        there = written(own, paths)
        copy_ipython(own, ours)
    for path in there:
        if not is_never(path) and not os.path.isdir(ours / path):  # a file where a folder belongs
            assert (ours / path).read_text() == path
    for place in (*ours.iterdir(), *ours.glob("profile_*/*")):
        assert not is_never_copied(place.relative_to(ours).as_posix())


@pytest.mark.parametrize("most", [0, 400])
def test_what_a_kernel_writes_never_lands_in_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Also where a profile, or its folder of start-up files, is a link or has too much in it."""
    monkeypatch.setattr(ipython_copy, "MOST_FILES", most)
    own, dotfiles = tmp_path / "own", tmp_path / "dotfiles"
    file_at(dotfiles / "startup" / "00.py", "x = 1")
    own.mkdir()
    for name in ("profile_default", "profile_course"):
        (own / name).symlink_to(dotfiles)
    copy_ipython(own, tmp_path / "ours")
    for name in ("profile_default", "profile_course"):
        profile = tmp_path / "ours" / name
        for written_by_it in (profile / "history.sqlite", profile / "startup" / "README"):
            written_by_it.write_text("")
    assert sorted(path.name for path in dotfiles.rglob("*")) == ["00.py", "startup"]


def test_a_script_that_is_a_link_still_looks_beside_what_it_leads_to(tmp_path: Path) -> None:
    """As `Path(__file__).resolve()` does it among files that a learner keeps elsewhere."""
    real = file_at(tmp_path / "dotfiles" / "00.py", "")
    link = tmp_path / "own" / "profile_default" / "startup" / "00.py"
    link.parent.mkdir(parents=True)
    link.symlink_to(real)
    copy_ipython(tmp_path / "own", tmp_path / "ours")
    copy = tmp_path / "ours" / "profile_default" / "startup" / "00.py"
    assert copy.resolve() == real.resolve()


def test_what_is_no_file_or_leads_nowhere_is_there_too(tmp_path: Path) -> None:
    """IPython runs whatever has the name of a start-up file, and says so or hangs."""
    startup = tmp_path / "own" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00-gone.py").symlink_to(tmp_path / "gone.py")
    if hasattr(os, "mkfifo"):
        os.mkfifo(startup / "01-pipe.py")
    copy_ipython(tmp_path / "own", tmp_path / "ours")
    names = {path.name for path in (tmp_path / "ours/profile_default/startup").iterdir()}
    assert names == {path.name for path in startup.iterdir()}


def test_a_home_that_is_named_as_ipythons_folder_is_not_copied(tmp_path: Path) -> None:
    """With IPYTHONDIR; what lies there is only shown."""
    file_at(tmp_path / "own" / ".netrc", "password")
    file_at(tmp_path / "own" / "Documents" / "letter.txt", "")
    copies = copy_ipython(tmp_path / "own", tmp_path / "ours")
    shown = [tmp_path / "ours" / name for name in (".netrc", "Documents")]
    assert all(os.path.islink(place) for place in shown)
    assert copies[shown[0]] == tmp_path / "own" / ".netrc"
