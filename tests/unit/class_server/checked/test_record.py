"""Which checks never fail, and which change their answer."""

from __future__ import annotations

import pytest

from envcheck_class.checked.record import Answer, Answers, Record, records

HOUR = 3600.0
P, F, M = Answer(True), Answer(False), Answer(False, mendable=True)


def reports(*given: Answer | None, learner: str = "fox", machine: int = 1) -> list[Answers]:
    """One an hour, of one machine; None where the check had no answer."""
    return [
        Answers(
            machine,
            learner,
            number * HOUR,
            ("python",),
            {} if answer is None else {"kernel": answer},
            {"kernel": "Kernel"},
        )
        for number, answer in enumerate(given)
    ]


def kernel(*sent: list[Answers], mended: dict[int, list[float]] | None = None) -> Record:
    [found] = records([one for own in sent for one in own], mended or {})
    return found


def test_a_check_that_failed_for_nobody() -> None:
    found = kernel(reports(P, P), reports(P, learner="owl", machine=2))
    assert (found.failed, found.answered) == (set(), 2)
    found = kernel(reports(P, P), reports(F, learner="owl", machine=2))
    assert (found.failed, found.answered) == ({"owl"}, 2)


def test_no_answer_is_no_success() -> None:
    assert records(reports(None, None), {}) == []
    assert kernel(reports(None, P), reports(None, learner="owl", machine=2)).answered == 1


@pytest.mark.parametrize(
    "given",
    [(P, F, P), (F, P, F), (M, P, M), (P, P, F, F, P), (F, None, P, None, F), (F, P, M, P, P, F)],
)
def test_there_and_back_is_a_flip(given: tuple[Answer | None, ...]) -> None:
    assert kernel(reports(*given)).flipped == {"fox"}


@pytest.mark.parametrize("given", [(P,), (F, P), (P, F), (F, F, P, P), (P, M, P), (P, F, M, P)])
def test_mended_is_no_flip(given: tuple[Answer, ...]) -> None:
    """Once there is what a fix does; and who passed, was told a fix, and passes again, took it."""
    assert kernel(reports(*given)).flipped == set()


def test_what_explains_a_change_is_no_flip() -> None:
    first, second, third = reports(F, P, F)
    other = Answers(1, "fox", HOUR, ("another",), second.given, second.titles)
    late = Answers(1, "fox", 48 * HOUR, third.setting, third.given, third.titles)
    assert kernel([first, other, third]).flipped == set()
    assert kernel([first, second, late]).flipped == set()
    assert kernel([first, second, third], mended={1: [HOUR / 2]}).flipped == set()
    assert kernel([first, second, third], mended={2: [HOUR / 2]}).flipped == {"fox"}


def test_two_machines_of_one_learner_are_two() -> None:
    """One passes and the other does not: nothing has changed anywhere."""
    found = kernel(reports(P, P, P), reports(F, F, machine=2))
    assert found.flipped == set()
    assert (found.passed, found.failed, found.answered) == ({"fox"}, {"fox"}, 1)
