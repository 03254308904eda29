"""`pytest --envcheck chapter2` as CI has it: the plug-in installed, and found by its entry point."""

from __future__ import annotations

import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.recipes import Recipe, python_of
from tests.stories.machine import Machine

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PLUGIN = ("-e", str(ROOT), "-e", str(ROOT / "pytest-plugin"))
NEWEST = ("pytest", "pytest-xdist")
OLDEST = (
    "pytest==7.4.0",
    "pytest-xdist==3.5.0",
)  # pytest-plugin/pyproject.toml allows no older one


@pytest.fixture(scope="session")
def host() -> Path:
    """A Python with pytest, the plug-in and envcheck, which is not the one that is examined."""
    return python_of(Recipe("pytest-plugin", (*NEWEST, *PLUGIN), maker="uv"))


@pytest.fixture(scope="session")
def oldest() -> Path:
    """The same with the oldest pytest that the plug-in takes."""
    return python_of(Recipe("pytest-plugin-oldest", (*OLDEST, *PLUGIN), maker="uv"))


def tried(
    host: Path, machine: Machine, *words: str
) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
    """pytest's own answer, and what its JUnit has for each check that did not pass."""
    options = ["--envcheck", "chapter2", f"--envcheck-options=--python {machine.python} --quick"]
    argv = [str(host), "-m", "pytest", *options, "--junitxml=tests.xml", *words]
    done = machine.run(argv=argv)
    cases = ElementTree.parse(machine.work / "tests.xml").iter("testcase")
    kinds = {str(case.get("name")): child.tag for case in cases for child in case}
    return done, kinds


def test_a_healthy_machine(host: Path, machine: Machine) -> None:
    """Green, and a test for each check; the kernel and the snippets were tried."""
    done, kinds = tried(host, machine, "-n", "2", "-v")
    assert done.returncode == 0, done.stdout
    assert set(kinds.values()) == {"skipped"} and "kernel-starts" not in kinds
    assert "PASSED envcheck::chapter2::snippets" in done.stdout


@pytest.mark.whole
def test_a_package_is_gone(oldest: Path, machine: Machine) -> None:
    """One failure, with its evidence and the line to paste; workers of the oldest pytest say so."""
    machine.remove("@site/pandas", "@site/pandas-*")
    done, kinds = tried(oldest, machine, "-n", "2")
    assert done.returncode == 1
    assert [name for name, kind in kinds.items() if kind == "failure"] == ["packages"]
    assert "error: pandas is not installed in this Python" in done.stdout
    assert "-m pip install" in done.stdout


@pytest.mark.whole
def test_a_kernel_of_a_deleted_python(host: Path, machine: Machine) -> None:
    """One failure; what waits for the kernel is skipped, and a choice of that alone is red too."""
    spec = {"argv": ["/gone/python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]}
    machine.write(
        "venv/share/jupyter/kernels/python3/kernel.json",
        {**spec, "display_name": "Python 3", "language": "python"},
    )
    done, kinds = tried(host, machine)
    assert done.returncode == 1
    assert [name for name, kind in kinds.items() if kind == "failure"] == ["kernel-registered"]
    assert "SKIPPED" not in done.stdout and kinds["snippets"] == "skipped"
    assert "found: /gone/python" in done.stdout
    alone, kinds = tried(host, machine, "-k", "snippets")
    assert (alone.returncode, kinds) == (1, {"snippets": "failure"})
    assert "waits for chapter2.kernel-starts\nerror: " in alone.stdout
    assert "next step: " in alone.stdout
