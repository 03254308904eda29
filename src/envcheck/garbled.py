"""A name with letters outside of ASCII, as programs show it that write in one code page what others
read in another, or that have no such letter: with other letters, plain ones, or question marks.
"""

from __future__ import annotations

import functools
import unicodedata

# Of Windows' own (ANSI) and of its consoles (OEM); UTF-8 is everybody's.
CODE_PAGES: tuple[str, ...] = ("utf-8", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "latin-1")
CODE_PAGES += ("cp1257", "cp1258", "cp437", "cp737", "cp775", "cp850", "cp852", "cp857", "cp858")
CODE_PAGES += ("cp866", "cp932", "cp936", "cp949", "cp950")
OF_TWO_BYTES = frozenset(("utf-8", "cp932", "cp936", "cp949", "cp950"))


@functools.lru_cache(maxsize=64)
def garbled(name: str) -> frozenset[str]:
    """The other spellings of a name; none of one in ASCII."""
    if name.isascii():
        return frozenset()
    forms = {unicodedata.normalize(form, name) for form in ("NFC", "NFD", "NFKD")}
    written = {form.encode("ascii", "backslashreplace") for form in forms}
    spellings = forms | {form.decode() for form in written} | {bare_letters(name)}
    composed = unicodedata.normalize("NFC", name)
    for page in CODE_PAGES:
        raw = composed.encode(page, "replace")
        spellings |= {raw.decode(read, "replace") for read in CODE_PAGES}
        spellings |= {
            _as_windows_reads(raw, read) for read in CODE_PAGES if read not in OF_TWO_BYTES
        }
        spellings.add(raw.decode("ascii", "backslashreplace"))
    for page in (*CODE_PAGES, "ascii"):
        spellings |= {_nearest(composed, page, bare=bare) for bare in (True, False)}
    return frozenset(spellings) - {name}


def _nearest(name: str, page: str, *, bare: bool) -> str:
    """A name as Windows writes it in a page: a letter that the page does not have is made bare,
    or is a question mark.
    """
    if bare:
        name = "".join(letter if _has(page, letter) else bare_letters(letter) for letter in name)
    return "".join(letter if _has(page, letter) else _asked(letter) for letter in name)


def _has(page: str, letters: str) -> bool:
    return letters.encode(page, "replace") == letters.encode(page, "ignore")


def _asked(letter: str) -> str:
    """As Windows counts: a letter beyond 16 bits is two."""
    return "?" * (len(letter.encode("utf-16-le", "surrogatepass")) // 2)


def bare_letters(name: str) -> str:
    """The letters without their marks: `Zoe` for `Zo\\xeb`, `Lukasz` with a plain L."""
    parted = unicodedata.normalize("NFKD", "".join(map(_without_stroke, name)))
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def _without_stroke(letter: str) -> str:
    """`LATIN SMALL LETTER L WITH STROKE` parts into no mark: its name says which letter it is."""
    plain, marked, _ = unicodedata.name(letter, "").partition(" WITH ")
    try:
        return unicodedata.lookup(plain) if marked else letter
    except KeyError:
        return letter


def _as_windows_reads(raw: bytes, page: str) -> str:
    """It takes a byte that its page does not have for the character of that number."""
    read = (bytes([byte]).decode(page, "ignore") or chr(byte) for byte in raw)
    return "".join(read)
