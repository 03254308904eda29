"""A name with letters outside of ASCII, as programs show it that write in one code page what others
read in another: `Zo\xc3\xab`, `Zo?`, `Zo\ufffd`, `Zo\\xeb`.
"""

from __future__ import annotations

import functools
import unicodedata

# Of Windows' own (ANSI) and of its consoles (OEM), for the scripts of Europe; UTF-8 is everybody's.
CODE_PAGES: tuple[str, ...] = ("utf-8", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "latin-1")
CODE_PAGES += ("cp437", "cp737", "cp850", "cp852", "cp857", "cp866")


@functools.lru_cache(maxsize=64)
def garbled(name: str) -> frozenset[str]:
    """The other spellings of a name; none of one in ASCII."""
    if name.isascii():
        return frozenset()
    parted = unicodedata.normalize("NFKD", name)  # macOS' own form of names, nearly
    found = {parted, unicodedata.normalize("NFD", name), unicodedata.normalize("NFC", name)}
    found.add(name.encode("ascii", "backslashreplace").decode())
    composed = unicodedata.normalize("NFC", name)
    for written in CODE_PAGES:
        raw = composed.encode(written, "replace")
        found |= {raw.decode(read, "replace") for read in CODE_PAGES}
        found |= {_as_windows_reads(raw, read) for read in CODE_PAGES[1:]}
    return frozenset(found) - {name}


def _as_windows_reads(raw: bytes, page: str) -> str:
    """It takes a byte that its page does not have for the character of that number."""
    read = (bytes([byte]).decode(page, "ignore") or chr(byte) for byte in raw)
    return "".join(read)
