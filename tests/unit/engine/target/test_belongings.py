"""What is the learner's: asked about described machines, with paths of every kind."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from envcheck import Environment, Rename, Run, Write
from envcheck.environment import Located
from envcheck.target.belongings import is_inside, is_learners, outside
from envcheck.testing import described, interpreter

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the described paths are POSIX's")

PARTS = st.sampled_from(["home", "course", ".venv", "..", ".", "a", "b c", "etc", "proc"])
PATHS = st.lists(PARTS, min_size=1, max_size=6)
FILE_PROGRAMS = st.sampled_from(
    [("chmod", "-R", "u+rwX"), ("mv", "x"), ("cp", "-r", "x"), ("touch",), ("python", "-m", "venv")]
)


def machine(root: Path, **variables: str) -> Environment:
    python = interpreter(prefix=str(root / "course" / ".venv"))
    known = {"HOME": str(root / "home"), **variables}
    return described(folder=root / "course", python=python, variables=known)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=PATHS, command=FILE_PROGRAMS, start=st.sampled_from(["", "/", "ROOT/"]))
def test_no_step_leads_outside(
    parts: list[str], command: tuple[str, ...], start: str, tmp_path: Path
) -> None:
    """Whatever way a path is written, only what really lies below the learner's folders passes: no
    folder above them, and not one of them itself.
    """
    path = f"{start.replace('ROOT', str(tmp_path))}{'/'.join(parts)}"
    real = os.path.realpath(os.path.join(tmp_path / "course", path))  # noqa: PTH118
    own = [f"{os.path.realpath(tmp_path / name)}{os.sep}" for name in ("home", "course")]
    below = any(real.startswith(folder) for folder in own)
    env = machine(tmp_path)
    named = path if "/" in path else f"./{path}"
    for step in (Run((*command, named)), Write(str(tmp_path / "course" / path), "")):
        assert below or outside(env, step), step


@pytest.mark.parametrize(
    ("home", "place"),
    [
        ("/", "/etc/hosts"),
        ("/home", "/home/bob/.bashrc"),
        ("/proc/1/nohome", "/proc/1"),
        ("/usr/share/app", "/usr/share/app/x"),
        ("/etc", "/etc/hosts"),
        (".", "/etc/hosts"),
    ],
)
def test_a_home_that_is_nobody_s(home: str, place: str) -> None:
    """What a variable says does not make a folder of the system's the learner's."""
    env = described(variables={"HOME": home}, python=interpreter(kind="system", prefix="/usr"))
    assert not is_learners(env, place)


def test_a_variable_with_folders_of_everybody(tmp_path: Path) -> None:
    """XDG_DATA_DIRS names the system's; JUPYTER_PATH may."""
    env = machine(tmp_path, XDG_DATA_DIRS="/opt/data:/srv/data", JUPYTER_PATH="/usr/share/jupyter")
    for place in ("/opt/data/x", "/srv/data/x", "/usr/share/jupyter/kernels"):
        assert not is_inside(env, place)


def test_what_is_only_read(tmp_path: Path) -> None:
    """The Python that an environment is made from, a list of requirements, an address."""
    env = machine(tmp_path)
    argv = ("uv", "venv", "--python", "/usr/bin/python3", str(tmp_path / "course" / ".venv2"))
    assert outside(env, Run(argv)) == ""
    words = ("pip", "install", "-r", "/srv/list.txt", "https://example.org/a.whl", "numpy>=1.17")
    assert outside(env, Run(words)) == ""
    assert outside(env, Run(("conda", "install", "--prefix", "/opt/conda", "x"))) == "/opt/conda"
    assert outside(env, Run(("conda", "install", "--prefix=/opt/conda", "x"))) == "/opt/conda"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs a second owner")
