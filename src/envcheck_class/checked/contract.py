"""The contract of a report, `envcheck/report.schema.json`, as types: what these cannot be made of
is no report. Keys that they do not name are let through, as the contract says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

Filled = Annotated[str, Meta(min_length=1)]
Count = Annotated[float, Meta(ge=0)]
VERDICT_OF = {0: "ready", 1: "not-ready", 3: "undetermined", 130: "undetermined"}


class Run(Struct, tag_field="do", tag="run"):
    argv: Annotated[list[str], Meta(min_length=1)]


class UnsetEnv(Struct, tag_field="do", tag="unset-env"):
    name: str


class SetEnv(Struct, tag_field="do", tag="set-env"):
    name: str
    value: str


class Rename(Struct, tag_field="do", tag="rename", rename={"old": "from", "new": "to"}):
    old: str
    new: str


class Write(Struct, tag_field="do", tag="write"):
    path: str
    text: str


class UsePython(Struct, tag_field="do", tag="use-python"):
    python: str
    kind: str = ""
    conda: str = ""
    stacked: bool = False


class Tell(Struct, tag_field="do", tag="tell"):
    text: str
    typed: str = ""


class Shell(Struct):
    posix: str
    powershell: str
    cmd: str
    fish: str = ""


class Fix(Struct):
    title: str
    confidence: Literal["sure", "likely", "ask"]
    automatic: bool
    steps: list[Run | UnsetEnv | SetEnv | Rename | Write | UsePython | Tell]
    shell: Shell

    def __post_init__(self) -> None:
        if self.automatic and (
            self.confidence != "sure" or any(isinstance(step, Tell) for step in self.steps)
        ):
            raise ValueError("an automatic fix that is not sure")


class Evidence(Struct):
    found: str = ""
    wanted: str = ""
    looked_in: str = ""


class Diagnosis(Struct):
    code: Filled
    severity: Literal["error", "warning"]
    summary: str
    note: str | None
    evidence: Evidence
    checks: Annotated[list[str], Meta(min_length=1)]
    fixes: list[Fix]

    def __post_init__(self) -> None:
        if len(set(self.checks)) < len(self.checks):
            raise ValueError("a diagnosis that names a check twice")


class Waived(Struct):
    why: str
    until: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Check(Struct):
    id: Filled
    title: str
    status: Literal["pass", "warn", "fail", "skip", "error"]
    seconds: Count
    summary: str
    required: bool
    diagnoses: list[Filled]
    blocked_by: str | None
    skip_reason: str | None
    selected: bool = True
    started: Count = 0
    needs: list[str] = []
    typed: str | None = None
    waived: Waived | None = None
    waiver_ended: str | None = None

    def __post_init__(self) -> None:
        if self.status == "skip" and not self.skip_reason:
            raise ValueError("a skip without its reason")
        if self.status != "skip" and not (self.skip_reason is None and self.blocked_by is None):
            raise ValueError("a reason to skip where nothing was skipped")


class System(Struct):
    name: str
    version: str
    machine: str = ""


class Target(Struct):
    python: str | None
    version: str | None
    implementation: str | None
    prefix: str | None
    base_prefix: str | None
    kind: str | None
    bits: int | None
    located_by: str
    os: System
    answered: bool | None = None


class Course(Struct):
    id: str
    revision: str
    title: str = ""
    file: str | None = None
    help: str | None = None


class Selection(Struct):
    only: list[str]
    skip: list[str]
    quick: bool
    deep: bool
    offline: bool
    complete: bool
    notebooks: bool = False


class Report(Struct):
    schema: Literal[1]
    envcheck: Filled
    started: Annotated[
        str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")
    ]
    seconds: Count
    course: Course
    chapters: list[str]
    verdict: Literal["ready", "not-ready", "undetermined"]
    exit_code: Literal[0, 1, 3, 130]
    target: Target
    checks: list[Check]
    diagnoses: list[Diagnosis]
    tracks: list[str] = []
    selection: Selection | UnsetType = UNSET
    strict: bool = False
    interrupted: bool = False
    alias: Annotated[str, Meta(min_length=1, max_length=64)] | None = None
    broken_plugins: list[str] = []
    hints: list[str] = []

    def __post_init__(self) -> None:
        datetime.fromisoformat(self.started[:-1])  # a day and a time that there are
        if VERDICT_OF[self.exit_code] != self.verdict:
            raise ValueError("a verdict that is not that of its exit code")


DECODER = msgspec.json.Decoder(Report)
KINDS = ("run", "unset-env", "set-env", "rename", "write", "use-python", "tell")  # of steps


def decode(body: bytes) -> Report:
    """The report in these bytes. Raises ValueError with the reason, and where it lies."""
    try:
        return DECODER.decode(body)
    except msgspec.ValidationError:
        if (ours := _in_our_words(body)) is None:
            raise
        return msgspec.convert(ours, Report)
    except RecursionError:
        raise ValueError("nested deeper than any report") from None
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None


def _in_our_words(body: bytes) -> Any:
    """The report of a newer envcheck whose fixes have steps that we do not know, with a step of ours in place
    of each: they are never carried out here. None where there are none of these.
    """
    try:
        report = msgspec.json.decode(body)
    except (ValueError, RecursionError):
        return None
    newer = [step for step in _steps(report) if step.get("do") not in KINDS]
    for step in newer:
        if isinstance(step.get("do"), str):
            step.clear()
            step.update({"do": "run", "argv": [""]})
    return report if newer else None


def _steps(report: Any) -> Iterator[dict[str, Any]]:
    """Every step of a fix, of what may be no report."""
    parts = [report]
    for key in ("diagnoses", "fixes", "steps"):
        lists = [part.get(key) for part in parts if isinstance(part, dict)]
        parts = [part for own in lists if isinstance(own, list) for part in own]
    return (step for step in parts if isinstance(step, dict))


def schema_of(body: bytes) -> Any:
    """What the report says of its schema; None where it says nothing that can be read."""
    try:
        value = msgspec.json.decode(body)
    except (ValueError, RecursionError):
        return None
    return value.get("schema") if isinstance(value, dict) else None
