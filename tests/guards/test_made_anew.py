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
        if any("dataclass" in written(each) for each in node.decorator_list)
    }


def made_anew(file: Path, classes: dict[str, list[str]]) -> Iterator[str]:
    """Where a value's parts go into another one of its class, and not all of them."""
    owners = {id(inner): node.name for node in of_kind(file, ast.ClassDef) for inner in node.body}
    functions: list[ast.FunctionDef | ast.AsyncFunctionDef] = [
        *of_kind(file, ast.FunctionDef),
        *of_kind(file, ast.AsyncFunctionDef),
    ]
    for function in functions:
        own = {
            each.arg: written(each.annotation).strip('"')
            for each in (*function.args.args, *function.args.kwonlyargs)
            if each.annotation is not None
        }
        own["self"] = owners.get(id(function), "")
        if not classes.keys() & {*own.values()}:
            continue  # it has no value whose parts it could take
        for call in ast.walk(function):
            if not isinstance(call, ast.Call):
                continue
            name = written(call.func)
            if name not in classes:
                continue
            parts = [*call.args, *(each.value for each in call.keywords)]
            taken = {
                own.get(part.value.id)
                for part in parts
                if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name)
            }
            if name in taken and len(parts) < len(classes[name]):
                yield ast.unparse(call)


def test_what_would_be_seen(tmp_path: Path) -> None:
    """A part of a parameter's, and of `self`; not all parts of it, and not another class."""
    file = tmp_path / "page.py"
    file.write_text(
        "class Page:\n    def at(self, path):\n        return Page(path, self.host)\n"
        "async def tree(page: Page, other: Site):\n    return Page('/tree', host=page.host)\n"
        "def whole(page: Page):\n    return Page(page.path, page.host, page.port)\n"
        "def of(site: Site):\n    return Page('/', site.host)\n"
    )
    hits = [*made_anew(file, {"Page": ["path", "host", "port"]})]
    assert hits == ["Page(path, self.host)", "Page('/tree', host=page.host)"]


def test_no_value_is_made_anew_by_hand() -> None:
    folders = (ROOT / "src", ROOT / "checks")
    classes = {name: fields for folder in folders for name, fields in values(folder).items()}
    found = [
        f"{place(file)}: {hit}" for file in files(*folders) for hit in made_anew(file, classes)
    ]
    refused = [hit for hit in found if not any(f": {made}" in hit for made in MEANT)]
    assert refused == [], "use dataclasses.replace"
    assert all(any(f": {made}" in hit for hit in found) for made in MEANT)
