"""A course from an address is shown and asked about, once for what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.remote_course.conftest import Site

from envcheck.errors import UsageProblem
from envcheck.remote_course import agreeing
from envcheck.remote_course.address import address_of
from envcheck.sending.person import Person

COURSE = 'course = "c"\n[chapter.a]\nchecks = "own.py:CHECKS"\n'


class Somebody:
    """Who says `answer`, and what they were shown and asked."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site, self.cache = site, folder
        self.answer: bool | None = True
        self.shown: list[str] = []
        self.questions: list[str] = []

    def runs(self, **how: bool) -> str:
        """What the checks in Python say that would run."""
        self.shown, self.questions = [], []
        person = Person(
            self.shown.append, self.shown.append, self._confirm if self.answer is not None else None
        )
        asked = agreeing.Asked(self.site.variables, self.cache, **how)
        file = agreeing.to_run(address_of(self.site.address), asked, person)
        return (file.parent / "own.py").read_text()

    def refused(self, **how: bool) -> str:
        with pytest.raises(UsageProblem) as problem:
            self.runs(**how)
        return str(problem.value)

    def _confirm(self, question: str) -> bool:
        self.questions.append(question)
        return bool(self.answer)


@pytest.fixture
def somebody(site: Site, tmp_path: Path) -> Somebody:
    site.put(envcheck__toml=COURSE, own__py="CHECKS = []\n")
    return Somebody(site, tmp_path)


def test_it_is_asked_once(somebody: Somebody) -> None:
    """The course file and its code are shown whole."""
    assert somebody.runs() == "CHECKS = []\n"
    assert somebody.shown == [f"--- envcheck.toml\n{COURSE}\n--- own.py\nCHECKS = []\n"]
    assert len(somebody.questions) == 1 and somebody.site.address in somebody.questions[0]
    assert somebody.runs() == "CHECKS = []\n"
    assert (somebody.shown, somebody.questions) == ([], [])


def test_it_has_changed(somebody: Somebody) -> None:
    """The difference is shown; who says no keeps what was agreed to, and is asked again."""
    somebody.runs()
    somebody.site.put(own__py="CHECKS = [1]\n")
    somebody.answer = False
    for _ in range(2):
        assert "nothing of it was run" in somebody.refused()
        assert somebody.shown[0].splitlines()[2:] == [
            "@@ -1 +1 @@",
            "-CHECKS = []",
            "+CHECKS = [1]",
        ]
    assert somebody.runs(offline=True) == "CHECKS = []\n"
    somebody.answer = True
    assert somebody.runs() == "CHECKS = [1]\n"
    assert somebody.runs(offline=True) == "CHECKS = [1]\n"


def test_without_a_terminal(somebody: Somebody) -> None:
    somebody.answer = None
    assert "may add --trust-course" in somebody.refused()
    assert "not agreed to on this machine yet" in somebody.refused(offline=True)
    assert somebody.runs(trusted=True) == somebody.runs() == "CHECKS = []\n"
    somebody.site.put(own__py="CHECKS = [1]\n")
    assert "it has changed since you agreed to it" in somebody.refused()


def test_what_is_kept_and_was_changed_since(somebody: Somebody) -> None:
    """Is not used."""
    somebody.runs()
    for file in somebody.cache.rglob("own.py"):
        file.write_text("CHECKS = [2]\n")
    assert "not agreed to" in somebody.refused(offline=True)
    assert somebody.runs() == "CHECKS = []\n"


def test_who_only_reads_it_is_not_asked(somebody: Somebody) -> None:
    asked = agreeing.Asked(somebody.site.variables, somebody.cache)
    file = agreeing.to_read(address_of(somebody.site.address), asked)
    assert file.read_text() == COURSE
    assert len(somebody.questions) == 0
    somebody.runs()
    assert len(somebody.questions) == 1
    nowhere = agreeing.Asked(somebody.site.variables, None)
    with pytest.raises(UsageProblem, match="no folder of its own"):
        agreeing.to_read(address_of(somebody.site.address), nowhere)
