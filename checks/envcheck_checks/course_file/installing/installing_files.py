"""Files of the course that a cell runs: read by the same rule as cells, and what installs in them is
taken out of the copy.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from envcheck import foreign_file, places
from envcheck.adopt.reading import cells
from envcheck.shape import read_object
from envcheck_checks.course_file.installing.installing_cells import without_installing
from envcheck_checks.course_file.installing.installing_words import (
    PYTHON,
    commands_of,
    installs,
    plain_name,
)

OF_CODE = (".ipynb", ".py", ".ipy")
NOTEBOOK = {"cells": [{"cell_type": str}]}
RUN = "run"  # IPython's magic


@dataclass(frozen=True)
class CopiedCourse:
    """The copy of a course, `root`, and the folder in it where its cells run; `thrown_away`: so is the
    environment. `taken_out` is what each file of the copy has lost, which its notebooks share.
    """

    root: Path
    folder: Path
    thrown_away: bool = False
    taken_out: dict[Path, str] = field(default_factory=dict)
    read: set[Path] = field(default_factory=set)

    def cleaned(self, text: str) -> str:
        """Take out of the files that a cell runs what installs; the first of that, empty for nothing."""
        shown = [each for line in cells.read(text).lines for each in self._of_line(line)]
        return shown[0] if shown else ""

    def is_out(self, line: str) -> bool:
        """Whether it runs a script of the shell that installs."""
        return any(map(self._installs, _named(line)))

    def _installs(self, name: str) -> bool:
        file = self._file(name)
        if file is None or file.suffix in OF_CODE:
            return False
        rows = cells.read(f"%%bash\n{foreign_file.text_or_nothing(file)}").lines
        return any(installs(row.text, thrown_away=self.thrown_away) for row in rows)

    def _of_line(self, line: cells.Line) -> Iterator[str]:
        for name in _named(line.text):
            file = self._file(name) or self._file(f"{name}.py")
            if file is None or file.suffix not in OF_CODE or file in self.read:
                continue
            self.read.add(file)
            if inner := self._clean(file) or self.taken_out.get(file, ""):
                self.taken_out[file] = inner
                yield f"{line.sign}{line.text}: {inner}"

    def _clean(self, file: Path) -> str:
        text = foreign_file.text_or_nothing(file)
        if file.suffix != ".ipynb":
            without, shown = self._without(text)
            if without != text:
                _write(file, without)
            return shown
        document = read_object(text, NOTEBOOK)
        if document is None:
            return ""  # no notebook that anybody can run
        shown = self._clean_notebook(document["cells"])
        if shown:
            _write(file, json.dumps(document))
        return shown

    def _clean_notebook(self, rows: list[Any]) -> str:
        first = ""
        for row in rows:
            if row["cell_type"] == "code":
                source = row.get("source", "")
                text = source if isinstance(source, str) else "".join(map(str, source))
                row["source"], shown = self._without(text)
                first = first or shown
        return first

    def _without(self, text: str) -> tuple[str, str]:
        inner = self.cleaned(text)
        made = without_installing(text, thrown_away=self.thrown_away, also=self.is_out)
        return made.text, made.installs or inner

    def _file(self, name: str) -> Path | None:
        """The one of this name in the copy: no other is ever read or written."""
        for folder in (self.folder, self.root):
            file = folder / name
            if os.path.isfile(file) and places.lies_in(file.resolve(), self.root.resolve()):
                return file.resolve()
        return None


def _named(line: str) -> Iterator[str]:
    """The file that each command of the line runs."""
    for words in commands_of(line):
        rest = [word for word in words[1:] if not word.startswith("-")]
        program = plain_name(words[0]) if words else ""
        if not words or "-c" in words or "-m" in words:
            continue
        if program in (RUN, ".", "source", "sh", "bash", "zsh", "dash") or PYTHON.search(program):
            yield from rest[:1]
        else:
            yield words[0]


def _write(file: Path, text: str) -> None:
    """Also where the course's own file is only for reading, which its copy is, too."""
    file.chmod(file.stat().st_mode | 0o600)
    file.write_text(text, encoding="utf-8")