def test_another_user_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the home and owned by somebody else, in a folder of theirs: not the learner's. In the
    learner's own folder it may be renamed.
    """
    (tmp_path / "home" / "theirs").mkdir(parents=True)
    (tmp_path / "home" / "theirs" / "file").touch()
    for place in ("home/theirs", "home/theirs/file"):
        os.chown(tmp_path / place, 12345, 12345)
    os.chown(tmp_path / "home", 54321, 54321)
    monkeypatch.setattr("os.geteuid", lambda: 54321)
    env = machine(tmp_path)
    there = str(tmp_path / "home" / "theirs")
    assert outside(env, Rename(f"{there}/file", f"{there}/file2")) == f"{there}/file"
    assert outside(env, Rename(there, f"{there}.old")) == ""
    assert is_inside(env, there)


def test_an_environment_is_written_anew_where_it_is(tmp_path: Path) -> None:
    """The learner's own, wherever it lies, and no other: `-m venv` changes what is in it."""
    for name in ("apart/ml", "others/env"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "pyvenv.cfg").touch()
    env = described(
        folder=tmp_path / "course",
        python=interpreter(prefix=str(tmp_path / "apart/ml")),
        variables={"HOME": str(tmp_path / "home")},
    )
    again = [Run(("python", "-m", "venv", "--without-pip", str(tmp_path / "apart/ml")))]
    assert [outside(env, step) for step in again] == [""]
    assert outside(env, Run(("python", "-m", "venv", str(tmp_path / "others/env"))))
    assert outside(env, Run(("rm", str(tmp_path / "apart/ml"))))


def test_an_environment_that_has_forgotten_what_it_is(tmp_path: Path) -> None:
    """Its pyvenv.cfg is lost: that file is the learner's to write, and its Python's own is not."""
    place = tmp_path / "old" / "venv"
    (place / "lib" / "python3.12" / "site-packages").mkdir(parents=True)
    (place / "bin").mkdir()
    (place / "bin" / "activate").write_text("VIRTUAL_ENV=x")
    base = tmp_path / "base"
    python = interpreter(prefix=str(base), kind="pyenv")
    located = Located((str(place / "bin" / "python"),), "PATH")
    env = described(folder=tmp_path / "course", python=python, located=located)
    assert outside(env, Write(str(place / "pyvenv.cfg"), "home = x")) == ""
    again = Run((f"{base}/bin/python3", "-m", "venv", "--without-pip", str(place)))
    assert outside(env, again) == ""
    assert outside(env, replace(again, argv=(*again.argv[:-1], str(base)))) == str(base)
    (place / "pyvenv.cfg").touch()
    assert outside(env, again)
    (place / "pyvenv.cfg").unlink()
    for file in (base / "pyvenv.cfg", place.parent / "pyvenv.cfg"):
        assert outside(env, Write(str(file), "home = x")) == str(file)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    above=st.integers(0, 3),
    program=st.sampled_from(["chmod", "mv", "rm", "/bin/chown", "rename"]),
    start=st.sampled_from(["", "./", "../", "absolute"]),
)
def test_no_step_has_the_whole_home(above: int, program: str, start: str, tmp_path: Path) -> None:
    """Neither the home nor a folder above it, however it is written, though all that is the learner's:
    they work in a folder above. What a rename names, it names from the top.
    """
    home = tmp_path / "a" / "b" / "home"
    env = described(folder=tmp_path, python=interpreter(), variables={"HOME": str(home)})
    whole = [home, *home.parents][above]
    relative = start + (os.path.relpath(whole, tmp_path) if start != "absolute" else "")
    path = str(whole) if start == "absolute" else relative
    ways = (
        [Rename(path, f"{whole}-2"), Rename(str(tmp_path / "a" / "x"), path)]
        if program == "rename"
        else [Run((program, "-R", "u+rwX", path))]
    )
    assert [step for step in ways if not outside(env, step)] == []
    assert outside(env, Rename("notes.txt", str(tmp_path / "a" / "notes.txt")))
    below = str(home / "course")
    assert not outside(env, Run(("chmod", "u+rwX", below)))
    assert not outside(env, Rename(below, f"{below}.old"))
