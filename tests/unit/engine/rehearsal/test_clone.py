"""What of a course its learners have, as a real git counts it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.engine.test_course_copy import write

from envcheck.course_copy import copy, files
from envcheck.processes.process import Processes
from envcheck.rehearsal.clone import Clone, clone_of

VARIABLES = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    **{f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}  # fmt: skip


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, env=VARIABLES, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet")
    return folder


MakeClone = Callable[..., Clone]


@pytest.fixture
def clone(processes: Processes) -> MakeClone:
    """By a real git, with these variables or the tests'."""
    return lambda course, variables=VARIABLES: clone_of(course, processes, variables)


def copied(course: Path, made: Clone) -> set[str]:
    return {path.as_posix() for path in files(course, made.has)}


def test_as_a_real_clone_has_it(clone: MakeClone, repository: Path, tmp_path: Path) -> None:
    """By the lists of the repository, of a folder and of this machine; also in a folder of it, and
    with letters that are not English.
    """
    course = repository / "course"
    write(
        course, "envcheck.toml", "week1/größe.csv", "week1/secret_data.csv", "own/a.py", "here.txt"
    )
    write(course, "docs/a b.md", ".env", "kept/tracked.log", "x.pyc", ".venv/pyvenv.cfg")
    (repository / ".gitignore").write_text(".env\n*.log\n.venv/\n*.pyc\n")
    (course / "week1/.gitignore").write_text("secret*\n")
    (repository / ".git/info").mkdir(exist_ok=True)
    (repository / ".git/info/exclude").write_text("own/\n/course/here.txt\n")
    git(repository, "add", ".")
    git(repository, "add", "--force", "course/kept/tracked.log")
    git(repository, "commit", "--quiet", "-m", "all")
    made = clone(course)
    assert made.notes == (
        "Not copied, for git ignores it and no learner gets it: .env, here.txt, own/ and "
        "week1/secret_data.csv.",
    )
    git(tmp_path, "clone", "--quiet", str(repository), "learner")
    learners = {path.as_posix() for path in files(tmp_path / "learner/course")}
    assert copied(course, clone(course)) == learners
    copy(course, tmp_path / "copy", made.has)
    assert not (tmp_path / "copy/.env").exists()


def test_what_is_not_committed_is_copied_and_named(clone: MakeClone, repository: Path) -> None:
    write(repository, "envcheck.toml", "a.py")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "all")
    assert clone(repository).notes == ()
    write(repository, "new.py", "added.py")
    (repository / "a.py").write_text("changed")
    git(repository, "add", "added.py")
    assert clone(repository).notes == (
        "Copied although no learner has it before it is committed: a.py, added.py and new.py.",
    )
    assert copied(repository, clone(repository)) == {"envcheck.toml", "a.py", "added.py", "new.py"}


def test_its_own_file_counts_whatever_git_says(clone: MakeClone, repository: Path) -> None:
    write(repository, "envcheck.toml", "a.py")
    (repository / ".gitignore").write_text("envcheck.toml\n")
    assert copied(repository, clone(repository)) == {".gitignore", "a.py", "envcheck.toml"}


@pytest.mark.parametrize("made", ["no repository", "an ignored folder"])
def test_where_git_knows_nothing_of_it(clone: MakeClone, tmp_path: Path, made: str) -> None:
    course = tmp_path / "course"
    write(course, "envcheck.toml", ".env")
    if made == "an ignored folder":
        git(tmp_path, "init", "--quiet")
        (tmp_path / ".gitignore").write_text("course/\n")
    assert clone(course) == Clone()
    assert copied(course, clone(course)) == {"envcheck.toml", ".env"}


@pytest.mark.parametrize("trouble", ["no git", "a broken repository"])
def test_where_git_cannot_say(clone: MakeClone, repository: Path, trouble: str) -> None:
    """All of it is copied, and the rehearsal says that."""
    write(repository, "envcheck.toml", ".env")
    variables = {**VARIABLES, "PATH": "/nowhere"} if trouble == "no git" else VARIABLES
    if trouble == "a broken repository":
        (repository / ".git/HEAD").write_text("nonsense")
    made = clone(repository, variables)
    assert made.names is None
    (note,) = made.notes
    assert note.startswith("Copied with what git may ignore, for git did not say what that is: ")


