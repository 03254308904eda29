"""Which distributions a failure names."""

from __future__ import annotations

from pathlib import Path

from tests.unit.described_machines import file_at, python_at

from envcheck_checks.installed.named import named_in, owner

PACKAGES = {"jupyter-server": "2.21", "anyio": "3.0", "pillow": "12", "attrs": "25"}


def test_files_and_modules_innermost_first(tmp_path: Path) -> None:
    """The last line's module, then the frames from the last to the first; a file of Python's own
    names nobody.
    """
    python = python_at(tmp_path / "venv", PACKAGES)
    site = python.paths["purelib"]
    text = f"""Traceback (most recent call last):
  File "{site}/jupyter_server/serverapp.py", line 3, in <module>
  File "/usr/lib/python3.12/runpy.py", line 3, in run
  File "{site}/PIL/Image.py", line 9, in <module>
ImportError: cannot import name 'AsyncFile' from 'anyio' ({site}/anyio/__init__.py)
"""
    assert named_in(python, text) == ["anyio", "pillow", "jupyter-server"]
    assert named_in(python, "No module named 'sniffio.abc'") == ["sniffio"]
    assert named_in(python, "", [f"{site}/anyio/x.py", f"{site}/attrs/y.py"]) == ["attrs", "anyio"]
    assert named_in(python, "nothing is said") == []


def test_the_owner_of_a_module_of_another_name(tmp_path: Path) -> None:
    """By the lists of files; a module that nobody lists is taken for its own distribution."""
    python = python_at(tmp_path / "venv", PACKAGES)
    file_at(Path(python.paths["purelib"], "attrs-25.dist-info", "RECORD"), "attr/__init__.py,,3\n")
    assert owner(python, "attr") == "attrs"
    assert owner(python, "PIL") == "pillow"
    assert owner(python, "some_thing") == "some-thing"
