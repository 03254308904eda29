"""A name with letters outside of ASCII, as programs show it that write in one code page what others
read in another, or that have no such letter: with other letters, plain ones, or question marks.
"""

import sys
import unicodedata

# Of Windows' own (ANSI) and of its consoles (OEM); UTF-8 is everybody's.
CODE_PAGES = (
    "utf-8", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "latin-1",
    "cp1257", "cp1258", "cp437", "cp737", "cp775", "cp850", "cp852", "cp857", "cp858",
    "cp866", "cp932", "cp936", "cp949", "cp950",
)  # fmt: skip
OF_TWO_BYTES = frozenset(("utf-8", "cp932", "cp936", "cp949", "cp950"))


def garbled(name):
    """The other spellings of a name; none of one in ASCII, nor in Python 2, whose names are bytes.
    As in src/envcheck/garbled.py.
    """
    if sys.version_info < (3, 5) or all(ord(letter) < 128 for letter in name):
        return frozenset()
    forms = {unicodedata.normalize(form, name) for form in ("NFC", "NFD", "NFKD")}
    written = {form.encode("ascii", "backslashreplace") for form in forms}
    spellings = forms | {form.decode() for form in written} | {bare_letters(name)}
    composed = unicodedata.normalize("NFC", name)
    for page in CODE_PAGES:
        raw = composed.encode(page, "replace")
        spellings |= {raw.decode(read, "replace") for read in CODE_PAGES}
        spellings |= {
            as_windows_reads(raw, read) for read in CODE_PAGES if read not in OF_TWO_BYTES
        }
        spellings.add(raw.decode("ascii", "backslashreplace"))
    for page in CODE_PAGES + ("ascii",):
        spellings |= {nearest(composed, page, bare) for bare in (True, False)}
    return frozenset(spellings) - {name}


def nearest(name, page, bare):
    """A name as Windows writes it in a page: a letter that the page does not have is made bare,
    or is a question mark.
    """
    if bare:
        name = "".join(
            letter if page_has(page, letter) else bare_letters(letter) for letter in name
        )
    return "".join(letter if page_has(page, letter) else question_marks(letter) for letter in name)


def page_has(page, letter):
    """Whether a code page has a letter."""
    return letter.encode(page, "replace") == letter.encode(page, "ignore")


def question_marks(letter):
    """As Windows counts: a letter beyond 16 bits is two."""
    return "?" * (len(letter.encode("utf-16-le", "surrogatepass")) // 2)


def bare_letters(name):
    """The letters without their marks: `Zoe` for `Zo\\xeb`, `Lukasz` with a plain L. Python 2's names
    are bytes, and stay as they are.
    """
    if sys.version_info < (3,):
        return name
    parted = unicodedata.normalize("NFKD", "".join(map(without_stroke, name)))
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def without_stroke(letter):
    """The letter without its stroke: `LATIN SMALL LETTER L WITH STROKE` parts into no mark, its
    name says which letter it is.
    """
    plain, marked, _ = unicodedata.name(letter, "").partition(" WITH ")
    try:
        return unicodedata.lookup(plain) if marked else letter
    except KeyError:
        return letter


def as_windows_reads(raw, page):
    """The text as Windows reads these bytes: one that its page does not have is the character of
    that number.
    """
    read = (bytes([byte]).decode(page, "ignore") or chr(byte) for byte in raw)
    return "".join(read)
