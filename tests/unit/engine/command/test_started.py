"""How envcheck was started, from what its launchers say and from what stands before its words."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import psutil
import pytest

from envcheck.command import started

TYPED = ("envcheck", "chapter2", "--quick")
NO_MODULE = ("python", "-c", "pass", *TYPED[1:])


def start(
    variables: dict[str, str], prefix: str = "/nowhere", original: Sequence[str] = NO_MODULE
) -> str:
    return " ".join(started.program(variables, TYPED, original, prefix))


def test_by_its_name(tmp_path: Path) -> None:
    """Where the name leads to the launcher, nobody needs its path; elsewhere the path is typed."""
    launcher = tmp_path / "envcheck"
    launcher.write_text("#!/bin/sh\n")
    launcher.chmod(0o755)
    told = {"ENVCHECK_COMMAND": str(launcher)}
    assert start({**told, "PATH": str(tmp_path)}) == "envcheck"
    assert start({**told, "PATH": "/elsewhere"}) == str(launcher)
    assert start({**told, "PATH": str(tmp_path), "PRE_COMMIT": "1"}) == str(launcher)
    assert start({"ENVCHECK_COMMAND": ".venv/bin/envcheck", "PATH": "/elsewhere"}) == (
        ".venv/bin/envcheck"
    )
    assert start({"ENVCHECK_COMMAND": "envcheck", "PATH": "/elsewhere"}) == "envcheck"
    launcher.rename(tmp_path / "envcheck-course")
    told = {"ENVCHECK_COMMAND": str(tmp_path / "envcheck-course")}
    assert start({**told, "PATH": str(tmp_path)}) == "envcheck-course"


def test_by_run_envcheck() -> None:
    """The words that the learner typed before their own."""
    words = ["python3", "-X", "dev", "../a b/run-envcheck.py"]
    told = {"ENVCHECK_COMMAND": json.dumps(words)}
    assert started.program(told, TYPED, NO_MODULE, "/nowhere") == tuple(words)


def test_by_the_module() -> None:
    """The Python that was typed, and its options."""
    original = ("../py/bin/python", "-X", "utf8", "-m", "envcheck", *TYPED[1:])
    assert start({}, original=original) == "../py/bin/python -X utf8 -m envcheck"
    assert start({}) == "envcheck"


@pytest.mark.parametrize(
    ("waiting", "typed"),
    [
        (["/opt/uv", "tool", "uvx", "--from", "/a", "envcheck"], "uvx --from /a envcheck"),
        (["/opt/uv", "tool", "uvx", "envcheck-course"], "uvx envcheck-course"),
        (["uv", "tool", "run", "envcheck-course@0.1.0"], "uv tool run envcheck-course@0.1.0"),
        (["uv", "run", "--with", "x", "envcheck"], "uv run --with x envcheck"),
        (["/v/bin/python", "/usr/bin/pdm", "run", "envcheck"], "pdm run envcheck"),
        (["pixi", "run", "-e", "ml", "envcheck"], "pixi run -e ml envcheck"),
        (["C:\\py\\python.exe", "poetry", "run", "envcheck"], "poetry run envcheck"),
        (["py", "-3.12", "-m", "envcheck"], "py -3.12 -m envcheck"),
        (["C:/Windows/py.exe", "-m", "envcheck"], "py -m envcheck"),
        (["/bin/bash"], ""),
        (["make", "-j", "envcheck"], ""),
        (["uv", "run", "pytest"], ""),
    ],
)
def test_by_a_runner_that_waits(
    waiting: list[str], typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own words stand before ours, also with a shell between."""
    environment = tmp_path / "archive-v0" / "x"
    environment.mkdir(parents=True)
    (environment / "pyvenv.cfg").write_text("uv = 0.13.9\n")
    for between in ([], [["/bin/bash", "/tmp/script"]]):
        stands_behind(monkeypatch, *between, [*waiting, *TYPED[1:]])
        assert start({}, str(environment)) == (typed or "uvx envcheck-course")


