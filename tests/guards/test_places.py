"""Paths are compared by `envcheck.places` alone: two spellings that differ may be one folder."""

from __future__ import annotations

import ast

import pytest
from tests.guards.source import ROOT, files, nodes, place

ENGINE, CHECKS = ROOT / "src" / "envcheck", ROOT / "checks" / "envcheck_checks"
# Who compares spellings, and why a spelling is what counts there
EXCEPT = {
    "src/envcheck/places.py": "it is the one",
    "src/envcheck/target/probe.py": "runs in the learner's Python, and imports nothing of ours",
    "src/envcheck/target/project_homes.py": "Hatch and Poetry hash the spelling",
    "src/envcheck/processes/apple_stubs.py": "stubs are links of one another: names count",
    "src/envcheck/fixes/record.py": "the spelling is what is put back",
    "src/envcheck/target/systems.py": "the name of a program",
    "checks/envcheck_checks/python/macos.py": "as apple_stubs.py",
    "checks/envcheck_checks/notebook/folders/network_disk.py": "a disk that is gone must not be touched",
}
IN_TARGET = CHECKS / "in_target"
ASKED_ELSEWHERE = ("normcase", "samefile", "is_relative_to", "commonpath", "commonprefix")
FOLLOWED = ("realpath", "resolve")
OF_PLACES = ("prefix", "base_prefix", "folder")


def compares(node: ast.AST) -> bool:
    """Whether this is a comparison of two paths by their letters."""
    if isinstance(node, ast.Attribute) and node.attr in ASKED_ELSEWHERE:
        return True
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".startswith"):
        return any("os.sep" in ast.unparse(word) for word in node.args)
    if not isinstance(node, ast.Compare):
        return False
    sides = [node.left, *node.comparators]
    if any(isinstance(side, ast.Attribute) and side.attr == "parents" for side in sides):
        return True
    return any(_followed(side) for side in sides) or sum(map(_of_a_place, sides)) > 1


def _followed(side: ast.AST) -> bool:
    if isinstance(side, ast.Attribute) and side.attr in ("parts", "name"):
        return False
    calls = (node for node in ast.walk(side) if isinstance(node, ast.Call))
    return any(ast.unparse(call.func).rpartition(".")[2] in FOLLOWED for call in calls)


def _of_a_place(side: ast.AST) -> bool:
    return isinstance(side, ast.Attribute) and side.attr in OF_PLACES


def test_who_compares_paths() -> None:
    """By `places.same`, `lies_in`, `within`; a set of places by `places.key`."""
    lines = [
        f"{place(path)}:{node.lineno}: {ast.unparse(node)[:90]}"
        for path in files(ENGINE, CHECKS)
        if place(path) not in EXCEPT and IN_TARGET not in path.parents
        for node in nodes(path)
        if isinstance(node, ast.expr) and compares(node)
    ]
    assert not lines, f"ask envcheck.places, in place of: {lines}"


@pytest.mark.parametrize(
    ("code", "alarms"),
    [
        ("os.path.realpath(a) == os.path.realpath(b)", True),
        ("os.path.realpath(a) in known", True),
        ("python.prefix == env.folder", True),
        ("place in path.parents", True),
        ("path.startswith(folder + os.sep)", True),
        ("Path(a).is_relative_to(b)", True),
        ("os.path.normcase(a)", True),
        ("places.same(a, b)", False),
        ("os.path.realpath(a)", False),
        ("python.kind == 'venv'", False),
    ],
)
def test_what_counts_as_comparing(code: str, alarms: bool) -> None:
    nodes = ast.walk(ast.parse(code, mode="eval"))
    assert any(isinstance(node, ast.expr) and compares(node) for node in nodes) is alarms
