"""`notebook-damaged`: a machine that is really broken that way."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.machine import Machine, MakeMachine

pytestmark = pytest.mark.slow

BOTH = """{"cells": [
<<<<<<< HEAD
 {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["mine"]}
=======
 {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["theirs"]}
>>>>>>> origin/main
], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
"""


def two_versions_by_git(machine: Machine) -> None:
    """As `git pull` leaves a notebook that both sides have changed."""
    machine.write("work/exercise.ipynb", BOTH)


STORIES = {
    "git left two versions in a notebook": Story(
        two_versions_by_git,
        "notebook-damaged",
        ("exercise.ipynb", "line 2", "<<<<<<< HEAD"),
        warns=True,
        server=True,
    ),
}


@told(STORIES)
def test_notebook_damaged(story: Story, make_machine: MakeMachine, wheels: Path) -> None:
    """One cause, named, and everything else answered."""
    play(story, make_machine, wheels)
