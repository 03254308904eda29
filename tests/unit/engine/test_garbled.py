"""Names as programs of other code pages show them."""

from __future__ import annotations

import re

import pytest

from envcheck.garbled import garbled
from envcheck.privacy import Scrubber

NAME = "Zoë Müller"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (NAME.encode("cp1252").decode("utf-8", "replace"), "a traceback in ANSI, read as UTF-8"),
        (NAME.encode("utf-8").decode("cp1252"), "UTF-8 read as ANSI"),
        ("Zo\u2030 M\x81ller", "a console's program (cp850) read as ANSI"),
        (NAME.encode("cp437").decode("utf-8", "replace"), "the same, read as UTF-8"),
        ("Zo? M?ller", "a page that has no such letter"),
        (r"Zo\xeb M\xfcller", "Python's stderr on such a page"),
        ("Zoe\u0308 Mu\u0308ller", "macOS' own form"),
    ],
)
def test_no_form_of_a_name_leaves_the_machine(said: str, why: str) -> None:
    home = Scrubber(f"C:\\Users\\{NAME}", NAME, "desk")
    text = f'File "C:\\Users\\{said}\\ml\\queue.py", line 1, and D:/work/{said}/x'
    assert home.text(text) == 'File "~\\ml\\queue.py", line 1, and D:/work/USER/x', why


@pytest.mark.parametrize("name", ["Łukasz", "Иван", "Γιώργος", "王小明"])
def test_names_of_other_scripts(name: str) -> None:
    scrubber = Scrubber(f"/home/{name}", name, "desk")
    for said in (
        name.encode("utf-8").decode("cp1252", "replace"),
        re.sub(r"[^\x00-\x7f]", "?", name),
    ):
        assert scrubber.text(f"in /home/{said}/ml") == "in ~/ml"


def test_nothing_else_goes() -> None:
    assert garbled("ann") == frozenset()
    scrubber = Scrubber("/home/Zoë", "Zoë", "desk")
    assert scrubber.text("/srv/données/Zo and a?b") == "/srv/données/Zo and a?b"
