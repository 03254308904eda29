"""What `import` takes from a folder, and what only looks like it."""

from __future__ import annotations

import importlib.machinery
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from envcheck.testing import interpreter
from envcheck_checks.interference.importable import is_importable, module_named

OWN = ".cpython-311-x86_64-linux-gnu.so"


def entry(folder: Path, name: str) -> Path:
    """A file of this name; a folder with an `__init__` where it ends in a slash."""
    path = folder / name.rstrip("/")
    if name.endswith("/"):
        path.mkdir()
        (path / "__init__.py").touch()
    else:
        path.touch()
    return path


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("random.py", "random"),
        ("random.pyc", "random"),
        ("numpy/", "numpy"),
        ("numpy.so", "numpy"),
        ("numpy.abi3.so", "numpy"),
        (f"numpy{OWN}", "numpy"),
        ("numpy.cpython-39-x86_64-linux-gnu.so", ""),
        ("numpy.pyd", "numpy"),
        ("numpy.cp311-win_amd64.pyd", ""),
        ("numpy", ""),
        ("numpy.ipynb", ""),
        ("numpy.py.txt", ""),
        ("my-plots.py", ""),
        ("libnumpy.so.1", ""),
        (".random.py", ""),
        ("random.py/", ""),
    ],
)
def test_what_is_a_module(tmp_path: Path, name: str, module: str) -> None:
    assert module_named(entry(tmp_path, name), OWN) == module


@pytest.mark.parametrize(
    ("name", "module"),
    [("numpy.cp39-win_amd64.pyd", "numpy"), (f"numpy{OWN}", "numpy"), ("numpy.1.so", "")],
)
def test_of_a_python_that_is_not_known(tmp_path: Path, name: str, module: str) -> None:
    assert module_named(entry(tmp_path, name)) == module


@pytest.mark.parametrize("suffix", importlib.machinery.all_suffixes())
def test_this_python_agrees(tmp_path: Path, suffix: str) -> None:
    """Each of importlib's own suffixes is a module to this Python, which would load the file."""
    file = entry(tmp_path, f"queue{suffix}")
    own = importlib.machinery.EXTENSION_SUFFIXES[0]
    assert module_named(file, own) == "queue"
    line = "import importlib.util as u; print(u.find_spec('queue').origin)"
    done = subprocess.run(
        [sys.executable, "-c", line], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(file)


def test_a_package_without_its_source(tmp_path: Path) -> None:
    folder = tmp_path / "email"
    folder.mkdir()
    assert module_named(folder) == ""
    (folder / "__init__.pyc").touch()
    assert module_named(folder) == "email"


def test_what_could_be_imported_by_its_files(tmp_path: Path) -> None:
    python = replace(interpreter(), path=("", str(tmp_path)))
    entry(tmp_path, "single.py")
    (entry(tmp_path, "package/") / "inner.py").touch()
    assert [is_importable(python, name) for name in ("single", "package", "package.inner")] == [
        True
    ] * 3
    assert not is_importable(python, "package.other")


@pytest.mark.skipif("sys.platform == 'win32'", reason="only on systems with such files")
def test_what_is_no_file_is_no_module(tmp_path: Path) -> None:
    """Nor is it for Python."""
    os.mkfifo(tmp_path / "random.py")
    (tmp_path / "socket.py").symlink_to("/gone/socket.py")
    (tmp_path / "numpy.py").symlink_to("numpy.py")
    (tmp_path / "email.py").mkdir()
    loader = (importlib.machinery.SourceFileLoader, [".py"])
    finder = importlib.machinery.FileFinder(str(tmp_path), loader)
    for path in tmp_path.iterdir():
        assert (module_named(path), finder.find_spec(path.stem)) == ("", None)
