"""Run a stand-alone script in the target and read its answer, whatever else the target prints."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from envcheck.environment import Environment
from envcheck.processes.process import Finished
from envcheck.shape import read_object


@dataclass(frozen=True)
class Answer:
    """The JSON objects that a script printed between markers, in order, and the program's end.

    A program that dies half-way leaves the objects it got to.
    """

    objects: tuple[dict[str, Any], ...]
    finished: Finished

    @property
    def first(self) -> dict[str, Any]:
        """The first object, or an empty one."""
        return self.objects[0] if self.objects else {}


def ask(
    env: Environment,
    command: Sequence[str],
    source: str,
    *words: str,
    shape: Mapping[str, Any],
    timeout: float,
    cwd: Path | None = None,
    variables: Mapping[str, str | None] | None = None,
    low_priority: bool = False,
) -> Answer:
    """Run `source` as `python -c SOURCE MARKER WORDS...`; what stands between two markers is an
    object of the answer, of this shape: who answers for a Python may say anything.
    """
    marker = f"--envcheck-{secrets.token_hex(8)}--"
    finished = env.run(
        [*command, "-c", source, marker, *words],
        timeout=timeout,
        cwd=cwd,
        variables=variables,
        low_priority=low_priority,
    )
    objects = []
    for part in finished.stdout.split(marker)[1::2]:
        value = read_object(part, shape)
        if (
            value is None
        ):  # it died inside an object, or it is no answer of ours: what came before it counts
            break
        objects.append(value)
    return Answer(tuple(objects), finished)


def source_of(package: str, name: str) -> str:
    """The text of a script that is shipped in a package."""
    return resources.files(package).joinpath(name).read_text(encoding="utf-8")
