"""What a container or a service allows its programs together: memory, and how many may run; and what
memory the machine had left.

Linux's control groups of both versions. A limit of any group that this process is in counts, up to
what is shown as the root: inside a container the names above are another machine's.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from envcheck import foreign_file
from envcheck.environment import Environment, fact
from envcheck.processes.seen import available_mb

GROUPS = "sys/fs/cgroup"
TIGHT_MB = 600  # a whole run, with a kernel and a server side by side, takes 420 MB
LEAST_MB = 110  # envcheck takes 55 MB; with 90 it was ended beside a kernel that draws
# envcheck, a server, and a kernel of it that draws took 203 MB together; one that only answers fits in 180
DRAWS_BESIDE_SERVER_MB = 240
LEAST_TASKS = 25
TIGHT_TASKS = 150  # and 90 processes and threads
NO_LIMIT = 1 << 60  # bytes; the first version writes a huge number where there is none
ENDED = ("memory.events", "memory.oom_control")  # where each version counts them


@dataclass(frozen=True)
class Allowance:
    """`memory_mb` and `tasks` (processes and threads) are for all programs of the group together;
    None where nothing limits them. `ended` is how many programs the system has ended for want of
    memory, `refused` how many it did not start.
    """

    memory_mb: float | None = None
    tasks: int | None = None
    ended: int = 0
    refused: int = 0

    @property
    def tight(self) -> bool:
        """Whether not everything of a run can go on at the same time."""
        return (self.memory_mb is not None and self.memory_mb < TIGHT_MB) or (
            self.tasks is not None and self.tasks < TIGHT_TASKS
        )

    @property
    def too_little(self) -> bool:
        """Whether envcheck would be ended, too, if it started a kernel."""
        return (self.memory_mb is not None and self.memory_mb < LEAST_MB) or (
            self.tasks is not None and self.tasks < LEAST_TASKS
        )

    @property
    def draws_beside_server(self) -> bool:
        """Whether a kernel can draw while a server and envcheck run, too."""
        return self.memory_mb is None or self.memory_mb >= DRAWS_BESIDE_SERVER_MB

    @property
    def words(self) -> str:
        """`180 MB of memory and 45 processes and threads`."""
        memory = f"{self.memory_mb:.0f} MB of memory" if self.memory_mb is not None else ""
        tasks = f"{self.tasks} processes and threads" if self.tasks is not None else ""
        return " and ".join(filter(None, (memory, tasks)))


def read(root: Path = Path("/")) -> Allowance:
    """What the control groups allow now; `root` stands before every absolute place."""
    memory = [*_groups(root, "memory")]
    tasks = [*_groups(root, "pids")]
    limits = [
        *(_number(group, "memory.max") for group in memory),
        *(_number(group, "memory.high") for group in memory),  # above it programs crawl
        *(_number(group, "memory.limit_in_bytes") for group in memory),
    ]
    least = min((limit for limit in limits if limit is not None and limit < NO_LIMIT), default=None)
    counts = [_number(group, "pids.max") for group in tasks]
    return Allowance(
        None if least is None else least / 1e6,
        min((count for count in counts if count is not None), default=None),
        max((_event(group, name, "oom_kill") for group in memory for name in ENDED), default=0),
        max((_event(group, "pids.events", "max") for group in tasks), default=0),
    )


@fact
def allowance(_: Environment) -> Allowance:
    """As it was when the run began."""
    return read()


@fact
def memory_at_first(_: Environment) -> float | None:
    """Memory in MB that programs could have when the run began: before the run itself took any. None
    where that is not shown.
    """
    return available_mb()


def _groups(root: Path, controller: str) -> Iterator[Path]:
    """The folders of the groups that this process is in, from its own to the topmost shown."""
    own = _own(root)
    for base, name in (
        (root / GROUPS / controller, controller),
        (root / GROUPS, ""),
        (root / GROUPS / "unified", ""),
    ):
        place = base / own.get(name, "").lstrip("/")
        if ".." in place.parts or not os.path.isdir(base):
            continue
        while place != base:
            yield place
            place = place.parent
        yield base


def _own(root: Path) -> Mapping[str, str]:
    """The group of this process by controller; the second version's has no name."""
    groups = {}
    for line in foreign_file.text_or_nothing(root / "proc/self/cgroup").splitlines():
        _, _, rest = line.partition(":")
        names, _, path = rest.partition(":")
        groups.update(dict.fromkeys(names.split(","), path))
    return groups


def _number(group: Path, name: str) -> int | None:
    text = foreign_file.text_or_nothing(group / name).strip()
    return int(text) if text.isdecimal() else None


def _event(group: Path, name: str, event: str) -> int:
    for line in foreign_file.text_or_nothing(group / name).splitlines():
        word, _, count = line.partition(" ")
        if word == event and count.strip().isdecimal():
            return int(count)
    return 0
