"""What anybody may have written is read in one place, which waits for nothing and has a limit."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.guards.source import ROOT, files, of_kind, place, text, written

# Files that read others, and whose: none of these is the learner's.
OWN = {
    "envcheck/foreign_file.py": "the reader itself",
    "envcheck/private_file.py": "written by the same call",
    "envcheck/declared/conda_names.py": "in our package",
    "envcheck/reports/templates.py": "in our package",
    "envcheck/run/pages.py": "pages of an installed course",
    "envcheck/run/plugins.py": "what is installed beside envcheck, by importlib",
    "envcheck/target/script.py": "in our package",
    "envcheck/vendoring/installed.py": "envcheck's own files, and an archive in memory",
    "envcheck_checks/browser/chrome.py": "of the browser that we started, in our folder",
    "envcheck_checks/cells/tutorial_data.py": "a table that we wrote",
    "envcheck_checks/in_target": "runs in the target, under a time limit",
    "envcheck/hub/packages.py": "what envcheck needs, as it is installed here",
    "envcheck/hub/in_server.py": "its own files, in a user's server",
    "envcheck/target/probe.py": "runs in the target, under a time limit",
    "envcheck/processes/outlet.py": "a stream",
    "envcheck/run/alone.py": "a lock of ours",
    "envcheck/run/turn.py": "a lock of ours",
    "envcheck/processes/priority.py": "the system's",
    "envcheck_checks/machine/selinux.py": "the system's",
    "envcheck_checks/machine/write_access.py": "a file that we write",
    "envcheck/classroom": "has limits of its own: each hostile file is a test there",
    "envcheck/command/send.py": "the file that is named on the command line",
    "envcheck/sending/own_folder.py": "opened without following links, and read to a limit",
    "envcheck_checks/tools": "work of ours in a folder of ours",
    "envcheck_checks/notebook/folders/folder_contents.py": "opened for writing, for a moment",
}
READS = {"read_text", "read_bytes", "open"}
OTHERS = {"os.open", "webbrowser.open", "self._open", "io.open"}


def test_nobody_else_reads_files() -> None:
    found = {
        f"{file.relative_to(root).as_posix()}:{call.lineno}"
        for root in (ROOT / "src", ROOT / "checks")
        for file in root.rglob("*.py")
        if not _is_own(file.relative_to(root))
        and not file.is_relative_to(ROOT / "src/envcheck_class")
        for call in of_kind(file, ast.Call)
        if _reads(call)
    }
    assert not found, f"read these by envcheck.foreign_file (content, text, head): {sorted(found)}"


# Decide about a text by its digits, and make no number of it
NO_NUMBERS = (
    "checks/envcheck_checks/tools/postgresql/postgresql.py",
    "checks/envcheck_checks/course_file/card/device_facts.py",  # ASCII, a few bytes of /sys
)


def test_a_text_becomes_a_number_in_one_place() -> None:
    """`"\N{SUPERSCRIPT TWO}".isdigit()` is true and `int` refuses it; of 5000 digits `isdecimal()` is
    true, and `int` refuses them too. Of the engine, whose rooms have bounds of their own, only the
    checks are held.
    """
    asks = {
        f"{place(file)}:{call.lineno}"
        for file in files(ROOT / "checks")
        if place(file) not in NO_NUMBERS
        for call in of_kind(file, ast.Call)
        if written(call.func).rpartition(".")[2] in ("isdigit", "isdecimal", "isnumeric")
    }
    assert not asks, f"read these by envcheck.digits.whole_number: {sorted(asks)}"


def test_no_pattern_tries_each_blank_line_anew() -> None:
    """`^\\s*` with MULTILINE begins at each of a million blank lines and reads all that follow: hours.
    `^[^\\S\\n]*` stays on its line.
    """
    found = [
        f"{file.name}: {line}"
        for root in (ROOT / "src", ROOT / "checks")
        for file in root.rglob("*.py")
        for line in text(file).splitlines()
        if re.search(r"(?<!\[)\^\\s", line)
    ]
    assert not found


LOOKS = {"iterdir", "listdir", "scandir"}
# Their folders are ours, or the system's own
LOOKED_INTO = ("tools", "in_target", "probe.py")


def test_nobody_trips_over_a_folder() -> None:
    """Nobody may look into it, or it is gone: a place that looks says what then, or that it raises."""
    tripping = [
        f"{place(file)}:{call.lineno}: {written(call)}"
        for tree in ("src/envcheck/target", "src/envcheck/adopt", "src/envcheck/fixes", "checks")
        for file in files(ROOT / tree)
        if not {*LOOKED_INTO} & {*file.parts}
        for function in of_kind(file, ast.FunctionDef)
        if "OSError" not in (ast.get_docstring(function) or "")
        for call in _looking(function, guarded=False)
    ]
    assert not tripping, f"use envcheck.foreign_file.entries, or say what is so then: {tripping}"


def test_a_look_that_trips_is_seen() -> None:
    """What is behind a guard is none, and a guard of another error is none either."""
    text = """
def f(place):
    try:
        names = os.listdir(place)
    except {error}:
        names = place.iterdir()
    with suppress(OSError), os.scandir(place):
        pass
"""
    for error, number in (("OSError", 1), ("KeyError", 2)):
        (function,) = ast.parse(text.format(error=error)).body
        assert len([*_looking(function, guarded=False)]) == number


def _looking(node: ast.AST, *, guarded: bool) -> Iterator[ast.Call]:
    """The calls that look into a folder where nothing catches an OSError."""
    if (
        isinstance(node, ast.Call)
        and written(node.func).rpartition(".")[2] in LOOKS
        and not guarded
    ):
        yield node
    caught: list[ast.AST] = []
    if isinstance(node, ast.Try) and any(
        each.type is None or "OSError" in written(each.type) for each in node.handlers
    ):
        caught = [*node.body]
    if isinstance(node, ast.With) and "OSError" in written(node.items[0].context_expr):
        caught = [*node.items, *node.body]
    for child in ast.iter_child_nodes(node):
        yield from _looking(child, guarded=guarded or child in caught)


def test_the_list_is_true() -> None:
    for name in OWN:
        assert any((ROOT / place / name).exists() for place in ("src", "checks")), name


def _is_own(file: Path) -> bool:
    return any(file.as_posix() == name or Path(name) in file.parents for name in OWN)


def _reads(call: ast.Call) -> bool:
    name = written(call.func)
    return name.rpartition(".")[2] in READS and name not in OTHERS
