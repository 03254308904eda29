"""A cell is Python with IPython's own lines in it; a bad one costs itself."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.adopt.reading import cells, imports


def modules(text: str) -> list[str]:
    tree = cells.read(text).tree
    return [each.module for each in (imports.of_tree(tree) if tree else imports.of_lines(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import a\n%matplotlib inline\nimport b", ["a", "b"]),
        ("if True:\n    !pip install x\nimport a", ["a"]),
        ("import a\nnp.ones?\nb??\n?c", ["a"]),
        ("files = !ls\nimport a", ["a"]),
        ("out = %sql select 1\nimport a", ["a"]),
        ("!pip install x \\\n   y\nimport a", ["a"]),
        ("%%time\nimport a", ["a"]),
        ("# first\n%%time\nimport a", ["a"]),
        ("%%bash\nimport -window root", []),
        ("%%tab pytorch\n%matplotlib inline\nimport a", ["a"]),
        ("%%their_own --magic\nfrom a import b", ["a"]),
        ("%%html\n<b>from x import y</b>", []),
        ("%time import a", ["a"]),
        ("%timeit -n 10 -r3 f(1,\n    2)\nimport a", ["a"]),
        (" import a\nimport b", ["a", "b"]),
        (" def f():\n    import a\n\nimport b", ["a", "b"]),
        (">>> import a\n>>> a.b\n3", ["a"]),
        ('text = """\n!not a line\n%nor this\n"""\nimport a', ["a"]),
        ('print "old"\nimport a, b.c as d\nfrom e.f import g', ["a", "b.c", "e.f"]),
        ("await x\nimport a", ["a"]),
        ("x = y %\\\n  z\nimport a", ["a"]),
        ("import a;\n", ["a"]),
    ],
)
def test_imports_of_a_cell(text: str, expected: list[str]) -> None:
    assert modules(text) == expected


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "!pip install a \\\n  b\n%pip install c",
            [("pip install a  b", 1, "!"), ("pip install c", 3, "%")],
        ),
        ("%%bash\npip install a\n# no\nls", [("pip install a", 2, "!"), ("ls", 4, "!")]),
        ("import b\npip install 'a[c]>=1'", [("pip install 'a[c]>=1'", 2, "%")]),
        ("conda install a", [("conda install a", 1, "%")]),
        ("uv pip install a=1 b", [("uv pip install a=1 b", 1, "%")]),
        ("run = 3\nif:", []),
        ("!!ls\n%load_ext sql", [("ls", 1, "!"), ("load_ext sql", 2, "%")]),
    ],
)
def test_lines_for_others(text: str, lines: list[tuple[str, int, str]]) -> None:
    assert [(each.text, each.number, each.sign) for each in cells.read(text).lines] == lines


@pytest.mark.parametrize("name", ["julia", "R", "javascript", "bash", "html", "sql", "cython"])
def test_a_cell_of_another_language(name: str) -> None:
    """Its words are none of Python's, and it is not lost."""
    assert cells.read(f"%%{name}\nimport a") == cells.Code(
        None, cells.read("%%bash\nimport a").lines if name == "bash" else ()
    )


def test_a_file_that_a_cell_writes() -> None:
    assert cells.read("%%writefile -a helpers.py\nimport a").written == "helpers.py"


@pytest.mark.parametrize(
    ("text", "lost"),
    [("a = (", True), ("%%bash\na = (", False), ("", False), ("x" * 400_000, True), ("a\0", True)],
)
def test_a_lost_cell(text: str, lost: bool) -> None:
    assert cells.read(text).lost is lost


@pytest.mark.parametrize(
    ("text", "optional"),
    [
        ("import a", False),
        ("try:\n    import a\nexcept ImportError:\n    pass", True),
        ("try:\n    import a\nexcept (KeyError, ModuleNotFoundError):\n    pass", True),
        ("try:\n    import a\nexcept KeyError:\n    pass", False),
        ("try:\n    import a\nexcept:\n    pass", True),
        ("try:\n    x\nexcept ValueError:\n    pass\nfinally:\n    import a", False),
        ("if TYPE_CHECKING:\n    import a", True),
        ('if "google.colab" in sys.modules:\n    import a', True),
        ("def f():\n    with x:\n        for y in z:\n            import a", False),
        ("match x:\n    case 1:\n        import a", False),
        ("while x:\n    pass\nelse:\n    import a", False),
    ],
)
def test_whether_it_goes_on_without(text: str, optional: bool) -> None:
    (each,) = imports.of_tree(ast.parse(text))
    assert (each.module, each.optional) == ("a", optional)


def test_its_own_package_is_no_import() -> None:
    assert [*imports.of_tree(ast.parse("from . import a\nfrom .b import c"))] == []


@given(st.text(alphabet="import ab.,()\n\\%!?=\"'#>:{}[]\t", max_size=120))
def test_any_text(text: str) -> None:
    """Whatever somebody typed, there is an answer; its lines are lines of the text."""
    code = cells.read(text)
    last = text.count("\n") + 1
    assert all(1 <= line.number <= last for line in code.lines)
    if code.tree is not None:
        assert all(1 <= each.line <= last for each in imports.of_tree(code.tree))
    assert all(1 <= each.line <= last for each in imports.of_lines(text))
