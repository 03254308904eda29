"""Whatever lies where a reader looks: an answer, soon, and nothing that flies."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.pace import within
from tests.unit.described_machines import on, python_at

from envcheck.shape import read_file
from envcheck.target import conda, lost_settings, project_files, startup_files
from envcheck.target.interpreter import Distribution
from envcheck.target.project_tools import PDM, PIPENV, PIXI, POETRY, RYE, UV, ProjectTool
from envcheck_checks.commands import moved
from envcheck_checks.index import config_files
from envcheck_checks.index.settings import index_settings
from envcheck_checks.installed import (
    compiled,
    listed_files,
    modified,
    permissions,
    reinstall,
)
from envcheck_checks.installed import files as installed_files
from envcheck_checks.jupyter import settings as jupyter_settings
from envcheck_checks.kernel import ipython_config
from envcheck_checks.notebook.page import turned_off
from envcheck_checks.pip import constraints
from envcheck_checks.python import conda as conda_checks
from envcheck_checks.python import vscode

SECONDS = 5.0  # for a file of a megabyte, on a busy machine
Reader = Callable[[Path], object]


def project(tool: ProjectTool) -> Reader:
    return lambda root: project_files.needed(tool, root / "work", root / "work")


def listed(root: Path) -> object:
    return listed_files.offers(on("linux", root), python_at(root / "venv"), ["numpy"])


def listed_by_record(root: Path) -> object:
    """All who go by what an installed package lists, to the files themselves."""
    one = Distribution("numpy", "1", str(root / "site"), "numpy-1.dist-info", has_record=True)
    python = replace(python_at(root / "venv"), distributions=(one,))
    env = on("linux", root, python)
    return [
        installed_files.look(python, one, data=True),
        permissions.not_readable(env, ["numpy"]),
        reinstall.reinstall(env, python, ["numpy"], "anew"),
        modified.changed_file(one),
    ]


def bounds(root: Path) -> object:
    return [*constraints._bounds(on("linux", root), "constraints.txt", {})]


READERS: dict[str, Reader] = {
    "work/pyproject.toml": project(UV),
    "work/uv.lock": project(UV),
    "work/poetry.lock": project(POETRY),
    "work/pdm.lock": project(PDM),
    "work/Pipfile": project(PIPENV),
    "work/Pipfile.lock": project(PIPENV),
    "work/pixi.lock": project(PIXI),
    "work/requirements.lock": project(RYE),
    "work/requirements.txt": listed,
    "work/constraints.txt": bounds,
    "work/environment.yml": lambda root: conda_checks.of_another_system(on("linux", root)),
    "work/.vscode/settings.json": lambda root: vscode.warnings(
        on("linux", root), python_at(root / "venv")
    ),
    "home/.condarc": lambda root: conda.environments({"HOME": str(root / "home")}),
    "home/.conda/environments.txt": lambda root: conda.environments({"HOME": str(root / "home")}),
    "conda-meta/history": lambda root: conda.find_command({"PATH": ""}, str(root)),
    "conda-meta/numpy-1.0-0.json": lambda root: (conda.channels(root), conda.cut_records(root)),
    "venv/pyvenv.cfg": lambda root: moved.made_elsewhere(root / "venv"),
    "venv/bin/activate": lambda root: (
        moved.made_elsewhere(root / "venv"),
        lost_settings.has_lost_settings(root / "venv"),
    ),
    "home/.config/pip/pip.conf": lambda root: index_settings(on("linux", root)),
    "pip.conf": lambda root: config_files.read([str(root / "pip.conf")]),
    "home/.bashrc": lambda root: startup_files.set_in(on("linux", root), "PYTHONPATH"),
    "home/.jupyter/jupyter_server_config.py": lambda root: jupyter_settings.may_set(
        on("linux", root), "default_url"
    ),
    "home/.jupyter/jupyter_server_config.json": lambda root: jupyter_settings.may_set(
        on("linux", root), "default_url"
    ),
    "page_config.json": lambda root: turned_off._listed(root / "page_config.json"),
    "kernel.json": lambda root: read_file(root / "kernel.json", {"argv": [str]}),
    "ipython_config.py": lambda root: ipython_config.syntax_error(root / "ipython_config.py"),
    "site/numpy-1.dist-info/RECORD": listed_by_record,
    "numpy.so": lambda root: (
        compiled.machine_of(root / "numpy.so"),
        compiled.libc_of(root / "numpy.so"),
    ),
}
MEGABYTE = 1_000_000
LINE = b"numpy==1.0 ; python_version < '3' # \\\n"
STRANGE = {
    "nothing": b"",
    "a mark alone": b"\xef\xbb\xbf",
    "half a letter in UTF-16": b"\xff\xfea",
    "UTF-16": "numpy==1.0\n[tool.uv]\nx = 1\n".encode("utf-16"),
    "zeros": bytes(1000),
    "zeros among rows": b"numpy/a.py,,\nnumpy/b\0.py,sha256=a,3\n\0,sha256=a,3\n../\0/x,,\n",
    "every byte": bytes(range(256)) * 4,
    "steers": b"\x1b[2J\x1b]8;;https://evil\x07\r\n::error::x\n",
    "argv is no list": b'{"argv": 7, "display_name": ["a"], "env": [], "disabledExtensions": 3}',
    "twice": b'{"argv": ["a"], "argv": null, "language": {"x": []}}',
    "markup": b'{"display_name": "<script>alert(1)</script>\\u0000\\u202e", "argv": [null]}',
    "another shape": b"[project]\nname = 3\ndependencies = {a = [1]}\n[tool]\nuv = 'x'\npoetry = 1\n",
    "a lock of another shape": b"package = 3\n[metadata]\nfiles = [[1]]\n",
    "packages without names": b"[[package]]\n[[package]]\nname = 3\nversion = []\ndependencies = 'x'\n",
    "a number that is too long": b'{"a": ' + b"9" * 10_000 + b"}",
    "a tree too deep": b"[" * 100_000,
    "a table too deep": b'{"a":' * 100_000,
    "names too deep": b"a" + b".a" * 20_000 + b" = 1\n",
    "brackets too deep": b"x = " + b"(" * 50_000,
    "operators too many": b"x = " + b"-" * 100_000 + b"1",
    "much of nothing": b" " * MEGABYTE,
    "many lines": b"\n" * MEGABYTE,
    "many returns": b"\r" * MEGABYTE,
    "many dashes": b"-" * MEGABYTE,
    "many entries": b"- a\n" * (MEGABYTE // 4),
    "many blanks before": b"dependencies:\n" + b" \n" * (MEGABYTE // 2),
    "one long word": b"a" * MEGABYTE,
    "many equals": b"=" * MEGABYTE,
    "many quotes": b'"' * MEGABYTE,
    "many slashes": b"/" * MEGABYTE,
    "many requirements": LINE * (MEGABYTE // len(LINE)),
    "many dots": b"/a.-" * (MEGABYTE // 4),
    "many brackets": b"a[" * (MEGABYTE // 2),
}


def put(root: Path, name: str, data: bytes) -> Path:
    for folder in ("home", "work", "scratch", "venv/bin", "site"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_strange_files_have_an_answer_soon(name: str, tmp_path: Path) -> None:
    """Of a wrong shape, too deep, or long in what a pattern may stumble over."""
    for what, data in STRANGE.items():
        put(tmp_path, name, data)
        began = time.process_time()
        READERS[name](tmp_path)
        assert time.process_time() - began < within(SECONDS), what


@pytest.mark.parametrize("name", READERS)
@given(
    data=st.binary(max_size=300)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
@settings(
    max_examples=settings().max_examples // 4,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_bytes_have_an_answer(name: str, data: bytes, tmp_path: Path) -> None:
    put(tmp_path, name, data)
    READERS[name](tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: pipes with a name")
@pytest.mark.parametrize("name", READERS)
def test_what_is_no_file_is_not_waited_for(name: str, tmp_path: Path) -> None:
    """A pipe, a folder, a link to itself, a device without an end."""
    file = put(tmp_path, name, b"")
    ways: tuple[Callable[[], object], ...] = (
        lambda: os.mkfifo(file),
        file.mkdir,
        lambda: file.symlink_to(file.name),
        lambda: file.symlink_to("/dev/zero"),
    )
    for make in ways:
        if file.is_dir() and not file.is_symlink():
            file.rmdir()
        else:
            file.unlink()
        make()
        READERS[name](tmp_path)
