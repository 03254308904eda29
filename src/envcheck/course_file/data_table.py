"""The kind of a file that notebooks read: where it names columns, they can be read."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from envcheck.course_file.kinds import Path, Table, Text, Wrong, shown

SEPARATORS = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
# What pandas reads the columns of.
PACKED = (".gz", ".zip", ".bz2", ".xz")  # around one of them
BY_PANDAS = (*PACKED, ".xlsx", ".xls", ".parquet", ".feather", ".json", ".dta", ".sav")
SEPARATOR = Text('one sign that stands between columns, such as ";"', r"[\x20-\x7e]|\t", 1)


@dataclass(frozen=True)
class Encoding:
    """A name that Python knows for the way in which letters are written."""

    def read(self, value: Any, path: Path) -> str:
        text = Text("an encoding, such as latin-1").read(value, path)
        try:
            "".encode(text)  # refuses what is none of letters, such as hex
            codecs.getincrementaldecoder(text)
        except (LookupError, ValueError):
            reason = f"it must be an encoding, such as latin-1, not {shown(value)}"
            raise Wrong(path, reason, of_form=False) from None
        return text


class DataTable(Table):
    """The table of a file: one that names columns is of a kind that has some."""

    def read(self, value: Any, path: Path) -> dict[str, Any]:
        read = super().read(value, path)
        ending = PurePosixPath(read.get("path", "")).suffix.lower()
        if not read.get("columns") or "separator" in read or ending in (*SEPARATORS, *BY_PANDAS):
            return read
        reason = (
            f"the columns of {ending or 'such'} files cannot be read; take `columns` out, or name the "
            'sign between them, such as separator = ";"'
        )
        raise Wrong((*path, "columns"), reason, of_key=True, of_form=False)
