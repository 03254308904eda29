"""What of a course its learners have, as a real git counts it."""

from __future__ import annotations

import os
import subprocess
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
