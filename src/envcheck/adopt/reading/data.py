"""Which files a piece of Python reads and which it makes: the paths that stand there in full."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from envcheck.adopt.reading.nodes import nodes

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

# A text in quotation marks that ends like a file's name, and what adds an ending.
NAMED = re.compile(r"""\.[A-Za-z][A-Za-z0-9]{1,7}["']|\bsave""")


@dataclass(frozen=True)
class NamedFile:
    """A file that code names by a relative path; `line` from 1, in its own text."""

    path: str
    line: int


@dataclass(frozen=True)
class Files:
    """What a cell does with files: those that it reads by a path from where the notebook lies, and the
    names, without their folders, of those that it may make. These are all that it names anywhere but
    where it reads them, since `to_csv(name)` is far from `name = "a.csv"`.
    """

    read: tuple[NamedFile, ...] = ()
    made: tuple[str, ...] = ()


def files(text: str, tree: ast.Module) -> Files:
    """The files of a cell with this text and tree."""
    if not NAMED.search(text):
        return Files()  # so that most cells are not walked through
    named = nodes(tree, ast.Call, ast.Constant)
    calls = [node for node in named if isinstance(node, ast.Call)]
    constants = [node for node in named if isinstance(node, ast.Constant)]
    reading = sorted(filter(_reads, calls), key=lambda call: (call.lineno, call.col_offset))
    read = {id(call.args[0]) for call in reading}
    paths = (_path(node) for node in constants if id(node) not in read)
    made = [PurePosixPath(path).name for path in paths if path]
    for call in calls:
        if _name(call) in ENDING_ADDED and call.args and isinstance(call.args[0], ast.Constant):
            name = PurePosixPath(str(call.args[0].value)).name
            made += [f"{name}.npy", f"{name}.npz"]
    rows = (NamedFile(path, call.lineno) for call in reading if (path := _path(call.args[0])))
    return Files(tuple(rows), tuple(made))


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
