"""What became of a check, and which Python was under test. Frozen values, no behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from envcheck.model import Diagnosis, Status
from envcheck.waiver import Waiver


@dataclass(frozen=True)
class CheckResult:
    """What became of one check. `started` and `seconds` are seconds, the first from the start of
    the run. `done` is False where a warning stands in for the thing itself, which did not happen.
    `typed` is the line that does it here, where the course's own would not.
    """

    id: str
    title: str
    status: Status
    seconds: float
    summary: str
    required: bool = True
    diagnoses: tuple[Diagnosis, ...] = ()
    blocked_by: str | None = None
    skip_reason: str | None = None
    started: float = 0.0
    needs: tuple[str, ...] = ()
    selected: bool = True
    done: bool = True
    typed: str = ""
    waiver: Waiver | None = None

    @property
    def waived(self) -> bool:
        """The course does not count it, today."""
        return self.waiver is not None and not self.waiver.ended

    @property
    def proved(self) -> bool:
        """The thing was done and worked."""
        return self.status is Status.PASS or (self.status is Status.WARN and self.done)


@dataclass(frozen=True)
class TargetSummary:
    """The Python under test, as a report shows it. `answered` is None where it was not asked, or had
    not answered by then; whoever makes one must know. All that it has not said is None.
    """

    python: str | None
    located_by: str
    answered: bool | None
    version: str | None = None
    implementation: str | None = None
    prefix: str | None = None
    base_prefix: str | None = None
    kind: str | None = None
    bits: int | None = None
    os: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
