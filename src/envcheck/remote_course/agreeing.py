"""A course from an address is shown and asked about before anything of it runs: once, and again when
it has changed.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from envcheck.course_file.values import NAME
from envcheck.errors import UsageProblem
from envcheck.remote_course.address import Address
from envcheck.remote_course.fetching import Files, fetch
from envcheck.remote_course.kept import Shelf, digest
from envcheck.run.workplace import cache_folder
from envcheck.sending.person import Person
from envcheck.target.locate import learner_variables


@dataclass(frozen=True)
class Asked:
    """How the course is asked for. `trusted`: the learner has said beforehand that it may run;
    `offline`: what they agreed to earlier is used, and nothing fetched.
    """

    variables: Mapping[str, str]
    cache: Path | None
    trusted: bool = False
    offline: bool = False


def asked(*, trusted: bool = False, offline: bool = False) -> Asked:
    """By this learner, on this machine."""
    return Asked(learner_variables(), cache_folder(), trusted, offline)


def to_read(address: Address, asked: Asked) -> Path:
    """The course file, for who only reads it. Raises UsageProblem."""
    return _shelf(address, asked).put(fetch(address, asked.variables))


def to_run(address: Address, asked: Asked, person: Person) -> Path:
    """The course file, agreed to. Raises UsageProblem where it is not."""
    shelf = _shelf(address, asked)
    agreed = shelf.files(shelf.agreed())
    if asked.offline:
        if not agreed:
            raise UsageProblem(
                f"--course {address}: it was not agreed to on this machine yet, so it is needed from "
                "the network once: run the same without --offline"
            )
        return shelf.put(agreed)
    files = fetch(address, asked.variables)
    file = shelf.put(files)
    if files != agreed:
        _ask(address, files, agreed, asked, person)
        shelf.agree(digest(files))
    return file


def _shelf(address: Address, asked: Asked) -> Shelf:
    if asked.cache is None:
        raise UsageProblem(f"--course {address}: envcheck has no folder of its own to keep it in")
    return Shelf.of(asked.cache, address)


def _ask(address: Address, files: Files, agreed: Files, asked: Asked, person: Person) -> None:
    if asked.trusted:
        return
    if person.confirm is None:
        changed = "it has changed since you agreed to it" if agreed else "you have not agreed to it"
        raise UsageProblem(
            f"--course {address}: {changed}, and there is no terminal to ask in; who has read it may "
            "add --trust-course"
        )
    person.show("\n".join(_difference(files, agreed) if agreed else _whole(files)))
    question = (
        "It has changed, as shown. Use it?" if agreed else "Checks of it will run here. Use it?"
    )
    if not person.confirm(f"This is the course at {address}. {question}"):
        raise UsageProblem(f"--course {address}: it was not agreed to; nothing of it was run")


def _whole(files: Files) -> Iterator[str]:
    """The course file and all code as they are; of the lists, which are only read, as well."""
    for name in (NAME, *(name for name in files if name != NAME)):
        yield f"--- {name}"
        yield _text(files[name])


def _difference(files: Files, agreed: Files) -> Iterator[str]:
    for name in sorted({*files, *agreed}):
        before, after = (_text(each.get(name, b"")).splitlines() for each in (agreed, files))
        yield from difflib.unified_diff(before, after, name, name, lineterm="")


def _text(content: bytes) -> str:
    return content.decode("utf-8", "backslashreplace")
