from __future__ import annotations

import pytest

from envcheck.command.class_link import asked
from envcheck.errors import UsageProblem

LINK = "https://class.example.org/0123456789ABCDEFGHJK"
WORDS = {"alias": "fox", "join": LINK, "submit": None, "unasked": False, "offline": False}


def test_yes_is_for_fixes_and_does_not_answer_whether_a_report_may_go() -> None:
    assert not asked({**WORDS, "yes": True, "fix": True}).unasked
    assert asked({**WORDS, "unasked": True}).unasked


def test_what_does_not_go_together() -> None:
    for words in (
        {"join": None, "unasked": True},
        {"offline": True},
        {"submit": "https://class.example.org"},
    ):
        with pytest.raises(UsageProblem, match="--join"):
            asked({**WORDS, **words})
    assert asked({**WORDS, "join": None}).place is None
