"""What run-envcheck.py answers at once: it makes no environment and needs no network for it."""

from __future__ import annotations

import pytest
from tests.bootstrap.machine import OFFLINE, Learner

import envcheck


@pytest.mark.usefixtures("namespaces")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "Usage: run-envcheck.py COMMAND"),
        (("--help",), 0, "Usage: run-envcheck.py COMMAND"),
        (("-h",), 0, "Usage: run-envcheck.py COMMAND"),
        (("--version",), 0, f"envcheck, version {envcheck.__version__}\n"),
    ],
)
def test_nothing_is_made_for_an_answer_that_needs_nothing(
    learner: Learner, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = learner.run(*words, before=OFFLINE, timeout=20)
    assert (ran.code, ran.err) == (code, "")
    assert ran.out.startswith(said)
    assert not [path for path in learner.root.rglob("*") if path.is_file()]
    assert learner.environments == []
