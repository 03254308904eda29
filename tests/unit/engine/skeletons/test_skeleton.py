"""A skeleton is written whole, under a name that can be one, and over nothing."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from envcheck.course_file.reading import read
from envcheck.errors import UsageProblem
from envcheck.skeletons.skeleton import KINDS, TAKEN, skeleton, write


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["a", "my-course", "week_2", "ml101"])
def test_what_is_written_is_python_and_toml(kind: str, name: str, tmp_path: Path) -> None:
    texts = skeleton(kind, name)
    assert len(texts) == 3
    for file, text in texts.items():
        assert "{{" not in text
        if file.endswith(".py"):
            ast.parse(text)
    if kind == "course":
        write(kind, name, tmp_path)
        (chapter,) = read(tmp_path / name / "envcheck.toml").chapters
        assert chapter.id == "week1"


@pytest.mark.parametrize(
    "name", ["", "../a", "A", "1a", "a b", "a.b", 'a"', "-a", "a\n", *sorted(TAKEN)]
)
def test_names_that_cannot_be(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="cannot be its name"):
        write("course", name, tmp_path)
    assert [*tmp_path.iterdir()] == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(UsageProblem, match="it is there already"):
        write("course", "mine", tmp_path)
    assert [*(tmp_path / "mine").iterdir()] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_name_hides_what_a_skeleton_uses(kind: str) -> None:
    """Its modules lie in the same folder as the file of that name, and its ids beside it."""
    for file, text in skeleton(kind, "mine").items():
        if not file.endswith(".py"):
            continue
        nodes = list(ast.walk(ast.parse(text)))
        modules = {
            each.name for node in nodes if isinstance(node, ast.Import) for each in node.names
        }
        modules |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
        assert {name.partition(".")[0] for name in modules} - {"mine"} <= TAKEN
    assert {"json", "class", "match", "con", "com1", "python", "week1"} <= TAKEN
