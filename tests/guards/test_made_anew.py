"""A value with one part changed is `replace(value, part=...)`: made anew by hand, it loses what it has by
default, the parts that are added later among them (a page on the learner's own port became one on 8888).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.guards.source import ROOT, files, of_kind, place, written

# Others than the one whose parts they take, on purpose, by what is made
MEANT = {
    "Machine('win32', roots, machine.home)": "of another system: the Windows around a WSL",
    "Package(package.name, MODULES[package.name])": "conda's, in place of the file's",
    "Course(file.id, file.title, ": "of the model, from one of a file",
}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def values(folder: Path) -> dict[str, list[str]]:
    """The fields of each dataclass in a folder."""
    return {
        node.name: [
            each.target.id
            for each in node.body
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
        ]
        for file in files(folder)
        for node in of_kind(file, ast.ClassDef)
        if any("dataclass" in ast.unparse(each) for each in node.decorator_list)
    }


def made_anew(file: Path, classes: dict[str, list[str]]) -> Iterator[str]:
    """Where a value's parts go into another one of its class, and not all of them."""
    owners = {id(inner): node.name for node in of_kind(file, ast.ClassDef) for inner in node.body}
    for function in of_kind(file, *FUNCTIONS):
        own = {
            each.arg: ast.unparse(each.annotation).strip('"')
            for each in (*function.args.args, *function.args.kwonlyargs)
            if each.annotation is not None
        }
        own["self"] = owners.get(id(function), "")
        for call in ast.walk(function):
            if not isinstance(call, ast.Call):
                continue
            name = written(call.func)
            parts = [*call.args, *(each.value for each in call.keywords)]
            taken = {
                own.get(part.value.id)
                for part in parts
                if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name)
            }
            if name in classes and name in taken and len(parts) < len(classes[name]):
                yield f"{place(file)}: {ast.unparse(call)}"


def test_no_value_is_made_anew_by_hand() -> None:
    folders = (ROOT / "src", ROOT / "checks")
    classes = {name: fields for folder in folders for name, fields in values(folder).items()}
    found = [hit for file in files(*folders) for hit in made_anew(file, classes)]
    refused = [hit for hit in found if not any(f": {made}" in hit for made in MEANT)]
    assert refused == [], "use dataclasses.replace"
    assert all(any(f": {made}" in hit for hit in found) for made in MEANT)
