"""A check as a test."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from envcheck_pytest import EnvcheckWarning
from envcheck_pytest.outcomes import Outcome

PLACE = "envcheck"


class Check(pytest.Item):
    """One check. What became of it is known when it is run: `outcome` only has to be looked up."""

    check_id: str
    outcome: Callable[[str], Outcome]

    def runtest(self) -> None:
        """Pass, fail or skip, as envcheck has found."""
        outcome = self.outcome(self.check_id)
        if outcome.warning:
            warning = EnvcheckWarning(f"{self.check_id}: {outcome.warning}")
            warnings.warn_explicit(warning, None, PLACE, 0)
        if outcome.kind == "failed":
            pytest.fail(outcome.text, pytrace=False)
        if outcome.kind == "skipped":
            pytest.skip(f"{self.check_id}: {outcome.text}")

    def reportinfo(self) -> tuple[str, None, str]:
        """No file and no line: it is this machine's."""
        return PLACE, None, self.name


def node_id(check_id: str) -> str:
    """`envcheck::chapter2::kernel-starts` of the check `chapter2.kernel-starts`."""
    chapter, _, name = check_id.rpartition(".")
    return "::".join(filter(None, (PLACE, chapter, name)))


def is_below(node_id: str, ids: Sequence[str]) -> bool:
    """Whether it is one of these, or of a chapter that is."""
    return any(f"{node_id}::".startswith(f"{one.removesuffix('::')}::") for one in ids)


class Group(pytest.Collector):
    """Holds the checks of a chapter, or the chapters: `-k envcheck` means all of them, and `-k
    chapter2` those of one.
    """

    check_ids: Sequence[str]
    outcome: Callable[[str], Outcome]

    def collect(self) -> Iterator[Check | Group]:
        """The chapters; in a chapter, and for what belongs to none, the checks."""
        by_chapter: dict[str, list[str]] = {}
        for check_id in self.check_ids:
            by_chapter.setdefault(check_id.rpartition(".")[0], []).append(check_id)
        for chapter, check_ids in by_chapter.items():
            if chapter and self.name == PLACE:
                yield self._chapter(chapter, check_ids)
            else:
                yield from map(self._check, check_ids)

    def _chapter(self, name: str, check_ids: Sequence[str]) -> Group:
        group: Group = Group.from_parent(self, name=name)
        group.check_ids, group.outcome = check_ids, self.outcome
        return group

    def _check(self, check_id: str) -> Check:
        item: Check = Check.from_parent(self, name=check_id.rpartition(".")[2])
        item.check_id, item.outcome = check_id, self.outcome
        return item


class Reported:
    """What pytest tells of a check, beside its outcome."""

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Iterator[None]:
        """A check took as long as envcheck says, not as long as its result was looked up; and what
        is skipped is no line of this plug-in.
        """
        result: Any = yield
        if isinstance(item, Check) and call.when == "call":
            report = result.get_result()
            report.duration = item.outcome(item.check_id).seconds
            if report.skipped:
                report.longrepr = (PLACE, 0, f"{item.check_id}: {item.outcome(item.check_id).text}")


def made(
    session: pytest.Session, check_ids: Sequence[str], outcome: Callable[[str], Outcome]
) -> list[Check]:
    """The items, in the order of the checks; collected as pytest collects its own, so that they are
    counted.
    """
    root: Group = Group.from_parent(session, name=PLACE, nodeid=PLACE)
    root.check_ids, root.outcome = check_ids, outcome
    return [*_collected(root)]


def _collected(group: Group) -> Iterator[Check]:
    report = group.ihook.pytest_make_collect_report(collector=group)
    report.__dict__.pop("call", None)  # as pytest does: it does not travel to a controller
    group.ihook.pytest_collectreport(report=report)
    for node in report.result:
        if isinstance(node, Group):
            yield from _collected(node)
        else:
            group.ihook.pytest_itemcollected(item=node)
            yield node
