"""Which of the learner's settings is the cause, by trials: in few, and one after the other or two
side by side.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.pace import within
from tests.unit.described_machines import on

from envcheck.testing import described
from envcheck_checks.interference.trials import (
    Removed,
    SettingKind,
    find_cause_by_removal,
    find_causes_by_removal,
    general,
    other_variables,
)

CHANGES = [
    Removed(SettingKind.VARIABLE, name, {name: None}) for name in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
]


@pytest.mark.parametrize("at_once", [1, 2])
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 9, 26])
def test_the_one_that_does_it(count: int, at_once: int) -> None:
    """Whichever it is. Of many, halves are tried: a terminal of forty variables is no reason to try
    forty times. Nothing is tried twice: a server takes a second of the processor each time.
    """
    for guilty in CHANGES[:count]:
        asked: list[Sequence[Removed]] = []

        def works(
            tried: Sequence[Removed],
            guilty: Removed = guilty,
            asked: list[Sequence[Removed]] = asked,
        ) -> bool:
            asked.append(tried)
            return guilty in tried

        assert find_cause_by_removal(CHANGES[:count], works, at_once) == guilty
        assert len(asked) <= 3 + 2 * count.bit_length()
        assert len({*map(tuple, asked)}) == len(asked)


@pytest.mark.parametrize("at_once", [1, 2])
def test_none_or_several(at_once: int) -> None:
    """No candidates, none that helps, and two that help only together: nobody is blamed."""
    asked: list[Sequence[Removed]] = []

    def never(tried: Sequence[Removed]) -> bool:
        asked.append(tried)
        return False

    assert find_cause_by_removal([], never, at_once) is None
    assert asked == []
    assert find_cause_by_removal(CHANGES, never, at_once) is None
    assert len(asked) <= at_once
    assert (
        find_cause_by_removal(CHANGES, lambda tried: {CHANGES[1], CHANGES[20]} <= {*tried}, at_once)
        is None
    )


@pytest.mark.parametrize("at_once", [1, 2])
@pytest.mark.parametrize("count", [2, 3, 4, 7, 12])
def test_two_that_help_only_together(count: int, at_once: int) -> None:
    """Whichever two: both are named, after few trials."""
    candidates = CHANGES[:count]
    for one, other in itertools.combinations(candidates, 2):
        asked: list[int] = []

        def works(
            tried: Sequence[Removed],
            both: frozenset[Removed] = frozenset((one, other)),
            asked: list[int] = asked,
        ) -> bool:
            asked.append(len(tried))
            return both <= {*tried}

        found = find_causes_by_removal(candidates, works, at_once, seconds_for_two=60)
        assert found == (one, other)
        assert find_causes_by_removal(candidates, works, at_once) == ()
        assert len(asked) <= 2 * (5 + 4 * count.bit_length())


def test_three_are_too_many_and_time_is_short() -> None:
    """Nobody is blamed then."""

    def three(tried: Sequence[Removed]) -> bool:
        return {*CHANGES[:3]} <= {*tried}

    def two(tried: Sequence[Removed]) -> bool:
        return {*CHANGES[:2]} <= {*tried}

    assert find_causes_by_removal(CHANGES[:5], three, seconds_for_two=60) == ()
    assert find_causes_by_removal(CHANGES[:5], two, seconds_for_two=-1) == ()


@pytest.mark.parametrize("at_once", [1, 2])
def test_what_fails_once_and_then_works(at_once: int) -> None:
    """It works with all settings in place too: no setting is blamed for what failed by chance."""
    assert find_cause_by_removal(CHANGES[:1], lambda tried: True, at_once) is None
    assert find_cause_by_removal(CHANGES, lambda tried: True, at_once) is None


@pytest.mark.parametrize("at_once", [1, 2])
@pytest.mark.parametrize("count", [1, 2, 26])
def test_a_control_that_was_given_up_proves_nothing(count: int, at_once: int) -> None:
    """A busy machine: nobody knows whether it would have failed again. Where the failure itself was
    a wait in vain, it did.
    """

    def works(tried: Sequence[Removed]) -> bool | None:
        return CHANGES[0] in tried if tried else None

    assert find_cause_by_removal(CHANGES[:count], works, at_once) is None
    assert find_cause_by_removal(CHANGES[:count], works, at_once, late=True) == CHANGES[0]


@pytest.mark.parametrize("count", [1, 2, 26])
def test_the_control_of_a_wait_in_vain_is_waited_for_once(count: int) -> None:
    """It takes as long as the failure did, and the check has no more time than that."""
    controls: list[int] = []

    def works(tried: Sequence[Removed]) -> bool | None:
        if tried:
            return CHANGES[0] in tried
        controls.append(1)
        return None

    begun = time.monotonic()
    assert find_cause_by_removal(CHANGES[:count], works, 2, late=True) == CHANGES[0]
    assert controls == [1]
    assert time.monotonic() - begun < within(10)


def test_a_removal_that_was_given_up_helps_nobody() -> None:
    assert find_cause_by_removal(CHANGES[:2], lambda tried: None, late=True) is None


def test_every_variable_is_asked_about_but_what_a_program_needs() -> None:
    """Any name; never those without which nothing runs, and never the folders that envcheck leads
    elsewhere.
    """
    needed = {
        "PATH": "/bin",
        "HOME": "/home/ada",
        "SystemRoot": "C:/Windows",
        "TMPDIR": "/tmp",
        "JUPYTER_RUNTIME_DIR": "/r",
        "XDG_DATA_HOME": "/d",
        "MPLCONFIGDIR": "/m",
    }
    env = described(
        variables={**needed, "SSLKEYLOGFILE": "/keys", "PYTHONPATH": "/x", "course_key": "1"}
    )
    assert [change.name for change in other_variables(env)] == ["SSLKEYLOGFILE", "course_key"]


def test_two_spellings_are_one_setting() -> None:
    """A program reads one where the other is away: neither alone would make a difference."""
    env = described(variables={"ALL_PROXY": "socks://a", "all_proxy": "socks://a", "b": "1"})
    both, other = other_variables(env)
    assert (both.variables, other.name) == ({"ALL_PROXY": None, "all_proxy": None}, "b")


def test_what_a_trial_raises_is_raised() -> None:
    """In whichever thread it ran."""

    def breaks(tried: Sequence[Removed]) -> bool:
        if len(tried) == 1:
            raise ValueError(tried[0].name)
        return True

    with pytest.raises(ValueError, match="A"):
        find_cause_by_removal(CHANGES, breaks, at_once=2)


def test_a_setting_that_was_tried_in_vain_is_not_tried_again() -> None:
    """Where the failure was a wait in vain, each trial takes as long: there is no time for two."""
    first, guilty = (Removed(SettingKind.VARIABLE, name, {name: None}) for name in "AB")
    tried: list[list[str]] = []

    def works(removed: Sequence[Removed]) -> bool | None:
        tried.append([one.name for one in removed])
        return True if guilty in removed else None

    assert find_cause_by_removal([first, guilty], works, 2, late=True) == guilty
    assert tried.count(["A"]) == 1


@pytest.mark.parametrize(
    ("value", "rest"),
    [(":/x", "/x"), ("/x:", "/x"), ("/x::/y", "/x:/y"), (".", None), (":", None), ("{here}", None)],
)
def test_the_folder_is_the_root_of_what_a_variable_takes_from_it(
    tmp_path: Path, value: str, rest: str | None
) -> None:
    """An entry of PYTHONPATH that is empty is the folder that the learner is in."""
    here = value.format(here=tmp_path / "work").replace(":", os.pathsep)
    env = on("linux", tmp_path, PYTHONPATH=here)
    assert [change.kind for change in general(env)] == [SettingKind.VARIABLE]
    (env.folder / "random.py").touch()
    folder, variable = general(env)
    assert (folder.kind, variable.name) == (SettingKind.FOLDER, "PYTHONPATH")
    assert folder.variables == {"PYTHONPATH": rest and rest.replace(":", os.pathsep)}


@pytest.mark.parametrize("value", ["/x", "work2", "/x/work"])
def test_a_variable_that_leads_elsewhere_is_asked_first(tmp_path: Path, value: str) -> None:
    env = on("linux", tmp_path, PYTHONPATH=value)
    (env.folder / "random.py").touch()
    assert [change.kind for change in general(env)] == [SettingKind.VARIABLE, SettingKind.FOLDER]
    assert not general(env)[1].variables
