"""Facts of the target Python, from one run of the probe inside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from envcheck import places
from envcheck.environment import Environment, fact
from envcheck.processes.process import Ending, Finished
from envcheck.target.description import DESCRIPTION, is_description
from envcheck.target.kind import kind_of
from envcheck.target.script import ask, source_of
from envcheck.target.shim import behind
from envcheck.versions import normal_name

if TYPE_CHECKING:
    from packaging.version import Version

PROBE_SECONDS = 20.0


class Trouble(str, Enum):
    """Why a candidate is not a Python that can be questioned."""

    MISSING = "missing"
    NOT_ALLOWED = "not allowed"
    HANGS = "hangs"
    FAILS = "fails"
    NOT_PYTHON = "not python"


@dataclass(frozen=True)
class Unusable:
    """A Python that gave no answer, and what it said instead."""

    trouble: Trouble
    command: tuple[str, ...]
    finished: Finished


@dataclass(frozen=True)
class Distribution:
    """An installed distribution. `name` is normalised (PEP 503); `version` None when its metadata
    has none.
    """

    name: str
    version: str | None
    folder: str
    entry: str
    requires: tuple[str, ...] = ()
    has_record: bool = True

    @property
    def parsed_version(self) -> Version | None:
        """The version, or None when the metadata has none that PEP 440 knows."""
        from packaging.version import InvalidVersion, Version

        try:
            return Version(self.version or "")
        except InvalidVersion:
            return None


@dataclass(frozen=True)
class Interpreter:
    """A Python as it describes itself. `gaps` are standard library parts that do not load, with the
    reason; `no_certificates` the file and the folder in which it looks for those that it trusts,
    where none are there; `no_https` why OpenSSL makes no connection at all; `folder` and `umask`
    what its start-up files have left it with.
    """

    executable: str
    version: str
    implementation: str
    prefix: str
    base_prefix: str
    bits: int
    kind: str
    path: tuple[str, ...] = ()
    machine: str = ""
    suffix: str = ""
    gaps: Mapping[str, str] = field(default_factory=dict)
    distributions: tuple[Distribution, ...] = ()
    paths: Mapping[str, str] = field(default_factory=dict)
    user_site: str | None = None
    user_site_enabled: bool = False
    user_base: str | None = None
    stdlib_names: frozenset[str] = frozenset()
    seconds: float = 0.0
    no_certificates: tuple[str, ...] = ()
    no_https: str = ""
    folder: str = ""
    umask: int = 0

    @property
    def version_info(self) -> tuple[int, int]:
        """Major and minor version."""
        major, minor = self.version.split(".")[:2]
        return int(major), int(minor)

    @property
    def is_environment(self) -> bool:
        """An environment of its own, that may be changed without touching the system or another
        course.
        """
        return self.kind in ("venv", "virtualenv", "uv", "conda-env")

    @cached_property
    def installed(self) -> Mapping[str, Distribution]:
        """The distribution that wins for each name: the first on the path."""
        first: dict[str, Distribution] = {}
        for distribution in self.distributions:
            first.setdefault(distribution.name, distribution)
        return first

    @property
    def scripts(self) -> str:
        """The folder of its programs: `bin`, or `Scripts` on Windows."""
        default = "Scripts" if sys.platform == "win32" else "bin"
        return self.paths.get("scripts") or str(Path(self.prefix, default))

    def owns(self, path: str | Path) -> bool:
        """Whether a file or folder lies in this environment, under any name that its folder has."""
        return places.lies_in(path, self.prefix)

    def is_at(self, prefix: str | Path) -> bool:
        """Whether this is the environment with that prefix: the folder counts, not which link leads
        to it.
        """
        return places.same(prefix, self.prefix)


@fact
def target(env: Environment) -> Interpreter | Unusable:
    """The target's own description of itself, or why it gave none. Its first start may wait for a
    slow disk, the second does not: one silence is no hang, and an answer is an answer.
    """
    command = behind(env, env.located.command)
    if isinstance(command, Finished):
        return Unusable(_trouble(command), env.located.command, command)
    answer = question(env, command)
    if isinstance(answer, Interpreter) or not answer.finished.late:
        return answer
    again = question(env, command)
    if isinstance(again, Unusable):
        return again
    return replace(again, seconds=answer.finished.seconds + again.seconds)


def interpreter(env: Environment) -> Interpreter:
    """The target, for checks that need it to answer. Raises LookupError when it does not."""
    answer = target(env)
    if isinstance(answer, Unusable):
        raise LookupError(
            f"the Python under test does not answer: {answer.finished.last_words or answer.trouble.value}"
        )
    return answer


def question(
    env: Environment,
    command: tuple[str, ...],
    variables: Mapping[str, str | None] | None = None,
) -> Interpreter | Unusable:
    """Ask any Python to describe itself; `PROBE_SECONDS` at most. `variables` are changed for it:
    None takes one away.
    """
    source = source_of("envcheck.target", "probe.py")
    answer = ask(
        env, command, source, shape=DESCRIPTION, timeout=PROBE_SECONDS, variables=variables
    )
    if is_description(answer.first):
        return _described(answer.first, answer.finished.seconds)
    return Unusable(_trouble(answer.finished), command, answer.finished)


def _trouble(finished: Finished) -> Trouble:
    if finished.ending is Ending.NOT_STARTED:
        kinds = {
            "PermissionError": Trouble.NOT_ALLOWED,
            "FileNotFoundError": Trouble.MISSING,
            "NotADirectoryError": Trouble.MISSING,
        }
        other = Trouble.MISSING if _leads_nowhere(finished.argv[0]) else Trouble.NOT_PYTHON
        return next((trouble for name, trouble in kinds.items() if name in finished.stderr), other)
    if finished.ending in (Ending.TIMED_OUT, Ending.FLOODED):
        return Trouble.HANGS
    return Trouble.NOT_PYTHON if finished.code == 0 else Trouble.FAILS


def _leads_nowhere(program: str) -> bool:
    """Whether nothing is at this path, as behind links in a circle, whatever the system calls that."""
    return Path(program).is_absolute() and not os.path.exists(program)


def _described(answer: Mapping[str, Any], seconds: float) -> Interpreter:
    user = answer.get("user_site") or {}
    return Interpreter(
        executable=answer["executable"],
        version=answer["version"],
        implementation=answer["implementation"],
        prefix=answer["prefix"],
        base_prefix=answer["base_prefix"],
        bits=answer["bits"],
        kind=kind_of(answer["prefix"], answer["base_prefix"], answer.get("paths") or {}),
        path=tuple(answer["path"]),
        machine=answer.get("machine") or "",
        suffix=answer.get("suffix") or "",
        gaps=answer.get("gaps") or {},
        distributions=tuple(_distribution(row) for row in answer.get("distributions") or ()),
        paths=answer.get("paths") or {},
        user_site=user.get("folder"),
        user_site_enabled=bool(user.get("enabled")),
        user_base=user.get("base"),
        stdlib_names=frozenset(answer.get("stdlib_names") or sys.stdlib_module_names),
        seconds=seconds,
        no_certificates=tuple(answer.get("no_certificates") or ()),
        no_https=answer.get("no_https") or "",
        folder=answer.get("folder") or "",
        umask=answer.get("umask") or 0,
    )


def _distribution(row: Mapping[str, Any]) -> Distribution:
    entry = str(row["entry"])
    guessed = entry.rpartition(".")[0].split("-")[0]
    return Distribution(
        name=normal_name(row.get("name") or guessed),
        version=row.get("version"),
        folder=row["folder"],
        entry=entry,
        requires=tuple(row.get("requires") or ()),
        has_record=bool(row.get("record")) or not entry.endswith(".dist-info"),
    )