def test_a_runner_that_is_not_on_path_is_named_by_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`pipx run` becomes the uv that it brings."""
    uv = tmp_path / "uv"
    uv.touch(mode=0o755)
    stands_behind(monkeypatch, [str(uv), "tool", "run", "envcheck-course", *TYPED[1:]])
    monkeypatch.setenv("PATH", "/nowhere")
    assert start({}) == f"{uv} tool run envcheck-course"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert start({}) == "uv tool run envcheck-course"


def stands_behind(monkeypatch: pytest.MonkeyPatch, *lines: list[str]) -> None:
    """The processes above us have these words."""

    class Process:
        def __init__(self, line: Sequence[str] = ()) -> None:
            self.line = line

        def cmdline(self) -> Sequence[str]:
            return self.line

        def parents(self) -> list[Process]:
            return [Process(line) for line in lines]

    monkeypatch.setattr(psutil, "Process", Process)


@pytest.mark.parametrize(
    ("place", "file", "variables", "typed"),
    [
        ("cache/pypoetry/virtualenvs/a-x-py3.12", "", {}, "poetry run envcheck"),
        ("work/.venv", "work/poetry.lock", {}, "poetry run envcheck"),
        ("share/virtualenvs/a-x", "", {"PIPENV_ACTIVE": "1"}, "pipenv run envcheck"),
        ("share/hatch/env/virtual/a/x/a", "", {}, "hatch run envcheck"),
        ("work/.venv", "work/pyproject.toml", {}, "envcheck"),
    ],
)
def test_by_a_runner_that_became_us(
    place: str,
    file: str,
    variables: dict[str, str],
    typed: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The line starts it in this project; without the manager on PATH it cannot."""
    stands_behind(monkeypatch, ["/bin/bash"])
    prefix = tmp_path / place
    prefix.mkdir(parents=True)
    if file:
        (tmp_path / file).touch()
    told = {"PATH": "/no", "VIRTUAL_ENV": str(prefix), **variables}
    assert start(told, str(prefix)) == "envcheck"
    monkeypatch.setattr(shutil, "which", lambda name, path: f"/bin/{name}")
    assert start(told, str(prefix)) == typed


def test_by_pipx(tmp_path: Path) -> None:
    """pipx is gone by then; what it was told stands in its own file."""
    environment = tmp_path / "pipx" / ".cache" / "x"
    environment.mkdir(parents=True)
    assert start({}, str(environment)) == "pipx run envcheck-course"
    file = environment / "pipx_metadata.json"
    file.write_text(json.dumps({"main_package": {"package_or_url": "./envcheck"}}))
    assert start({}, str(environment)) == "pipx run --spec ./envcheck envcheck-course"
    index = ["--index-url", "https://127.0.0.1/simple"]
    named = {"package_or_url": "envcheck-course", "pip_args": index}
    file.write_text(json.dumps({"main_package": named}))
    words = started.program({}, TYPED, NO_MODULE, str(environment))
    assert words == ("pipx", "run", f"--pip-args={' '.join(index)}", "envcheck-course")


@pytest.mark.skipif(sys.platform == "win32", reason="the POSIX launcher")
@pytest.mark.parametrize("typed", ["envcheck", "./bin/envcheck", "{here}/bin/envcheck"])
def test_the_launcher_says_how_it_was_started(typed: str, tmp_path: Path) -> None:
    """As it was typed, or its path where the shell has found it by its name."""
    (tmp_path / "bin").mkdir()
    shutil.copy(Path(__file__).parents[4] / "launcher" / "envcheck", tmp_path / "bin")
    python = tmp_path / "bin" / "python"
    python.write_text('#!/bin/sh\necho "$ENVCHECK_COMMAND"\n')
    python.chmod(0o755)
    typed = typed.format(here=tmp_path)
    path = f"{tmp_path}/bin{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", typed],
        cwd=tmp_path,
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert start({"ENVCHECK_COMMAND": done.stdout.strip(), "PATH": path}) == (
        typed if typed.startswith("./") else "envcheck"
    )