def test_a_repository_of_somebody_elses_variables(clone: MakeClone, repository: Path) -> None:
    """In a hook git's variables lead elsewhere."""
    write(repository, "envcheck.toml", ".env")
    (repository / ".gitignore").write_text(".env\n")
    made = clone(repository, {**VARIABLES, "GIT_DIR": "/nowhere"})
    assert not made.has(Path(".env"))
    assert made.has(Path("envcheck.toml"))


def commit(folder: Path) -> None:
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "all")


@pytest.fixture
def with_module(repository: Path, tmp_path: Path) -> Path:
    """A repository with a submodule, in which something is ignored."""
    other = tmp_path / "other"
    write(other, "d.csv")
    (other / ".gitignore").write_text("secret.csv\n")
    git(other, "init", "--quiet")
    commit(other)
    write(repository, "envcheck.toml")
    add = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other), "data")
    git(repository, *add)
    commit(repository)
    write(repository, "data/secret.csv")
    return repository


def test_a_submodule_is_empty_as_in_a_plain_clone(
    clone: MakeClone, with_module: Path, tmp_path: Path
) -> None:
    made = clone(with_module)
    assert copied(with_module, made) == {".gitmodules", "envcheck.toml"}
    copy(with_module, tmp_path / "copy", made.has)
    assert [*(tmp_path / "copy/data").iterdir()] == []
    (note,) = made.notes
    assert note.startswith("Empty in the copy, as in a plain clone: data, ")


@pytest.mark.parametrize(
    "line", ["git clone --recurse-submodules URL", "git submodule update --init"]
)
def test_a_submodule_that_learners_are_told_to_fetch(
    clone: MakeClone, with_module: Path, line: str
) -> None:
    """With what its own repository has, and nothing else."""
    (with_module / "README.md").write_text(line)
    commit(with_module)
    made = clone(with_module)
    assert made.notes == ()
    assert {"data/d.csv", "data/.gitignore"} <= copied(with_module, made)
    assert "data/secret.csv" not in copied(with_module, made)


def test_a_repository_in_the_course_that_is_no_submodule(
    clone: MakeClone, repository: Path
) -> None:
    write(repository, "envcheck.toml", "inner/a.csv")
    git(repository / "inner", "init", "--quiet")
    made = clone(repository)
    assert copied(repository, made) == {"envcheck.toml"}
    assert made.notes[0] == (
        "Not copied, for it is a repository of its own, which no clone has: inner/."
    )


def test_files_of_git_lfs_are_named(clone: MakeClone, repository: Path) -> None:
    course = repository / "course"
    write(course, "envcheck.toml", "data/large.bin")
    (repository / ".gitattributes").write_text("*.bin filter=lfs\n")
    git(repository, "-c", "filter.lfs.clean=cat", "add", ".")
    git(repository, "-c", "filter.lfs.clean=cat", "commit", "--quiet", "-m", "all")
    assert clone(course).notes == (
        "Copied whole, though a learner without Git LFS has a pointer of three lines in its place: "
        "data/large.bin.",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems where anybody may make links")
def test_links_as_a_real_clone_has_them(clone: MakeClone, repository: Path, tmp_path: Path) -> None:
    """What leads out, or names a place on the author's machine, is not there; an empty folder is not, either."""
    write(repository, "envcheck.toml", "data/a.csv", "week2/b.py")
    write(tmp_path, "away/c.csv")
    (repository / "empty").mkdir()
    own, file = repository / "data", repository / "data/a.csv"
    for name, to in (("data", "../data"), ("out", "../../away"), ("own", own), ("file", file)):
        (repository / "week2" / name).symlink_to(to)
    commit(repository)
    made = clone(repository)
    assert made.notes == (
        "Not copied, for it is a link to a place on this machine: week2/file and week2/own.",
        "Not copied, for it is a link that leads out of the course: week2/out.",
    )
    copy(repository, tmp_path / "copy", made.has)
    git(tmp_path, "clone", "--quiet", str(repository), "learner")
    learner = tmp_path / "learner"
    assert (tmp_path / "copy/week2/data/a.csv").read_text() == "data/a.csv"
    for name in ("empty", "week2/out", "week2/own", "week2/file"):
        assert not os.path.lexists(tmp_path / "copy" / name)
    shutil.rmtree(learner / ".git")
    for name in ("own", "out", "file"):
        (learner / "week2" / name).unlink()
    assert names_in(tmp_path / "copy") == names_in(learner)


def names_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
