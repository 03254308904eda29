"""A report of envcheck as outcomes of tests. What counts is decided in its JUnit, as for every CI;
its JSON says what waits for what.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

READY = 0
NOT_READY = 1
VERDICT = "verdict"


@dataclass(frozen=True)
class Outcome:
    """What became of a check: `kind` is passed, failed or skipped. `warning` is empty where there is
    none; `seconds` is how long envcheck took for it.
    """

    name: str
    kind: str
    text: str = ""
    warning: str = ""
    seconds: float = 0.0


def outcomes(report: Mapping[str, Any], junit: str, selected: Sequence[str]) -> list[Outcome]:
    """An outcome for each of `selected`. What the report does not name has failed: nothing was
    proved of it. Raises KeyError, ValueError and SyntaxError (of ElementTree) for what is no report.
    """
    cases = _cases(report, junit)
    blocked = {check["id"]: check["blocked_by"] for check in report["checks"]}
    made = [_outcome(name, cases, blocked, selected) for name in selected if name != VERDICT]
    if VERDICT in selected:
        made.append(_verdict(report, made))
    return made


def _cases(report: Mapping[str, Any], junit: str) -> dict[str, ElementTree.Element]:
    """What JUnit has of each check, which come in the order of the report: their names are written
    there as XML can have them, in two parts. After them there may be the verdict.
    """
    checks = [check["id"] for check in report["checks"]]
    cases = [*ElementTree.fromstring(junit.encode()).iter("testcase")]
    if len(cases) not in (len(checks), len(checks) + 1):
        raise ValueError(f"{len(checks)} checks in JSON, and {len(cases)} cases in JUnit")
    return dict(zip(checks, cases, strict=False))


def no_report(said: str, selected: Sequence[str]) -> list[Outcome]:
    """envcheck broke: one failure, and nothing is told of the rest."""
    first, *others = selected
    reason = f"not told, since envcheck gave no report: {first} says why"
    return [Outcome(first, "failed", said), *(Outcome(each, "skipped", reason) for each in others)]


def _outcome(
    name: str,
    cases: Mapping[str, ElementTree.Element],
    blocked: Mapping[str, str | None],
    selected: Sequence[str],
) -> Outcome:
    case = cases.get(name)
    if case is None:
        return Outcome(name, "failed", "could not tell: envcheck's report does not name this check")
    seconds = float(case.get("time") or 0)
    root = blocked.get(name)
    if root is not None and root not in selected:
        # Its cause is no test of this session: a skip would hide it.
        why = _text(cases[root]) if root in cases else "its report does not name that check"
        return Outcome(name, "failed", f"waits for {root}\n{why}", seconds=seconds)
    for element in (*case.findall("failure"), *case.findall("error")):
        return Outcome(name, "failed", _element_text(element), seconds=seconds)
    warning = (case.findtext("system-out") or case.findtext("skipped") or "").strip()
    skipped = case.find("skipped")
    if skipped is not None:  # with words of its own where it does not count: waived, optional
        return Outcome(name, "skipped", skipped.get("message") or "skipped", warning, seconds)
    return Outcome(name, "passed", "", warning, seconds)


def _text(case: ElementTree.Element) -> str:
    """All that a case says, in words."""
    return "\n".join(_element_text(element) for element in case if element.tag != "system-out")


def _element_text(element: ElementTree.Element) -> str:
    """The sentence, and the lines below it; a sentence that those begin with is said once."""
    sentence, lines = element.get("message") or "", (element.text or "").strip()
    first = lines.partition("\n")[0]
    return lines if first.endswith(sentence) else f"{sentence}\n{lines}".strip()


def _verdict(report: Mapping[str, Any], made: Sequence[Outcome]) -> Outcome:
    """Ready, or what no other test of this session has said."""
    python = report["target"]["python"] or "an unknown place"
    target = f"Python {report['target']['version'] or '?'} at {python}"
    if report["exit_code"] == READY:
        return Outcome(VERDICT, "passed")
    sentence = f"{report['verdict']}, exit code {report['exit_code']}: {target}"
    if any(outcome.kind == "failed" for outcome in made):
        return Outcome(VERDICT, "skipped", f"{sentence}. The failures say why")
    return Outcome(VERDICT, "failed", f"{sentence}. Nothing that is required was proved")
