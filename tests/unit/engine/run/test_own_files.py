"""Lines of the kind `python -m pip` work in a folder that holds a `pip/` of the learner's."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from envcheck import Check, Fix, Run, fail
from envcheck.environment import Environment
from envcheck.model import Diagnosis, Outcome, UsePython
from envcheck.run.own_files import undisturbed
from envcheck.run.plan import Planned
from envcheck.run.runner import Runner
from envcheck.target.interpreter import target
from envcheck.testing import described, interpreter

PYTHON = "/v/bin/python"
PIP = Run((PYTHON, "-m", "pip", "install", "numpy"))


def rival(folder: Path, name: str) -> None:
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("raise SystemExit('this one was not meant')")


def env(folder: Path, version: str = "3.12.4", *, user_site: bool = False) -> Environment:
    python = interpreter(version=version, prefix="/v", packages={"typing-extensions": "4.0"})
    python = replace(python, executable=PYTHON, user_site_enabled=user_site)
    return described(folder=folder, python=python, facts={target: python})


@pytest.mark.parametrize(
    "name", ["pip/__init__.py", "pip.py", "random.py", "typing_extensions.py", "venv/__init__.py"]
)
def test_a_rival_in_the_folder(name: str, tmp_path: Path) -> None:
    """pip itself, a part of the standard library, or a package that is installed."""
    rival(tmp_path, name)
    assert undisturbed(PIP, env(tmp_path)) == Run((PYTHON, "-P", "-m", "pip", "install", "numpy"))


@pytest.mark.parametrize("name", ["pip/readme.txt", "my_code.py", "mine/__init__.py", "random.txt"])
def test_harmless_files(name: str, tmp_path: Path) -> None:
    """What is not imported, or has a name of its own, changes no line."""
    rival(tmp_path, name)
    assert undisturbed(PIP, env(tmp_path)) == PIP


@pytest.mark.parametrize(
    ("version", "user_site", "words", "option"),
    [
        ("3.8.1", False, (PYTHON, "-m", "pip"), "-I"),
        ("3.8.1", True, (PYTHON, "-m", "venv"), "-I"),
        ("3.8.1", True, (PYTHON, "-m", "pip"), ""),
        ("3.13.0", True, (PYTHON, "-m", "pip"), "-P"),
        ("3.13.0", False, ("/new/bin/python", "-m", "pip"), "-I"),
        ("3.13.0", False, ("uv", "pip", "install"), ""),
    ],
)
def test_the_option(
    version: str, user_site: bool, words: tuple[str, ...], option: str, tmp_path: Path
) -> None:
    """What lies in the user's site stays visible; older Pythons know one option alone."""
    rival(tmp_path, "pip.py")
    wanted = Run((words[0], option, *words[1:]) if option else words)
    assert undisturbed(Run(words), env(tmp_path, version, user_site=user_site)) == wanted


def test_everywhere_in_an_outcome(tmp_path: Path) -> None:
    """Whatever check gives it, and however deep it stands: a result's steps are undisturbed."""
    rival(tmp_path, "random.py")

    def examine(env: Environment) -> Outcome:
        return fail("x", "it is missing", Fix("get it", (PIP, UsePython(PYTHON))))

    (result,) = Runner(env(tmp_path)).run((Planned("c.x", Check("x", "X", examine)),))
    (diagnosis,) = result.diagnoses
    assert isinstance(diagnosis, Diagnosis)
    assert diagnosis.fixes[0].steps[0] == undisturbed(PIP, env(tmp_path))
    assert diagnosis.fixes[0].steps[1] == UsePython(PYTHON)


@pytest.mark.parametrize("name", ["venv.py", "venv/__init__.py", "logging.py"])
def test_a_real_python(name: str, tmp_path: Path) -> None:
    """With the option venv answers, and without it the folder's own file does."""
    rival(tmp_path, name)
    plain = Run((sys.executable, "-m", "venv", "--help"))
    for step, works in ((plain, False), (undisturbed(plain, env(tmp_path)), True)):
        done = subprocess.run(step.argv, cwd=tmp_path, capture_output=True, check=False)
        assert (done.returncode == 0) is works, done
