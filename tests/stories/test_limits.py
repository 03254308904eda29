"""A container that allows little: a real control group with few processes, or with little memory."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from tests.pace import wait_for
from tests.stories.machine import Machine, MakeMachine

pytestmark = pytest.mark.slow
GROUPS = Path("/sys/fs/cgroup")
NOT_HERE = "only on a Linux on which this user may make control groups"
# What is limited, by the folder of each in the first version, and its file in both
PROCESSES, MEMORY = ("pids", "pids.max", "pids.max"), ("memory", "memory.limit_in_bytes", "memory.max")  # fmt: skip
Limited = Callable[[dict[tuple[str, str, str], int]], Machine]


@pytest.fixture
def limited(make_machine: MakeMachine) -> Iterator[Limited]:
    """A healthy machine, all programs of which are in control groups with these limits."""
    made: list[Path] = []

    def limit(limits: dict[tuple[str, str, str], int]) -> Machine:
        machine = make_machine("kept")
        for (kind, first, second), value in limits.items():
            one = (GROUPS / "cgroup.controllers").exists()  # the second version
            place = (GROUPS if one else GROUPS / kind) / f"envcheck-{os.getpid()}"
            try:
                if one:
                    (GROUPS / "cgroup.subtree_control").write_text("+memory +pids")
                place.mkdir(exist_ok=True)
                made.append(place)
                (place / (second if one else first)).write_text(str(value))
            except OSError:
                pytest.skip(NOT_HERE)
        for place in dict.fromkeys(made):
            machine.limited(f"echo $$ >{place}/cgroup.procs")
        return machine

    yield limit
    for place in dict.fromkeys(made):
        # A watchdog may work in it yet.
        wait_for(f"{place} is empty and goes", 20, partial(_is_gone, place))


def _is_gone(place: Path) -> bool:
    with contextlib.suppress(OSError):  # something runs in it
        place.rmdir()
    return not place.exists()


@pytest.mark.whole
def test_a_container_in_which_the_learners_cells_run(limited: Limited) -> None:
    """45 processes and 180 MB: less goes on at once, and everything is proved."""
    machine = limited({PROCESSES: 45, MEMORY: 180_000_000})
    seen = machine.check("--offline")
    # So many seconds are for the machine to say, and for what else runs on it
    warnings = [code for code in seen.warnings if code != "kernel-slow-start"]
    assert (seen.code, seen.errors, warnings) == (0, [], ["memory-low"])
    assert seen.status("notebook-launches") == "pass"


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [
        (PROCESSES, 20, "20 processes and threads"),
        (MEMORY, 90_000_000, "90 MB of memory"),
    ],
)
def test_a_container_in_which_nothing_can_be_told(
    limit: tuple[str, str, str], value: int, words: str, limited: Limited
) -> None:
    """It is said once, with what to do, and nobody is told to run it again as it is."""
    machine = limited({limit: value})
    done = machine.run("chapter2", "--quick")
    page = " ".join(done.stdout.split())
    assert done.returncode == 3
    assert page.count(f"allows all its programs together {words}") == 1
    assert page.endswith("could not tell, and says why. Run it again when that has changed.")
