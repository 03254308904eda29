"""`jupyter notebook` starts a command of its own, `jupyter-notebook`, which may be broken where
`jupyter` is not.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import file_at

from envcheck import Diagnosis
from envcheck.environment import Located
from envcheck.model import Unknown
from envcheck.testing import described, interpreter
from envcheck_checks.commands.diagnose import diagnose_jupyter

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="only on POSIX: scripts name Pythons"
)


def said(prefix: Path, module: str = "notebook") -> Diagnosis | None:
    """What is said of the commands of an environment, which is active."""
    folder = str(prefix / "bin")
    python = replace(
        interpreter(prefix=str(prefix)), paths={"scripts": folder, "purelib": f"{prefix}/lib"}
    )
    told = diagnose_jupyter(described(variables={"PATH": folder}, python=python), module)
    assert not isinstance(told, Unknown)
    return told


@pytest.fixture
def prefix(tmp_path: Path) -> Path:
    """An environment with a whole `jupyter`, `jupyter-notebook` and `jupyter-lab`."""
    file_at(tmp_path / "pyvenv.cfg", "")
    file_at(tmp_path / "bin" / "python", "")
    for name in ("jupyter", "jupyter-notebook", "jupyter-lab"):
        script(tmp_path, name, tmp_path / "bin" / "python")
    return tmp_path


def script(prefix: Path, name: str, python: object, end: str = "\n") -> Path:
    file = prefix / "bin" / name
    file.write_bytes(f"#!{python}{end}import sys{end}".encode())
    file.chmod(0o755)
    return file


def test_a_whole_one(prefix: Path) -> None:
    assert said(prefix) is None
    script(prefix, "jupyter-lab", "/gone/python")
    assert said(prefix) is None, "nobody starts it"
    assert said(prefix, "jupyterlab") is not None


def test_a_part_that_starts_no_python(prefix: Path) -> None:
    script(prefix, "jupyter-notebook", "/old/place/bin/python")
    dead = said(prefix)
    assert dead is not None and dead.code == "environment-moved"
    script(prefix, "jupyter-notebook", prefix / "bin" / "python", "\r\n")
    ends = said(prefix)
    assert ends is not None and ends.code == "jupyter-command-dead"
    assert "`jupyter-notebook` cannot start" in ends.summary


def test_a_part_of_another_environment(prefix: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    file_at(other / "pyvenv.cfg", "")
    file_at(other / "bin" / "python", "")
    script(prefix, "jupyter-notebook", other / "bin" / "python")
    another = said(prefix)
    assert another is not None and another.code == "jupyter-of-other-python"


@pytest.mark.parametrize("name", ["jupyter", "jupyter-notebook"])
def test_one_that_is_not_there_or_may_not_be_started(prefix: Path, name: str) -> None:
    """`python -m notebook` works all the same."""
    (prefix / "bin" / name).chmod(0o644)
    closed = said(prefix)
    assert closed is not None and closed.code == "scripts-not-on-path"
    assert f"`{name}` is not found: it may not be started" in closed.summary
    (prefix / "bin" / name).unlink()
    gone = said(prefix)
    assert gone is not None and f"`{name}` is not found: it is missing" in gone.summary


def test_a_part_elsewhere_on_path(prefix: Path, tmp_path: Path) -> None:
    """Where `jupyter` is a link, its parts lie beside what it leads to."""
    (prefix / "bin" / "jupyter-notebook").rename(tmp_path / "jupyter-notebook")
    (prefix / "bin" / "jupyter").rename(tmp_path / "jupyter")
    (prefix / "bin" / "jupyter").symlink_to(tmp_path / "jupyter")
    assert said(prefix) is None


@pytest.mark.parametrize("first", ["", "other"])
def test_what_an_activation_puts_right_is_said_once(
    prefix: Path, tmp_path_factory: pytest.TempPathFactory, first: str
) -> None:
    """The environment is not active: no `jupyter` is found, or another one, until it is. What is wrong
    with its own is told all the same.
    """
    root = tmp_path_factory.mktemp("machine")
    file_at(root / "other" / "pyvenv.cfg", "")
    (root / "other" / "bin").mkdir()
    file_at(root / "other" / "bin" / "python", "")
    script(root / "other", "jupyter", root / "other" / "bin" / "python")
    path = str(root / first / "bin")

    def told(inactive: str) -> str:
        python = interpreter(prefix=str(prefix))
        python = replace(python, paths={"scripts": str(prefix / "bin"), "purelib": f"{prefix}/lib"})
        located = Located((python.executable,), ".venv in this folder", inactive=inactive)
        env = described(variables={"PATH": path}, python=python, located=located)
        answer = diagnose_jupyter(env, "notebook")
        return answer.code if isinstance(answer, Diagnosis) else ""

    alone = "jupyter-of-other-python" if first else "scripts-not-on-path"
    assert (told(""), told(str(prefix))) == (alone, "")
    script(prefix, "jupyter", "/gone/python")
    assert told(str(prefix)) == "environment-moved"
    for name in ("jupyter", "jupyter-notebook"):
        (prefix / "bin" / name).unlink()
    assert told(str(prefix)) == alone
