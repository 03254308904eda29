"""A container that allows little: a real control group with few processes, or with little memory."""

from __future__ import annotations

import contextlib
import re
import secrets
import threading
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


def place_of(kind: str, group: str) -> Path:
    second_version = (GROUPS / "cgroup.controllers").exists()
    return (GROUPS if second_version else GROUPS / kind) / group


@pytest.fixture
def group() -> str:
    """The name of a control group of this test's alone."""
    return f"envcheck-{secrets.token_hex(4)}"


@pytest.fixture
def limited(make_machine: MakeMachine, group: str) -> Iterator[Limited]:
    """A healthy machine, all programs of which are in this control group with these limits."""
    made: list[Path] = []

    def limit(limits: dict[tuple[str, str, str], int]) -> Machine:
        machine = make_machine("kept")
        for (kind, first, second), value in limits.items():
            place = place_of(kind, group)
            second_version = place.parent == GROUPS
            try:
                if second_version:
                    (GROUPS / "cgroup.subtree_control").write_text("+memory +pids")
                place.mkdir(exist_ok=True)  # both limits may be one group's
                made.append(place)
                (place / (second if second_version else first)).write_text(str(value))
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


@contextlib.contextmanager
def most_memory(place: Path) -> Iterator[list[int]]:
    """The most bytes that the group's programs held at once, files that can be read again left out: what
    the system ends programs for. The list has it after the block.
    """
    over, held, most = threading.Event(), [0], list[int]()
    line = re.compile(r"^(?:total_rss|anon) (\d+)$", re.MULTILINE)

    def look() -> None:
        while not over.wait(0.02):
            held.extend(map(int, line.findall((place / "memory.stat").read_text())))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield most
    finally:
        over.set()
        looking.join()
        most.append(max(held))


@pytest.mark.whole
def test_a_container_in_which_the_learners_cells_run(limited: Limited, group: str) -> None:
    """45 processes and 220 MB: less goes on at once, and everything is proved, with room for the next
    pandas. With 150 MB the system ends the kernel.
    """
    machine = limited({PROCESSES: 45, MEMORY: 220_000_000})
    with most_memory(place_of("memory", group)) as most:
        seen = machine.check("--offline")
    assert (seen.code, seen.errors, seen.warnings) == (0, [], ["memory-low"])
    assert seen.status("notebook-launches") == "pass"
    assert 0 < most[0] < 180_000_000, (
        "a container of 180 MB has no room for this"
    )  # 169 were measured


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
