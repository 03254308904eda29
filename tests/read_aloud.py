"""What is said in a report is said once, to the end, of the learner's own things; and what is typed
can be pasted. Of every diagnosis that any test makes, and of every report that a story reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from envcheck import Code, Diagnosis, Tell

OURS = re.compile(r"[\\/]envcheck-[0-9a-f]{8,}\b")  # the name of a run's own folder
PROGRAMS = (
    r"apt(?:-get)?|brew|chflags|chmod|chown|choco|colima|conda|dnf|docker|export|git|jupyter|kill|kind|"
    r"kubectl|mamba|minikube|mkdir|mv|pip|podman|poetry|py|python3?|restorecon|rm|sudo|systemctl|ulimit|"
    r"uv|winget|xattr|xcode-select"
)
VALUE = re.compile(r"\w+=\S*")  # a variable's: a list of folders may end in its separator
INSIDE = re.compile(rf"(?:`|: )(?:{PROGRAMS}) [^\s`]")


@dataclass(frozen=True)
class Saying:
    """One diagnosis, whatever form it came in. `told` are its steps for a person: text, and what of
    it is typed.
    """

    code: str
    sides: tuple[str, ...]
    fixes: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def assert_reads_well(report: Mapping[str, Any]) -> None:
    """Of a report as JSON; a list of courses has no diagnoses."""
    wrong = [line for row in report.get("diagnoses", ()) for line in complaints(_of_row(row))]
    assert not wrong, "\n".join(wrong)


def assert_made_to_be_read(made: Iterable[Diagnosis]) -> None:
    """Of diagnoses that were made with a declared code."""
    declared = {one for one in made if isinstance(one.code, Code)}
    wrong = [line for one in declared for line in complaints(_of_value(one))]
    assert not wrong, "\n".join(wrong)


def complaints(said: Saying) -> Iterator[str]:
    for text in said.sides:
        if OURS.search(text):
            yield f"`{said.code}` names a folder of ours, which the reader never finds: {text}"
        if re.search(r"[^:]:$", text.rstrip()) and not VALUE.fullmatch(text):
            yield f"`{said.code}` ends where the reason should begin: {text}"
    for title, steps in said.fixes:
        for text, typed in steps:
            if INSIDE.search(text.replace(typed, "") if typed else text):
                yield f"`{said.code}`: a command inside a sentence; use `typed`: {text}"
            if typed and typed not in text:
                yield f"`{said.code}`: `{typed}` is not in its own sentence: {text}"
            if title and _plain(text) == _plain(title):
                yield f"`{said.code}` says the same twice: {title}"


def _plain(text: str) -> str:
    return text.casefold().strip(" .")


def _of_row(row: Mapping[str, Any]) -> Saying:
    sides = (row["summary"], row.get("note") or "", *row.get("evidence", {}).values())
    return Saying(
        row["code"],
        tuple(sides),
        tuple(
            (
                fix["title"],
                tuple(
                    (step["text"], step.get("typed", ""))
                    for step in fix["steps"]
                    if step["do"] == "tell"
                ),
            )
            for fix in row["fixes"]
        ),
    )


def _of_value(one: Diagnosis) -> Saying:
    sides = (one.evidence.found, one.evidence.wanted, one.evidence.looked_in)
    return Saying(
        str(one.code),
        (one.summary, one.note or "", *(side or "" for side in sides)),
        tuple(
            (
                fix.title,
                tuple((step.text, step.typed) for step in fix.steps if isinstance(step, Tell)),
            )
            for fix in one.fixes
        ),
    )
