"""The shape of a story: what breaks the machine, what envcheck must say of it, and whether its own
fix makes it green.

A module of stories is a table `STORIES` and one test marked with `told(STORIES)` that plays each.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from tests.stories.carried_out import carried_out
from tests.stories.machine import Machine, MakeMachine, Seen
from tests.stories.marked import VARIABLE, left_running, new_mark
from tests.stories.new_terminal import (
    Terminal,
    activating,
    check_in_a_new_terminal,
    follow,
    follow_notes,
    terminal_for,
    write_start_up_file,
)

WHOLE = bool(os.environ.get("ENVCHECK_TEST_WHOLE"))
# What works in cells, in a kernel that envcheck starts without a server
CELLS = ("packages", "snippets", "tutorial")


@dataclass(frozen=True)
class Story:
    """`breaks` makes the one fault. `words` stand in the diagnosis: summary, note or evidence.

    `fixed`: `--fix` makes it green (for a warning: its steps, carried out, make it go away); False:
    a person must do something, and no fix may claim to be automatic; None: what can be done depends
    on the machine that the tests run on. `kind` and `packages` are those of `make_machine`.
    `server`: the fault is the server's, so no run does without it. `only`: these checks are asked
    and no other, where no other has a part in it. `always`: one of those
    that run in every `scripts/test`; the others only with the whole of it, where this one checks
    all anew, the server included. `known` is why it fails
    today. `further`: its module has another story of the same kind, set by `told`.
    """

    breaks: Callable[[Machine], object]
    code: str
    words: tuple[str, ...] = ()
    warns: bool = False
    fixed: bool | None = False
    kind: str = "venv"
    packages: bool = True
    server: bool = False
    only: tuple[str, ...] = ()
    always: bool = False
    known: str = ""
    further: bool = False

    @property
    def kind_of_fix(self) -> tuple[object, ...]:
        """What another story shares in which the same is mended on a machine of the same kind."""
        return self.code, self.warns, self.kind, self.packages, self.server

    @property
    def is_thorough(self) -> bool:
        """One of each kind is, where all stories are played."""
        return self.always and WHOLE

    @property
    def selected(self) -> list[str]:
        """The words that ask for no other checks."""
        return [word for check in self.only for word in ("--only", check)]


def told(stories: Mapping[str, Story]) -> pytest.MarkDecorator:
    """Parametrizes a test with `story`, by name."""
    params = []
    kinds = {story.kind_of_fix for story in stories.values() if story.always}
    for name, each in stories.items():
        story = replace(each, further=not each.always and each.kind_of_fix in kinds)
        kinds.add(story.kind_of_fix)
        marks = [] if story.always else [pytest.mark.whole]
        if story.known:
            marks.append(pytest.mark.xfail(strict=True, reason=story.known))
        params.append(pytest.param(story, id=name, marks=marks))
    return pytest.mark.parametrize("story", params)


def play(
    story: Story,
    make_machine: MakeMachine,
    wheels: Path,
    *,
    without_server: bool = False,
    without_cells: bool = False,
) -> None:
    """Break a machine, see that exactly this is said, let `--fix` mend it, and see that it is
    ready.

    `without_server`: the faults of this module lie where no server has a part, so the first run
    does without it too; `without_cells`: they are the server's own, or Jupyter's. The machine of a further story
    of a kind is as healthy as the first one's but for the fault: after its fix, what met that is
    checked.
    """
    machine = make_machine(story.kind, packages=story.packages)
    machine.variables[VARIABLE] = mark = new_mark()
    machine.installs_from(wheels)
    story.breaks(machine)
    terminal = terminal_for(story.code + "".join(story.words))
    if story.fixed:
        write_start_up_file(machine, terminal)
    first = _asked_at_first(story, without_server, without_cells)
    if story.fixed and not story.warns:
        seen, after = machine.check_and_fix(*first, met_alone=story.further)
        _said(story, seen)
        assert "cannot take it back" not in after.err
        _mended(after)
        _stays_mended(story, machine, terminal, seen, after)
    else:
        seen = machine.check(*first)
        _said(story, seen)
        assert not left_running(mark), left_running(mark)
        if story.fixed and story.warns:
            _silenced(story, machine, terminal, seen, first)
    assert not left_running(mark), left_running(mark)


def _asked_at_first(story: Story, without_server: bool, without_cells: bool) -> list[str]:
    """The words for the first run: less than everything where something has no part in the fault."""
    if story.only or story.is_thorough:
        return story.selected
    if without_cells:
        return [word for check in CELLS for word in ("--skip", check)]
    return ["--quick"] if without_server and not story.server else []


def _said(story: Story, seen: Seen) -> None:
    told = [(one["code"], one["summary"], one["evidence"]) for one in seen.report["diagnoses"]]
    if story.warns:
        assert (seen.code, seen.errors) == (0, []), told
        assert story.code in seen.warnings, told
    else:
        assert (seen.code, seen.errors) == (1, [story.code]), told
    one = next(one for one in seen.report["diagnoses"] if one["code"] == story.code)
    text = " ".join([one["summary"], one["note"] or "", *map(str, one["evidence"].values())])
    assert [word for word in story.words if word not in text] == [], text
    assert one["fixes"], "no next step"
    if story.fixed is False and not story.warns:
        assert [fix["title"] for fix in one["fixes"] if fix["automatic"]] == []


def _silenced(
    story: Story, machine: Machine, terminal: Terminal, seen: Seen, first: list[str]
) -> None:
    """`--fix` leaves warnings alone: their steps are carried out from the report, and the warning
    is gone, in a new terminal as well. What is the server's is looked at as it was at `first`.
    """
    one = next(one for one in seen.report["diagnoses"] if one["code"] == story.code)
    steps = next(fix["steps"] for fix in one["fixes"] if fix["automatic"])
    follow_notes(machine, one, terminal)
    carried_out(machine, steps)
    lines = activating(steps, terminal)
    words = [*first] if story.server else story.selected or ["--quick"]
    if story.further and not story.only and not lines:  # with lines it is another Python
        words += _what_met(one)
    after = check_in_a_new_terminal(machine, terminal, lines, *words)
    assert (after.code, after.errors) == (0, []), after.errors
    assert story.code not in after.warnings


def _mended(after: Seen) -> None:
    """Fixed with the words that a learner is told to type."""
    unproved = [
        (one["id"], one["summary"])
        for one in after.report["checks"]
        if one["status"] in ("fail", "error")
    ]
    assert (after.code, after.report["verdict"], after.errors) == (0, "ready", []), (
        unproved,
        after.err[-3000:],
    )


def _stays_mended(
    story: Story, machine: Machine, terminal: Terminal, seen: Seen, after: Seen
) -> None:
    """In a new terminal the cause is not met again, and the same Python is. One of each kind checks
    all anew, the others what met the cause: the rest was proved a moment ago, of the same Python.
    """
    words = [] if story.server else ["--quick"]
    if not story.is_thorough:
        words += _what_met(
            next(one for one in seen.report["diagnoses"] if one["code"] == story.code)
        )
    typed = follow(machine, after.err)
    again = check_in_a_new_terminal(machine, terminal, typed, *words)
    assert (again.code, again.errors) == (0, []), (typed, again.out[-3000:], after.err[-1500:])
    assert again.report["target"]["prefix"] == after.report["target"]["prefix"], typed
    assert again.lasting <= after.lasting, typed


def _what_met(diagnosis: Mapping[str, Any]) -> list[str]:
    """The words that ask for the checks that met this cause."""
    return [word for check in diagnosis["checks"] for word in ("--only", check)]
