"""A course carries envcheck: `envcheck vendor` from an installed wheel and from a clone, and a learner's
first run in a clone of the course.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from tests.bootstrap.machine import BASE, checkout
from tests.not_typed import ELSEWHERE
from tests.reach.local_index import file_of
from tests.reach.newcomer import Newcomer, quoted

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: lines of its shells"),
]
WHEEL = "envcheck_course-0.1.0-py3-none-any.whl"
COURSE = 'course = "letters"\n[chapter.ch12]\ntitle = "Twelve"\npackages = ["six"]\n'


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, index: str, project: Path, tools: Path) -> Path:
    """An environment with envcheck installed from its wheel; nothing in it is changed."""
    maker = Newcomer(tmp_path_factory.mktemp("vendoring"), index, [tools])
    wheel = quoted(file_of(project, "whl"))
    made = maker.types(
        f"uv venv -q --python {quoted(BASE)} own && uv pip install -q --python own {wheel}"
    )
    assert made.code == 0, made
    return maker.work / "own"


@pytest.fixture
def author(tmp_path: Path, index: str, own: Path) -> Newcomer:
    """An author with that environment, and a course."""
    author = Newcomer(tmp_path / "author", index)
    (author.work / "envcheck.toml").write_text(COURSE, encoding="utf-8")
    (author.work / "own").symlink_to(own)
    return author


@pytest.mark.whole
def test_a_clone_of_the_course_is_enough(author: Newcomer, tmp_path: Path, others: str) -> None:
    """Its learners need no index that knows envcheck; the wheel runs, checked by the lock."""
    vendor, add = ELSEWHERE["docs/authors.md"]
    said = author.types(f"own/bin/{vendor}")
    assert said.out == (
        f"Written to {author.work}: envcheck.lock, {WHEEL} and run-envcheck.py.\n"
        "In a clone of the course learners type:\n"
        "    python3 run-envcheck.py ch12\n"
        "Keep the files with the course:\n"
        f"    git add -f envcheck.lock {WHEEL} run-envcheck.py\n"
    )
    assert (said.code, said.err) == (0, "")
    added = author.types(f"git init -q . && {add} && git diff --cached --name-only")
    assert (added.code, added.out.split()) == (
        0,
        sorted([WHEEL, "envcheck.lock", "run-envcheck.py"]),
    )
    learner = Newcomer(tmp_path / "learner", others, [BASE.parent])
    for name in ("run-envcheck.py", WHEEL, "envcheck.lock", "envcheck.toml"):
        shutil.copy(author.work / name, learner.work)
    first = learner.types("python3 run-envcheck.py ch12 --quick --offline")
    assert "checked against its hash" in first.err, first
    assert first.out.startswith("letters, ch12\n"), first
    assert learner.types("python3 run-envcheck.py list").err == ""
    # What came with the course gives the same wheel again: the files are up to date.
    again = learner.types("python3 run-envcheck.py vendor . --check")
    assert (again.code, again.out) == (
        0,
        f"envcheck 0.1.0 is in {learner.work}. Nothing was changed.\n",
    )
    damaged = (learner.work / WHEEL).read_bytes()
    (learner.work / WHEEL).write_bytes(damaged[:-1] + b"x")
    refused = learner.types("python3 run-envcheck.py list")
    assert refused.code == 3
    assert "the file of envcheck-course has another hash than the lock says" in refused.err


@pytest.mark.whole
def test_check_says_when_it_is_old(author: Newcomer) -> None:
    """By what is missing and by what differs, with the line that writes it; nothing is written."""
    missing = author.types("own/bin/envcheck vendor --check .")
    assert (missing.code, missing.out) == (
        1,
        f"{WHEEL}, envcheck.lock and run-envcheck.py: missing. Nothing was changed.\n"
        "Next step:\n    own/bin/envcheck vendor .\n",
    )
    author.types("own/bin/envcheck vendor .")
    lock = author.work / "envcheck.lock"
    lock.write_text(lock.read_text("utf-8").replace("click==", "click==0"), encoding="utf-8")
    (author.work / WHEEL.replace("0.1.0", "0.0.9")).write_bytes(b"")
    old = author.types("own/bin/envcheck vendor --check .")
    assert (old.code, old.out) == (
        1,
        "envcheck.lock and envcheck_course-0.0.9-py3-none-any.whl: not of envcheck 0.1.0 as it is "
        "here. Nothing was changed.\nNext step:\n    own/bin/envcheck vendor .\n",
    )
    assert author.types("own/bin/envcheck vendor .").code == 0
    assert not (author.work / WHEEL.replace("0.1.0", "0.0.9")).exists()
    assert author.types("own/bin/envcheck vendor --check .").code == 0


@pytest.mark.whole
def test_somebody_elses_file_is_moved_aside_when_they_agree(author: Newcomer) -> None:
    own = author.work / "run-envcheck.py"
    own.write_text("print('mine')\n", encoding="utf-8")
    refused = author.types("own/bin/envcheck vendor .")
    assert (refused.code, refused.out) == (1, "Nothing was changed.\n")
    assert "run-envcheck.py, which envcheck did not write?" in refused.err
    assert sorted(path.name for path in author.work.iterdir()) == [
        *("envcheck.toml", "own", "run-envcheck.py"),
    ]
    agreed = author.types("own/bin/envcheck vendor . --yes")
    assert agreed.code == 0
    assert "it is now run-envcheck.py.envcheck-backup-1." in agreed.out
    assert (author.work / "run-envcheck.py.envcheck-backup-1").read_text() == "print('mine')\n"


@pytest.mark.whole
def test_from_a_clone(tmp_path: Path, index: str) -> None:
    """The wheel that a clone's environment holds is the clone's."""
    script = checkout(tmp_path / "a clone")
    author = Newcomer(tmp_path / "author", index, [BASE.parent])
    (author.work / "course").mkdir()
    said = author.types(f"python3 {quoted(script)} vendor course")
    assert said.code == 0, said
    assert "python3 run-envcheck.py chapter2" in said.out
    used = author.types("cd course && python3 run-envcheck.py list")
    assert used.code == 0, used
    assert (author.work / "course" / "run-envcheck.py").read_bytes() == script.read_bytes()
