"""What is sent, and where to: the bytes of a report, exactly as they were shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from envcheck.classroom.handed_in import Handed, read, receipt
from envcheck.errors import UsageProblem
from envcheck.printable import visible
from envcheck.privacy import Scrubber
from envcheck.sending.link import Place

LARGEST = 1_048_576  # bytes that a class takes


@dataclass(frozen=True)
class Parcel:
    """A report for a class."""

    place: Place
    body: bytes
    report: Handed

    @property
    def alias(self) -> str:
        """The name that the learner chose."""
        return self.report.alias

    @property
    def receipt(self) -> str:
        """Eight letters that stand for exactly these bytes."""
        return receipt(self.body)

    def as_text(self) -> str:
        """The bytes for a person: all of them, and what cannot be seen as a code."""
        text = self.body.decode("utf-8", "backslashreplace")
        return "\n".join(map(visible, text.split("\n")))


def parcel(place: Place, name: str, body: bytes, scrubber: Scrubber) -> Parcel:
    """A report that may leave this machine; `name` is how it is called. Raises UsageProblem where
    it is none, is nobody's, or holds something private.
    """
    if len(body) > LARGEST:
        raise UsageProblem(f"{name} is larger than 1 MiB, which is the most that a class takes")
    report = read(name, body)
    if not isinstance(report, Handed):
        raise UsageProblem(f"{name} is no report that can be sent: {report.reason}")
    if not report.alias:
        raise UsageProblem(
            f"{name} does not say whose it is: make it once more with --as ALIAS, a name of your choice"
        )
    if not is_scrubbed(report.document, scrubber):
        raise UsageProblem(
            f"{name} holds a name, a home folder or a secret of yours, and stays here. "
            "A report that envcheck writes by --report json=FILE has none"
        )
    return Parcel(place, body, report)


def is_scrubbed(document: Mapping[str, Any], scrubber: Scrubber) -> bool:
    """Whether nothing would be taken out of any text in it, names of values too. The alias is the
    learner's own choice.
    """
    return all(
        scrubber.text(text) == text
        for key, value in document.items()
        for text in _texts(value)
        if key != "alias"
    )


def _texts(value: object) -> list[str]:
    left, texts = [value], list[str]()
    while left:
        value = left.pop()
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            left += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            left += value
    return texts
