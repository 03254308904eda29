"""The one reader of files that anybody may have written: another program, an editor, somebody on
purpose. It is no file at all (a pipe would be waited for, for ever), it is huge, it begins with a
mark of Notepad's or PowerShell's, its letters are of any code page.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import stat
from pathlib import Path
from typing import BinaryIO

MOST_BYTES = 32_000_000  # conda's record of a package with 15,000 files has 6 million
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
FLAGS = ("O_NONBLOCK", "O_CLOEXEC", "O_BINARY", "O_NOCTTY")


def content(file: str | Path, most: int = MOST_BYTES) -> bytes:
    """What is in it; nothing in a device such as /dev/null. Raises OSError for a name that cannot be
    one, for what is no file, and for more than so many bytes.
    """
    data = head(file, most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most // 1000} kB")
    return data


def head(file: str | Path, most: int) -> bytes:
    """So many bytes of its beginning. Raises OSError for a name that cannot be one, and for what is
    no file.
    """
    with _opened(file) as opened:
        return opened.read(most)


def tail(file: str | Path, most: int) -> bytes:
    """So many bytes of its end. Raises OSError as `head` does."""
    with _opened(file) as opened:
        opened.seek(max(0, opened.seek(0, os.SEEK_END) - most))
        return opened.read()


def _opened(file: str | Path) -> BinaryIO:
    try:
        handle = os.open(file, os.O_RDONLY | sum(getattr(os, name, 0) for name in FLAGS))
    except ValueError as error:  # a name with a zero in it
        raise OSError(errno.EINVAL, str(error)) from error
    kind = os.fstat(handle).st_mode
    if stat.S_ISREG(kind):
        return os.fdopen(handle, "rb")
    os.close(handle)
    if stat.S_ISCHR(kind):  # nothing, or without an end
        return io.BytesIO()
    raise OSError(errno.EINVAL, "it is no file")


def text(file: str | Path, most: int = MOST_BYTES) -> str:
    """Its lines, whatever they are written in; what is no letter is a replacement mark. Raises
    OSError as `content` does.
    """
    return _decoded(content(file, most))


def beginning(file: str | Path, most: int) -> str:
    """What `text` would give of the first bytes, whatever comes after them. Raises OSError as `head` does."""
    return _decoded(head(file, most))


def _decoded(raw: bytes) -> str:
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return lines(raw[len(mark) :].decode(encoding, "replace"))
    return lines(raw.decode("utf-8", "replace"))


def text_or_nothing(file: str | Path, most: int = MOST_BYTES) -> str:
    """What `text` gives; empty where the file cannot be read."""
    try:
        return text(file, most)
    except OSError:
        return ""


def matching(folder: str | Path, pattern: str) -> list[Path]:
    """What lies in a folder by a pattern, in the order of its names; nothing where nobody can look: a
    name that is too long or has a zero in it, a disk of the network that is gone.
    """
    try:
        return sorted(Path(folder).glob(pattern))
    except (OSError, ValueError):
        return []


def entries(folder: str | Path) -> list[Path]:
    """What lies in a folder, in the order of its names; nothing where nobody can look."""
    try:
        return sorted(Path(folder).iterdir())
    except (OSError, ValueError):
        return []


def lines(text: str) -> str:
    """The text with the ends of lines of this system, as Python reads files."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
