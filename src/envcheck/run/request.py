"""What one run is asked for. A frozen value, no behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from envcheck.environment import Located, Options
from envcheck.model import Course
from envcheck.run.again import Again
from envcheck.run.alias import Alias
from envcheck.run.plan import Planned, Selection


@dataclass(frozen=True)
class Request:
    """What one run is asked for. `timeout` is in seconds, for all of it. `others` are courses whose
    pages are shown too; `again` asks for the same once more; `alias` is whose report it is. No
    report shows `secrets`. `closed` is why nothing can be started in the folder; empty where it can.
    """

    course: Course
    chapters: tuple[str, ...]
    planned: tuple[Planned, ...]
    located: Located
    variables: Mapping[str, str]
    folder: Path
    options: Options = field(default_factory=Options)
    timeout: float = 90.0
    jobs: int = 6
    strict: bool = False
    broken: tuple[str, ...] = ()
    others: tuple[Course, ...] = ()
    selection: Selection = field(default_factory=Selection)
    again: Again = field(default_factory=Again)
    alias: Alias | None = None
    secrets: tuple[str, ...] = field(default=(), repr=False)
    closed: str = ""
