"""Importing is not working: what fails, or shows an error, when it is used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.machine import Machine, MakeMachine

pytestmark = pytest.mark.slow


def installed(*requirements: str) -> object:
    """These versions, whatever they need."""
    return lambda machine: machine.pip("install", "--no-deps", *requirements)


def templates_cleaned_away(machine: Machine) -> None:
    shutil.rmtree(machine.prefix / "share/jupyter/nbconvert/templates/lab")


def story(
    breaks: object,
    code: str,
    *words: str,
    warns: bool = True,
    server: bool = False,
    always: bool = False,
) -> Story:
    return Story(breaks, code, words, warns=warns, fixed=True, server=server, always=always)  # type: ignore[arg-type]


STORIES = {
    "seaborn 0.12 beside pandas 3": story(
        installed("seaborn==0.12.2"),
        "package-fails-in-use",
        "seaborn 0.12 does not fit pandas 3",
        "use_inf_as_na",
        warns=False,
        always=True,
    ),
    "bottleneck for numpy 1": story(
        installed("bottleneck==1.3.7"), "cell-shows-error-text", "bottleneck 1.3 does not fit numpy"
    ),
    "numexpr for numpy 1": story(
        installed("numexpr==2.8.4"), "cell-shows-error-text", "numexpr 2.8 does not fit numpy"
    ),
    "a parso from before this Python": story(
        installed("parso==0.8.1", "jedi==0.18.0"),
        "tab-completes-nothing",
        "the version 0.18.0 of jedi is too old for ipython",
        "currently not supported",
    ),
    "nbconvert beside a mistune of 2019": story(
        installed("mistune==0.8.4"), "notebook-not-exported", "mistune", server=True
    ),
    "templates that were cleaned away": story(
        templates_cleaned_away, "notebook-not-exported", "nbconvert", server=True
    ),
}


@told(STORIES)
def test_importing_is_not_working(story: Story, make_machine: MakeMachine, wheels: Path) -> None:
    """What is used is named with what it does not fit, and one line makes it work."""
    play(story, make_machine, wheels, without_server=True)
