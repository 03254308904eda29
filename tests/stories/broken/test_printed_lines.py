"""Every line that a report prints is typed into a real shell, in the folder where it was printed."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from tests.stories.broken import (
    test_installing,
    test_jupyter,
    test_kernel,
    test_packages,
    test_permissions_and_limits,
    test_python,
    test_saving,
    test_server,
    test_shadowing,
    test_variables,
)
from tests.stories.broken.story import Story
from tests.stories.machine import Machine, MakeMachine
from tests.stories.pasted import (
    SHELLS,
    Printed,
    checked_again,
    commands,
    on_a_terminal,
    paste,
    reason_not_to_run,
    shells_here,
)

pytestmark = pytest.mark.slow
MODULES = (
    test_installing,
    test_jupyter,
    test_kernel,
    test_packages,
    test_permissions_and_limits,
    test_python,
    test_saving,
    test_server,
    test_shadowing,
    test_variables,
)
STORIES: dict[str, Story] = {
    name: story for module in MODULES for name, story in module.STORIES.items() if not story.known
}
# A rename in every run; pip's lines and a variable's with all stories.
ALWAYS = {"queue.py"}
# CI has one of every kind (tests/guards/test_typed.py); all stories would take it twenty minutes.
WHOLE = {
    "dateutil missing",
    "MPLBACKEND=Agg",
    "a bare Python",
    "kernel.json of a Python that was deleted",
    "my own checkpoints, closed",
    "no pip",
    "numpy copied from another Python",
    "a matplotlibrc with a bad value",
    "a part of the page is turned off",
    "PIP_TARGET",
    "pyvenv.cfg deleted",
    "a terminal of ASCII alone",
}


def shell_for(name: str) -> str:
    """Each story has one of the shells that are here; all of them have a good part."""
    here = shells_here()
    return here[zlib.crc32(name.encode()) % len(here)]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[] if name in ALWAYS else [pytest.mark.whole])
        for name in sorted(ALWAYS | WHOLE)
    ],
)
def test_pasted(name: str, make_machine: MakeMachine, wheels: Path) -> None:
    """Each line ends well, the page behind `Why:` is there, and what `--fix` does needs no more
    words. An automatic fix that is pasted takes its cause away.
    """
    story, shell = STORIES[name], shell_for(name)
    machine = make_machine(story.kind, packages=story.packages)
    machine.installs_from(wheels)
    story.breaks(machine)
    quick = [] if story.server else ["--quick"]
    printed = on_a_terminal(machine, shell, *quick)
    _ask_why(machine, shell, printed)
    _pasted(machine, shell, printed, story, quick)


def _ask_why(machine: Machine, shell: str, printed: Printed) -> None:
    """Without the learner's broken settings in the way: envcheck starts under all of them."""
    lines = printed.pages
    assert len(lines) == len({one["code"] for one in printed.report["diagnoses"]}), printed.text
    fix = printed.after("Or let envcheck do it:")
    lines += [f"{fix} --help"] if fix else []
    done = paste(machine, shell, lines)
    assert done.returncode == 0, (lines, done.stdout[-500:], done.stderr[-1500:])


def _pasted(machine: Machine, shell: str, printed: Printed, story: Story, quick: list[str]) -> None:
    first = printed.report["diagnoses"][0]
    lines = commands(printed, machine.home, SHELLS[shell])
    left_out = [line for line in lines if reason_not_to_run(line)]
    if not lines or left_out:
        return
    report = checked_again(machine, shell, lines, *quick, "--only", first["checks"][0])
    codes = [one["code"] for one in report["diagnoses"]]
    if first["fixes"][0]["automatic"]:
        assert story.code not in codes, (lines, codes)


@pytest.mark.whole
def test_two_causes_one_after_the_other(machine: Machine, wheels: Path) -> None:
    """Both pages are there. The first lines, and the lines of what is left by then, until there is
    nothing: two rounds at most.
    """
    machine.installs_from(wheels)
    test_packages.an_old_pandas_beside_a_missing_seaborn(machine)
    words = ("--quick", "--only", "packages")
    printed = on_a_terminal(machine, "sh", *words)
    assert len(printed.pages) == 2
    _ask_why(machine, "sh", printed)
    for _ in range(2):
        if printed.report["verdict"] == "not-ready":
            done = paste(machine, "sh", commands(printed, machine.home, "posix"))
            assert done.returncode == 0, done.stderr[-2000:]
            printed = on_a_terminal(machine, "sh", *words)
    assert printed.report["verdict"] == "ready", printed.text
