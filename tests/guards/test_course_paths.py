"""A course's files are named with `/` from its folder on every system: what is not found by such a name is missed on
Windows alone.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tests.guards.source import ROOT, files, nodes, place

READERS = files(*(ROOT / "src" / "envcheck" / room for room in ("adopt", "course_file")))
OF_THE_SYSTEM = {"join", "normpath", "normcase", "relpath", "basename", "dirname", "split"}


def faults(path: Path) -> list[str]:
    return [
        f"{place(path)}:{node.lineno}: {ast.unparse(node)} takes the system's own paths: `named_from`, or posixpath"
        for node in nodes(path)
        if isinstance(node, ast.Attribute)
        and node.attr in OF_THE_SYSTEM
        and ast.unparse(node.value) == "os.path"
    ]


def test_names_are_put_together_as_the_course_has_them() -> None:
    assert [fault for path in READERS for fault in faults(path)] == []


@pytest.mark.parametrize("line", ["os.path.join('a', x)", "map(os.path.normpath, y)"])
def test_what_would_be_seen(tmp_path: Path, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.guards.source.ROOT", tmp_path)
    file = tmp_path / "a.py"
    file.write_text(f"import os\n{line}\nos.path.exists(z)\n")
    assert len(faults(file)) == 1
