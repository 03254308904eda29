"""Every branch on the system is a row of docs/system-branches.md, with its source and a test."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.guards.source import loaded

script = loaded("system-branches")


def test_the_page_and_the_code_say_the_same() -> None:
    faults = script.faults()
    assert not faults, "\n".join(["scripts/system-branches --rows prints what is missing", *faults])


def test_every_source_is_there() -> None:
    """A source is a link at the end of the page, and each of these is used."""
    text = script.PAGE.read_text(encoding="utf-8")
    linked = {line[1 : line.index("]")] for line in text.splitlines() if line.startswith("[")}
    used = {row.source.strip("[]") for row in script.rows()}
    assert used == linked


@pytest.mark.parametrize(
    ("code", "condition", "on_linux"),
    [
        ("if sys.platform == 'win32': pass", "sys.platform == 'win32'", "False"),
        ("x = 1 if os.name != 'nt' else 2", "os.name != 'nt'", "True"),
        ("if machine.system in ('win32', 'darwin'): pass", None, "False"),
        ("if system(env).is_macos: pass", "system(env).is_macos", "False"),
        ("if not machine.is_linux: pass", "machine.is_linux", "True"),
        ("NAMES = {'darwin': 1, 'other': 2}", "a table by darwin, other", "{'other': 2}"),
        ("if hasattr(os, 'geteuid'): pass", "hasattr(os, 'geteuid')", "True"),
        ("lies_in(a, b, 'darwin')", None, "lies_in(a, b, 'linux')"),
        ("if sys.platform.startswith('linux'): pass", None, "True"),
        ("BOTH = ('darwin', 'win32', 'x')", None, "('x',)"),
        ("flags = getattr(status, 'st_flags', 0)", None, "0"),
        ("platform.system()", "platform.system()", None),
    ],
)
def test_what_is_a_branch(code: str, condition: str | None, on_linux: str | None) -> None:
    finder = script.Finder("x.py")
    finder.visit(script.ast.parse(code))
    (found,) = finder.found
    assert found.on_linux == on_linux
    assert condition in (None, found.condition)


@pytest.mark.parametrize(
    "code", ["shell == 'cmd'", "name == 'windows'", "os.path.exists(x)", "f('linux')", "{'a': 1}"]
)
def test_what_is_none(code: str) -> None:
    finder = script.Finder("x.py")
    finder.visit(script.ast.parse(code))
    assert finder.found == []


def test_a_branch_is_known_by_its_place(tmp_path: Path) -> None:
    """Not by a line: code above it may grow. A branch without a row is said, and a row without one."""
    page = tmp_path / "page.md"
    page.write_text(
        "### `src/a.py`\n\n| `f` | `os.name == 'nt'` | x | [y] | none: z |\n"
        "| `g` | `gone` | x | [y] | `test_a.py::test_no` |\n"
    )
    (tmp_path / "src").mkdir()
    (tmp_path / "src/a.py").write_text(
        "\n\ndef f():\n    return os.name == 'nt'\n\n\ndef h():\n    return sys.platform == 'win32'\n"
    )
    (tmp_path / "tests").mkdir()
    assert script.faults(tmp_path, page) == [
        "no row: src/a.py, h, sys.platform == 'win32'",
        "no branch: src/a.py, g, gone",
        "no test test_a.py::test_no: src/a.py, g, gone",
    ]


def test_a_branch_is_taken_out(tmp_path: Path) -> None:
    text = "# ë\nif sys.platform == 'win32' and x:\n    pass\n"
    finder = script.Finder("x.py")
    finder.visit(script.ast.parse(text))
    assert script.without(text, finder.found[0]) == "# ë\nif (False) and x:\n    pass\n"
