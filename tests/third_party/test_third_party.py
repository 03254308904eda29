"""A real course of somebody else, built as a wheel and installed beside envcheck's wheel, and a
broken one beside both.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.bootstrap.machine import checkout
from tests.conftest import Envcheck, Ran

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
UV = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
BIN = "Scripts" if sys.platform == "win32" else "bin"

pytestmark = pytest.mark.slow


def wheel(source: Path, to: Path) -> Path:
    """The wheel of a project; the project's own folder is left alone."""
    copy = to / source.name
    if source == ROOT:
        checkout(copy)  # of what else lies there, much is written meanwhile
    else:
        shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
    tool = (
        [UV, "build", "--wheel"]
        if UV
        else [sys.executable, "-m", "pip", "wheel", "--no-deps", "-w", str(to / "out")]
    )
    subprocess.run(
        [*tool, *(["-o", str(to / "out")] if UV else []), str(copy)],
        check=True,
        capture_output=True,
    )
    (made,) = (to / "out").glob("*.whl")
    return made


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {
        source.name: wheel(source, tmp_path_factory.mktemp(source.name))
        for source in (ROOT, HERE / "course", HERE / "broken")
    }


@pytest.fixture(scope="module")
def together(wheels: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment with all three wheels and what they require, and
    no more.
    """
    folder = tmp_path_factory.mktemp("together") / "venv"
    python = folder / BIN / "python"
    if UV:
        subprocess.run([UV, "venv", "-q", "--python", sys.executable, str(folder)], check=True)
        subprocess.run(
            [UV, "pip", "install", "-q", "--python", str(python), *wheels.values()], check=True
        )
    else:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *wheels.values()], check=True)
    return folder / BIN


@pytest.fixture
def run(together: Path, tmp_path: Path) -> Envcheck:
    def command(*words: str, **variables: str) -> Ran:
        env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **variables}
        done = subprocess.run(
            [str(together / "envcheck"), *words],
            env=env,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return command


def test_list(run: Envcheck) -> None:
    """The installed courses stand side by side; what is broken is named with its owner,
    on stderr.
    """
    ran = run("list", "--format", "json")
    assert ran.code == 0
    assert "somebody" in json.dumps(ran.report)
    assert "ml-for-software-engineers" in json.dumps(ran.report)
    assert ran.stderr.count("of the package broken-course cannot be loaded") == 3
    assert "has no attribute 'COURSE'" in ran.stderr
    assert "SystemExit" in ran.stderr
    assert "not an envcheck.Course" in ran.stderr
    assert "week1" in run("--help").stdout


def test_week1(run: Envcheck) -> None:
    """Somebody's chapter is a command like ours, with its own exit codes, and the broken courses
    are told in the report.
    """
    ran = run("week1", "--format", "json", "--python", sys.executable)
    assert (ran.code, ran.report["verdict"], ran.report["course"]["id"]) == (0, "ready", "somebody")
    assert [one["id"] for one in ran.report["checks"]] == ["week1.python", "week1.somebody-answer"]
    assert ran.report["checks"][1]["summary"] == "the answer is 42"
    assert len(ran.report["broken_plugins"]) == 3
    failing = run("week1", "--format", "json", "--python", sys.executable, SOMEBODY_BREAKS="yes")
    assert (failing.code, failing.report["diagnoses"][0]["code"]) == (1, "somebody-breaks")
    assert run("week1", "--python", str(HERE / "nothing")).code == 1
    assert run("week2").code == 2


def test_explain(run: Envcheck) -> None:
    """The pages of somebody's course are shown."""
    ran = run("explain", "somebody-breaks")
    assert ran.code == 0
    assert "Take it away" in ran.stdout


def test_ours_still_works(run: Envcheck) -> None:
    """Our own course runs from the wheel, with others beside it."""
    ran = run("chapter2", "--only", "python", "--format", "json", "--python", sys.executable)
    assert (ran.code, ran.report["course"]["id"]) == (0, "ml-for-software-engineers")


@pytest.mark.whole
def test_author_tests(together: Path, tmp_path: Path) -> None:
    """The course's own tests pass with envcheck.testing as it is shipped, without any of our test
    tools.
    """
    source = (
        f"import runpy; tests = runpy.run_path({str(HERE / 'course' / 'tests' / 'test_course.py')!r})\n"
        "[test() for name, test in tests.items() if name.startswith('test_')]"
    )
    done = subprocess.run(
        [str(together / "python"), "-I", "-c", source],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
