"""Which files a piece of Python reads and which it makes: the paths that stand there in full."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

# Functions by their last name. What comes first in their brackets is a path.
READERS = {
    "genfromtxt",
    "imread",
    "loadtxt",
    "open_dataset",
    "read_csv",
    "read_excel",
    "read_feather",
}
READERS |= {"read_file", "read_fwf", "read_hdf", "read_json", "read_parquet", "read_pickle"}
READERS |= {"read_stata", "read_table", "scan_csv", "scan_parquet"}
# numpy puts the ending behind the name.
ENDING_ADDED = {"save", "savez", "savez_compressed"}
# Where one of these stands, files come to be by names that nobody reads in the code.
UNSEEN = re.compile(
    r"chdir|^[ \t]*%cd\b|extract|unzip|\btar\b|kaggle|gdown|wget|curl|download|fetch|requests?\.get"
    r"|urlopen|drive\.mount|load_dataset|snapshot",
    re.MULTILINE,
)
FILE = re.compile(r"(?:\.{1,2}/)*[\w][\w .()/-]*\.[A-Za-z][A-Za-z0-9]{1,7}(?:\.(?:gz|bz2|xz|zip))?")


@dataclass(frozen=True)
class NamedFile:
    """A file that code names by a relative path; `line` from 1, in its own text."""

    path: str
    line: int


def read_by(tree: ast.Module) -> Iterator[NamedFile]:
    """The files that it reads by a path from where the notebook lies."""
    for call in _calls(tree):
        if _reads(call) and (path := _path(call.args[0])):
            yield NamedFile(path, call.lineno)


def made_by(tree: ast.Module) -> Iterator[str]:
    """The names of files, without their folders, that it may make: all that it names anywhere but
    where it reads them, since `to_csv(name)` is far from `name = "a.csv"`.
    """
    calls = list(_calls(tree))
    read = {id(call.args[0]) for call in calls if _reads(call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in read and (path := _path(node)):
            yield PurePosixPath(path).name
    for call in calls:
        if _name(call) in ENDING_ADDED and call.args and isinstance(call.args[0], ast.Constant):
            name = PurePosixPath(str(call.args[0].value)).name
            yield from (f"{name}.npy", f"{name}.npz")


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _reads(call: ast.Call) -> bool:
    name = _name(call)
    return bool(call.args) and (name in READERS or (name == "open" and not _writes(call)))


def _name(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _writes(call: ast.Call) -> bool:
    """Whether this `open` may make the file."""
    mode = next((word.value for word in call.keywords if word.arg == "mode"), None)
    if mode is None and len(call.args) > 1:
        mode = call.args[1]
    if mode is None:
        return False
    text = mode.value if isinstance(mode, ast.Constant) else "w"
    return not isinstance(text, str) or bool(set(text) & set("wax+"))


def _path(node: ast.expr) -> str:
    """A relative path with an ending, written in full; empty for anything else."""
    value = node.value if isinstance(node, ast.Constant) else ""
    if not isinstance(value, str) or len(value) > 200 or "://" in value:
        return ""
    return value if FILE.fullmatch(value) else ""
