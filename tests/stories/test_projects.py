"""Projects of real managers: what envcheck prints is run, and the manager's own strict sync leaves it
there.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.kept import kept
from tests.recipes import UV
from tests.stories.carried_out import carried_out
from tests.stories.machine import SYSTEM_PATH, Machine
from tests.variants import variants

from envcheck.environment import Located
from envcheck.fixes import advice
from envcheck.model import Course, Fix, Rename, Run
from envcheck.run.request import Request
from envcheck.run.workplace import environment
from envcheck.target import interpreter as target
from envcheck.target.shells import script

pytestmark = pytest.mark.slow
# Small packages that need nothing: one is declared and missing, one is not declared.
PEP_621 = """[project]
name = "my-work"
version = "0"
requires-python = ">=3.10"
dependencies = ["six", "wcwidth"]
"""
POETRY = """[tool.poetry]
package-mode = false
[[tool.poetry.source]]
name = "index"
url = "https://pypi.org/simple/"
priority = "primary"
"""
PIPFILE = """[[source]]
url = "https://pypi.org/simple"
verify_ssl = true
name = "pypi"
[packages]
six = "*"
wcwidth = "*"
"""
HATCH = """[tool.hatch.envs.default]
skip-install = true
dependencies = ["six", "wcwidth"]
"""


@dataclass(frozen=True)
class Case:
    """A manager: how its project is made, where its environment is, and what takes away all that
    its files do not name.
    """

    requirements: Sequence[str]
    files: dict[str, str]
    make: str
    where: str
    strict: str
    words: dict[str, str] = field(default_factory=dict)


CASES = {
    "uv": Case((), {"pyproject.toml": PEP_621}, "uv sync", "echo .venv", "uv sync"),
    "poetry": Case(
        ("poetry",),
        {"pyproject.toml": PEP_621 + POETRY},
        "poetry install --no-root --no-interaction",
        "poetry env info --path",
        "poetry sync --no-root --no-interaction",
    ),
    "pdm": Case(
        # Later ones need an httpx that does not fit, as of the day when this was written.
        ("pdm<2.25", "--exclude-newer", "2025-05-20"),
        {"pyproject.toml": PEP_621 + "[tool.pdm]\ndistribution = false\n"},
        "pdm install",
        "echo .venv",
        "pdm sync --clean",
    ),
    "pipenv": Case(
        ("pipenv",), {"Pipfile": PIPFILE}, "pipenv install", "pipenv --venv", "pipenv clean"
    ),
    "hatch": Case(
        ("hatch",),
        {"pyproject.toml": HATCH},
        "hatch env create",
        "hatch env find",
        "hatch run python --version",
    ),
}


def programs(name: str) -> Path:
    """The folder of that manager's program, installed once in an environment of its own."""
    case = CASES[name]
    if not case.requirements:
        return Path(UV).parent

    def make(folder: Path) -> None:
        subprocess.run([UV, "venv", "-q", "--python", sys.executable, folder / "env"], check=True)
        inside = folder / "env" / "bin" / "python"
        words = [UV, "pip", "install", "-q", "--python", str(inside), *case.requirements]
        subprocess.run(words, check=True, capture_output=True)
        (folder / "bin").mkdir()
        (folder / "bin" / name).symlink_to(folder / "env" / "bin" / name)

    return kept(f"manager-{name}", make) / "bin"


def learner(name: str, root: Path) -> Machine:
    """In the folder of a project that this manager has made; nothing of it is activated."""
    for folder in ("home", "work"):
        (root / folder).mkdir(exist_ok=True)
    machine = Machine(root, Path(sys.executable))
    machine.variables.update(
        PATH=f"{programs(name)}:{Path(sys.executable).parent}:{SYSTEM_PATH}",
        UV_PYTHON=sys.executable,
    )
    for file, text in CASES[name].files.items():
        machine.write(f"work/{file}", text)
    return machine


def run(machine: Machine, line: str) -> str:
    done = machine.run(argv=["sh", "-c", line], timeout=280)
    assert done.returncode == 0, f"{line}: {done.stdout[-1500:]}{done.stderr[-2500:]}"
    return done.stdout.strip()


def advised(machine: Machine, python: Path, requirements: Sequence[str]) -> Fix:
    located = Located((str(python),), "the test")
    asked = Request(Course("", "", []), (), (), located, machine.environ, machine.work)
    with environment(asked) as env:
        return advice.install(env, target.interpreter(env), requirements)


def names(python: Path) -> set[str]:
    sites = python.parent.parent.glob("lib/python3*/site-packages/*.dist-info")
    return {site.name.partition("-")[0] for site in sites}


