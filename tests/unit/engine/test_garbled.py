"""Names as programs of other code pages show them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import built_file

from envcheck.garbled import CODE_PAGES, garbled
from envcheck.privacy import Scrubber

NAME = "Zoë Müller"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (NAME.encode("cp1252").decode("utf-8", "replace"), "a traceback in ANSI, read as UTF-8"),
        (NAME.encode("utf-8").decode("cp1252"), "UTF-8 read as ANSI"),
        ("Zo\u2030 M\x81ller", "a console's program (cp850) read as ANSI"),
        (NAME.encode("cp437").decode("utf-8", "replace"), "the same, read as UTF-8"),
        ("Zoe Muller", "the nearest letters of an ANSI page without these"),
        (r"Zo\x89 M\x81ller", "the bytes of a console's page, as Python writes them"),
        (NAME.encode("utf-8").decode("cp936", "replace"), "a console of China"),
        ("ZO\u00cbM\u00dcL~1", "a short name"),
        ("ZO_M_L~1", "a short name where only ASCII may be in one"),
        ("Zo? M?ller", "a page that has no such letter"),
        (r"Zo\xeb M\xfcller", "Python's stderr on such a page"),
        ("Zoe\u0308 Mu\u0308ller", "macOS' own form"),
    ],
)
def test_no_form_of_a_name_leaves_the_machine(said: str, why: str) -> None:
    home = Scrubber(f"C:\\Users\\{NAME}", NAME, "desk")
    text = f'File "C:\\Users\\{said}\\ml\\queue.py", line 1'
    assert home.text(text) == 'File "~\\ml\\queue.py", line 1', why
    if "~" not in said:  # only a folder has a short name
        assert home.text(f"D:/work/{said}/x") == "D:/work/USER/x", why


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


LETTERS = st.characters(categories=("Ll", "Lu", "Lo"), max_codepoint=0xFFFF)
ALONE = built_file.names()


@settings(max_examples=20)
@given(
    st.text(LETTERS, min_size=3, max_size=8),
    st.sampled_from(CODE_PAGES),
    st.sampled_from(CODE_PAGES),
)
def test_whatever_two_programs_agree_on(name: str, written: str, read: str) -> None:
    """Any name, written in one page and read in another; run-envcheck.py takes out the same."""
    said = name.encode(written, "replace").decode(read, "replace")
    text = f"C:\\Users\\{said}\\ml"
    assert ALONE["garbled"](name) == garbled(name)
    if name.isascii() or not re.fullmatch(r"[^/\\\s]{3,}", said):
        return
    home = f"C:\\Users\\{name}"
    assert Scrubber(home, name, "desk").text(text) == "~\\ml"
    assert ALONE["without_names"](text, home, name, "desk") == "~\\ml"


def test_letters_that_part_into_no_mark() -> None:
    assert {"Lukasz", "?ukasz"} <= garbled("\u0141ukasz")
    assert "Angstrom ?" in garbled("\u00c5ngstr\u00f6m \u738b")
