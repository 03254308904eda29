"""A learner with a report, a home of their own, and a terminal that is written down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.unit.engine.sending.strict_server import CODE, Class, make_certificate, serving

from envcheck.privacy import Scrubber
from envcheck.sending.link import place_of
from envcheck.sending.own_folder import class_folder
from envcheck.sending.parcel import Parcel, parcel
from envcheck.sending.patience import Bounds
from envcheck.sending.person import Counter, Person

ENOUGH = Bounds(connect=5, answer=10, whole=20, pause=0.1)  # on a slow machine too
ONCE = Bounds(connect=5, answer=10, whole=10, pause=6)  # a second try would come too late
QUICK = Bounds(connect=0.5, answer=1, whole=2, pause=0.1)  # for what never comes


def report(**changes: Any) -> bytes:
    """The bytes of a report."""
    check = {"id": "c.a", "title": "A", "status": "pass", "summary": "fine", "required": True}
    document = {
        "schema": 1, "envcheck": "0.1.0", "started": "2026-11-28T10:00:00Z", "seconds": 1.0,
        "course": {"id": "ml", "revision": "1", "title": "ML"}, "chapters": ["chapter2"],
        "verdict": "ready", "exit_code": 0, "target": {"python": "~/x", "os": {"name": "Linux"}},
        "checks": [check], "diagnoses": [], "alias": "fox", **changes,
    }  # fmt: skip
    return (json.dumps(document, indent=1) + "\n").encode()


@dataclass
class Learner:
    """Whose terminal says what; `answers` is what they type, None where there is no terminal."""

    home: Path
    answers: list[bool] | None = None
    screen: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def person(self) -> Person:
        def confirm(question: str) -> bool:
            self.asked.append(question)
            self.screen.append(question)
            assert self.answers is not None
            return self.answers.pop(0)

        said = self.screen.append
        return Person(said, said, confirm if self.answers is not None else None)

    def counter(self, *, unasked: bool = False, bounds: Bounds = ENOUGH) -> Counter:
        variables = {"HOME": str(self.home), "USERPROFILE": str(self.home), **self.variables}
        folder = class_folder(variables)
        return Counter(variables, folder, unasked=unasked, bounds=bounds)

    @property
    def text(self) -> str:
        return "\n".join(self.screen)


def parcel_to(link: str, body: bytes | None = None) -> Parcel:
    return parcel(place_of(link, "--join"), "the report", body or report(), Scrubber())


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    made = Learner(tmp_path)
    yield made
    assert CODE not in made.text  # a secret


@pytest.fixture
def monday() -> Iterator[Class]:
    """A class on loopback, without https."""
    with serving(Class()) as of:
        yield of
        assert of.wrong == []


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"))
