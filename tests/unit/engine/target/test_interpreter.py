"""Which tool made a Python, by the marks that each leaves."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from envcheck.environment import Environment
from envcheck.target.interpreter import Interpreter, interpreter, target
from envcheck.target.kind import kind_of
from envcheck.testing import described
from envcheck.testing import interpreter as make


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        ("home = /usr/bin\nversion = 3.12\n", "venv"),
        ("virtualenv = 20.26.2\n", "virtualenv"),
        ("uv = 0.5.1\n", "uv"),
        (None, "venv"),
    ],
)
def test_environments(settings: str | None, kind: str, tmp_path: Path) -> None:
    """pyvenv.cfg tells venv, virtualenv and uv apart."""
    if settings is not None:
        (tmp_path / "pyvenv.cfg").write_text(settings)
    assert kind_of(str(tmp_path), "/usr", {}) == kind


def test_conda(tmp_path: Path) -> None:
    """A conda environment has conda-meta; the installation itself has condabin too; a venv made
    from it is a venv.
    """
    base, named, elsewhere = (
        tmp_path / "conda",
        tmp_path / "conda" / "envs" / "ml",
        tmp_path / "project" / "env",
    )
    for folder in (base, named, elsewhere):
        (folder / "conda-meta").mkdir(parents=True)
    (base / "condabin").mkdir()
    (tmp_path / "venv").mkdir()
    assert [kind_of(str(folder), str(folder), {}) for folder in (base, named, elsewhere)] == [
        "conda",
        "conda-env",
        "conda-env",
    ]
    assert kind_of(str(tmp_path / "venv"), str(base), {}) == "venv"


def test_installations(tmp_path: Path) -> None:
    """A Python that its system manages says so; pyenv's and Homebrew's are known by their place."""
    managed = tmp_path / "lib"
    managed.mkdir()
    (managed / "EXTERNALLY-MANAGED").touch()
    assert kind_of(str(tmp_path), str(tmp_path), {"stdlib": str(managed)}) == "system"
    assert kind_of("/usr", "/usr", {}) == "system"
    assert (
        kind_of("/home/ann/.pyenv/versions/3.12.1", "/home/ann/.pyenv/versions/3.12.1", {})
        == "pyenv"
    )
    assert (
        kind_of(
            "/opt/homebrew/Cellar/python@3.12/3.12.4", "/opt/homebrew/Cellar/python@3.12/3.12.4", {}
        )
        == "homebrew"
    )
    assert kind_of(str(tmp_path), str(tmp_path), {}) == "installation"
    # Its own sitecustomize gives `opt`, a link, for the prefix, and it is marked since 3.12.
    (tmp_path / "Cellar/python@3.13/3.13.1/lib").mkdir(parents=True)
    (tmp_path / "Cellar/python@3.13/3.13.1/lib/EXTERNALLY-MANAGED").touch()
    (tmp_path / "opt").mkdir()
    (tmp_path / "opt/python@3.13").symlink_to("../Cellar/python@3.13/3.13.1")
    brewed = str(tmp_path / "opt/python@3.13")
    assert kind_of(brewed, brewed, {"stdlib": f"{brewed}/lib"}) == "homebrew"


def test_real_environments(around: Callable[..., Environment], tmp_path: Path) -> None:
    """A venv and a uv environment, made by those tools, are what they are, and no installation."""
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True
    )
    assert interpreter(around(tmp_path / "venv/bin/python")).kind == "venv"
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv is None:
        pytest.skip("no uv here")
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(tmp_path / "uv")], check=True)
    found = interpreter(around(tmp_path / "uv/bin/python"))
    assert (found.kind, found.is_environment) == ("uv", True)


def test_folders_count_not_links(tmp_path: Path) -> None:
    """An environment owns what lies in it under every name of its folder, and is itself under every
    name.
    """
    (tmp_path / "real" / "bin").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    python = make(prefix=str(tmp_path / "real"))
    assert python.owns(tmp_path / "link" / "bin" / "jupyter")
    assert python.is_at(tmp_path / "link")
    assert not python.owns(tmp_path / "real-too" / "bin" / "jupyter")
    assert not python.is_at(tmp_path)


def test_no_answer_is_an_error_for_those_who_need_one(around: Callable[..., Environment]) -> None:
    """`interpreter` raises where `target` gives a record."""
    env = around("/nonexistent/python")
    assert not isinstance(target(env), Interpreter)
    with pytest.raises(LookupError, match="does not answer"):
        interpreter(env)


def test_described() -> None:
    """A described Python is one for every check."""
    env = described(python=make("3.9.1", {"numpy": "2.0"}, kind="system"))
    assert interpreter(env).version_info == (3, 9)
    assert not interpreter(env).is_environment
    assert str(interpreter(env).installed["numpy"].parsed_version) == "2.0"
