"""Which variables reach the learner's own Python on a Mac."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.target.protected import stands_between, what_arrives

LEAK = {"DYLD_LIBRARY_PATH": "/opt/lib", "DYLD_INSERT_LIBRARIES": "/x.dylib"}
SHIM = '#!/usr/bin/env bash\nset -e\nexec pyenv exec "${0##*/}" "$@"\n'


def script(path: Path, head: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head)
    path.chmod(0o755)
    return path


def arrives(command: Path, platform: str = "darwin", **variables: str) -> bool:
    given = {"PATH": "/usr/bin", "LD_LIBRARY_PATH": "/opt/lib", **LEAK, **variables}
    left = what_arrives(given, str(command), platform)
    assert left["LD_LIBRARY_PATH"] == "/opt/lib"
    assert {name in left for name in LEAK} in ({True}, {False})
    return set(LEAK) <= set(left)


def test_a_shim_of_pyenv(tmp_path: Path) -> None:
    """It is a script for /usr/bin/env, of which macOS takes them: what is behind it has none."""
    shim = script(tmp_path / ".pyenv/shims/python3", SHIM)
    assert not arrives(shim)
    assert arrives(shim, "linux")


def test_the_version_behind_the_shim(tmp_path: Path) -> None:
    """Found by its own path, and typed by the shim; what is installed elsewhere is not behind it."""
    shim = script(tmp_path / ".pyenv/shims/jupyter", SHIM)
    version = script(tmp_path / ".pyenv/versions/3.12.4/bin/python", "\x7fELF")
    environment = script(tmp_path / ".pyenv/versions/course/bin/python", "\x7fELF")
    script(tmp_path / ".pyenv/versions/course/pyvenv.cfg", "")
    other = script(tmp_path / "ml/.venv/bin/python", "\x7fELF")
    path = f"{shim.parent}:/usr/bin"
    assert not arrives(version, PATH=path)
    assert arrives(version)
    assert arrives(environment, PATH=path)
    assert arrives(other, PATH=path)


@pytest.mark.parametrize(
    ("head", "kept"),
    [
        ("#!/bin/sh\n'''exec' \"/Users/ada/my course/.venv/bin/python\" \"$0\" \"$@\"\n' '''\n", False),
        ("#!/usr/bin/env python\n", False),  # conda's, where its path is too long
        ("#! /bin/bash\n", False),
        ("#!/Users/ada/ml/.venv/bin/python\n", True),
        ("#!/usr/local/bin/python3.12\n", True),
        ("", True),
    ],
)  # fmt: skip
def test_how_jupyter_is_started(head: str, kept: bool, tmp_path: Path) -> None:
    """pip writes a script for /bin/sh into an environment whose path has a space."""
    python = script(tmp_path / "my course/.venv/bin/python", "\x7fELF")
    script(python.with_name("jupyter"), head)
    assert arrives(python) is kept
    assert stands_between({}, str(python), "darwin") is not kept


def test_nothing_there(tmp_path: Path) -> None:
    assert arrives(tmp_path / "gone/bin/python")
