"""The terminal's own `python`, and the variables that agree or disagree with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from envcheck.target import terminal


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two environments, a base of conda's, a folder of the system's and pyenv's stand-ins."""
    for name, command in (
        ("one", "python"), ("two", "python"), ("base", "python"), ("system", "python3"), ("shims", "python"),
    ):  # fmt: skip
        folder = tmp_path / name if name in ("system", "shims") else tmp_path / name / "bin"
        folder.mkdir(parents=True)
        (folder / command).write_text("#!/bin/sh\n")
        (folder / command).chmod(0o755)
    (tmp_path / "base" / "condabin").mkdir()
    return tmp_path


def path(root: Path, *folders: str) -> dict[str, str]:
    return {"PATH": os.pathsep.join(str(root / folder) for folder in folders)}


@pytest.mark.parametrize(
    ("folders", "starts"),
    [
        (("one/bin", "system"), True),
        (("system", "one/bin"), True),  # it has python3 alone: `python` is the environment's
        (("two/bin", "one/bin"), False),
        (("system",), False),
        (("empty",), None),
    ],
)
def test_whose_python_is_typed(root: Path, folders: tuple[str, ...], starts: bool | None) -> None:
    """The first `python` on PATH decides; `python3` only where there is none."""
    assert terminal.starts(path(root, *folders), root / "one") is starts
    (root / "link").symlink_to(root / "one")
    assert terminal.starts(path(root, *folders), root / "link") is starts


@pytest.mark.parametrize(
    ("folders", "first"),
    [
        (("one/bin", "two/bin"), ""),
        (("empty", "shims", "two/bin", "one/bin"), "shims"),
        (("system", "two/bin", "one/bin"), "system"),
        (("system", "one/bin"), ""),  # `python` is the environment's
        (("two/bin",), ""),
    ],
)
def test_what_stands_before_it(root: Path, folders: tuple[str, ...], first: str) -> None:
    """Nothing, where its own is met, or where it is not on PATH."""
    found = terminal.before(path(root, *folders), root / "one")
    assert found == (str(root / first) if first else "")


def test_a_dead_environment_is_still_the_terminals(root: Path) -> None:
    """Its folder is first on PATH, whatever is left in it."""
    (root / "one" / "bin" / "python").unlink()
    assert terminal.starts(path(root, "one/bin", "two/bin"), root / "one") is True


def test_pyenv_virtualenv(root: Path) -> None:
    """Its stand-ins start what it has chosen; any other variable beside them is left over."""
    chosen = {**path(root, "shims"), "VIRTUAL_ENV": str(root / "one")}
    assert terminal.is_active({**chosen, "PYENV_VIRTUAL_ENV": str(root / "one")}, "VIRTUAL_ENV")
    assert not terminal.is_active(chosen, "VIRTUAL_ENV")


@pytest.mark.parametrize(
    ("folders", "virtual", "conda", "left"),
    [
        (("one/bin", "system"), "one", "", []),
        (("one/bin", "base/bin"), "one", "base", []),  # base activated itself, then a venv
        (("one/bin", "two/bin"), "one", "two", []),
        (("system", "base/bin"), "", "base", []),  # behind Homebrew's
        (("two/bin", "one/bin"), "one", "two", ["VIRTUAL_ENV"]),
        (("two/bin", "system"), "one", "", ["VIRTUAL_ENV"]),
        (("two/bin", "system"), "gone", "", ["VIRTUAL_ENV"]),
        (("two/bin", "system"), "", "one", ["CONDA_PREFIX"]),
        (("two/bin", "one/bin"), "", "one", ["CONDA_PREFIX"]),
        (("system",), "one", "base", ["VIRTUAL_ENV", "CONDA_PREFIX"]),
        (("empty",), "one", "", []),  # nothing can be typed that would disagree
    ],
)
def test_leftovers(
    root: Path, folders: tuple[str, ...], virtual: str, conda: str, left: list[str]
) -> None:
    """A variable that names another environment than PATH leads to; conda's behind a venv is
    everybody's usual state.
    """
    (root / "base" / "bin" / "python").chmod(0o755)
    variables = {
        **path(root, *folders),
        "VIRTUAL_ENV": str(root / virtual) if virtual else "",
        "CONDA_PREFIX": str(root / conda) if conda else "",
    }
    if "system" in folders:
        (root / "system" / "python").write_text("#!/bin/sh\n")
        (root / "system" / "python").chmod(0o755)
    assert [one.variable for one in terminal.leftovers(variables)] == left