@pytest.mark.parametrize("name", variants(["uv", "poetry", "pdm", "pipenv", "hatch"], ["uv"]))
def test_what_is_printed_stays(name: str, tmp_path: Path) -> None:
    """One package that is declared is gone, one is not declared: after the printed lines both are
    there, and the manager's own sync takes neither away.
    """
    machine, case = learner(name, tmp_path), CASES[name]
    run(machine, case.make)
    python = Path(machine.work, run(machine, case.where)) / "bin" / "python"
    assert {"six", "wcwidth"} <= names(python)
    site = next(python.parent.parent.glob("lib/python3*/site-packages"))
    run(machine, f"rm -r {shlex.quote(str(site))}/six*")
    fix = advised(machine, python, ["six", "idna>=3"])
    assert not fix.automatic
    if name == "hatch":  # the one that tells a person to write into its file
        machine.write("work/pyproject.toml", HATCH.replace('"six"', '"six", "idna>=3"'))
    run(machine, script(fix.steps, "posix"))
    assert {"six", "idna", "wcwidth"} <= names(python)
    run(machine, case.strict)
    assert {"six", "idna", "wcwidth"} <= names(python)


@pytest.mark.parametrize("name", variants(["uv", "poetry", "pdm", "pipenv"], ["pdm"]))
def test_what_is_damaged_is_whole_again(name: str, tmp_path: Path) -> None:
    """A file of a declared package is emptied in place: with uv that empties its cache's too."""
    machine, case = learner(name, tmp_path), CASES[name]
    machine.variables["UV_CACHE_DIR"] = str(tmp_path / "cache")  # which is harmed here
    run(machine, case.make)
    python = Path(machine.work, run(machine, case.where)) / "bin" / "python"
    module = next(python.parent.parent.glob("lib/python3*/site-packages/six.py"))
    module.write_text("")
    fix = advised(machine, python, ["--force-reinstall", "--no-deps", "--no-cache-dir", "six"])
    assert any(isinstance(step, Rename) for step in fix.steps) == (name != "uv")
    run(machine, script(fix.steps, "posix"))
    assert module.read_text().startswith("# Copyright")


@pytest.mark.whole
def test_a_project_of_uv_whose_chapter_is_half_declared(tmp_path: Path) -> None:
    """The whole way: pandas is declared and gone, seaborn is not declared; the printed lines make it
    ready, and `uv sync` leaves it so.
    """
    machine = learner("uv", tmp_path)
    python = machine.work / ".venv" / "bin" / "python"
    version = ".".join(map(str, sys.version_info[:2]))
    declared = ["numpy", "pandas", "matplotlib", "notebook", "ipykernel"]
    listing = ", ".join(f'"{one}"' for one in declared)
    machine.write(
        "work/pyproject.toml",
        f'[project]\nname = "my-work"\nversion = "0"\nrequires-python = ">={version}"\n'
        f"dependencies = [{listing}]\n",
    )
    run(machine, "uv sync --compile-bytecode && uv pip uninstall --python .venv pandas")
    machine.variables["PATH"] = f"{python.parent}:{machine.variables['PATH']}"
    machine.variables["VIRTUAL_ENV"] = str(python.parent.parent)
    seen = machine.check("--quick")
    assert (seen.code, seen.errors) == (1, ["packages-missing"])
    fix = seen.first["fixes"][0]
    assert not fix["automatic"]
    commands = [" ".join(step["argv"]) for step in fix["steps"]]
    assert commands[0] == "uv sync"
    assert commands[1].startswith("uv add ")
    assert not [line for line in commands if "pip" in line]
    fixed = machine.check("--quick", "--fix", "--yes")
    assert (fixed.code, fixed.errors) == (1, ["packages-missing"]), "it was carried out"
    carried_out(machine, fix["steps"])
    run(machine, "uv sync")
    after = machine.check("--quick")
    assert (after.code, after.errors) == (0, [])


def test_a_fresh_clone_of_a_project_of_uv(tmp_path: Path) -> None:
    """No `.venv` yet: uv makes it, from the project's own files."""
    machine = learner("uv", tmp_path)
    run(machine, "uv lock")
    python = subprocess.run(
        [sys.executable, "-c", "import sys; print(sys.base_prefix)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    fix = advised(machine, Path(python, "bin", "python3"), ["six", "idna"])
    assert [step.argv for step in fix.steps if isinstance(step, Run)] == [
        ("uv", "sync"),
        ("uv", "add", "idna"),
    ]
    run(machine, script(fix.steps, "posix"))
    assert {"six", "idna", "wcwidth"} <= names(machine.work / ".venv" / "bin" / "python")
