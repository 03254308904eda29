"""A Python that does not start, hangs, or lacks parts of its own library."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.machine import Machine, MakeMachine

pytestmark = pytest.mark.slow


def without_part(
    name: str,
    code: str = "python-standard-library-gap",
    *,
    warns: bool = False,
) -> Story:
    """A whole Python whose compiled module `_NAME` is not there, as when a library's headers were
    missing at its build.
    """

    def remove(machine: Machine) -> None:
        files = [*machine.prefix.glob(f"lib/python3*/lib-dynload/_{name}.*")]
        if not files:
            pytest.skip("this Python has its compiled modules inside")
        for file in files:
            file.unlink()

    return Story(remove, code, (name,), warns=warns, kind="installation")


def library(machine: Machine) -> Path:
    return next(machine.prefix.glob("lib/python3*"))


def asyncio_gone(machine: Machine) -> None:
    machine.remove(f"{library(machine)}/asyncio")


def encodings_gone(machine: Machine) -> None:
    machine.remove(f"{library(machine)}/encodings")


def takes_the_packages_away(machine: Machine) -> None:
    machine.write(
        "@site/sitecustomize.py",
        "import sys\nsys.path[:] = [one for one in sys.path if not one.endswith('site-packages')]\n",
    )


def puts_others_first(machine: Machine) -> None:
    """The folder of a Python that was there before; its numpy is none for this one."""
    other = machine.root / "lab" / "lib" / "python3.6" / "site-packages"
    machine.write(
        str(other / "numpy" / "__init__.py"), "raise ImportError('this numpy is for Python 3.6')\n"
    )
    machine.write("@site/lab.pth", f"import sys; sys.path.insert(0, {str(other)!r})\n")


def puts_a_folder_first(machine: Machine) -> None:
    """Of another project: an installer of its own put it there."""
    machine.write("old/numpy/__init__.py", "raise ImportError('this numpy is for Python 2')\n")
    line = f"import sys; sys.path.insert(0, {str(machine.root / 'old')!r})\n"
    machine.write("@site/old-project.pth", line)


def sitecustomize(code: str) -> Story:
    def write(machine: Machine) -> None:
        machine.write("@site/sitecustomize.py", code)

    return Story(
        write,
        "python-hangs" if "while" in code else "python-does-not-start",
        ("sitecustomize.py",),
        fixed=True,
    )


def a_usercustomize_that_exits(machine: Machine) -> None:
    version = library(machine).name
    machine.write(
        f"home/.local/lib/{version}/site-packages/usercustomize.py", "import sys\nsys.exit(3)\n"
    )


def a_pth_that_exits(machine: Machine) -> None:
    machine.write("@site/zz_monitor.pth", "import sys; sys.exit('monitor: no licence')\n")


def base_removed(machine: Machine) -> None:
    machine.remove("venv/bin/python*")
    for name in ("python", "python3"):
        (machine.prefix / "bin" / name).symlink_to("/opt/homebrew/opt/python@3.9/bin/python3.9")
    machine.variables["VIRTUAL_ENV"] = str(machine.prefix)


def pyvenv_cfg_deleted(machine: Machine) -> None:
    machine.remove("venv/pyvenv.cfg")


def pyvenv_cfg_in(encoding: str) -> Callable[[Machine], None]:
    def write(machine: Machine) -> None:
        text = (machine.prefix / "pyvenv.cfg").read_text(encoding="utf-8")
        machine.write("venv/pyvenv.cfg", f"{text}prompt = José\n".encode(encoding))

    return write


def named(place: str, text: str | None = None, mode: int = 0o755) -> Callable[[Machine], None]:
    """`--python` names something else than the environment that is on PATH, which works."""

    def name(machine: Machine) -> None:
        machine.variables["PATH"] = f"{machine.python.parent}:/usr/bin:/bin"
        machine.python, machine.name_python = machine.at(place), True
        if text is not None:
            machine.write(place, text, mode)

    return name


def a_shim_for_a_version_that_is_gone(machine: Machine) -> None:
    """pyenv's, first on PATH: it says so and ends."""
    for name in ("python", "python3"):
        said = "pyenv: version `3.9.1' is not installed (set by /home/me/.python-version)"
        machine.write(
            f"home/.pyenv/shims/{name}",
            f'#!/bin/sh\necho "{said}" >&2\nexit 1\n'.replace("`", "\\`"),
            0o755,
        )
    machine.variables["PATH"] = f"{machine.home}/.pyenv/shims:{machine.python.parent}:/usr/bin:/bin"


PYENV = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))


def pyenvs(minor: int) -> list[Path]:
    return sorted((PYENV / "versions").glob(f"3.{minor}.*/bin/python"))


def an_old_python(machine: Machine) -> None:
    if not (old := pyenvs(6)):
        pytest.skip("only on machines with Python 3.6 (pyenv)")
    named(str(old[-1]))(machine)


def for_an_older_python(machine: Machine) -> None:
    """A course whose pins have wheels for Python 3.9 at most."""
    if not any(pyenvs(minor) for minor in (8, 9)):
        pytest.skip("only on machines with Python 3.8 or 3.9 (pyenv)")
    table = 'course = "older"\npython = ">=3.7,<3.10"\n[chapter.chapter2]\npackages = ["six"]\n'
    machine.write("work/envcheck.toml", table)
    machine.variables["PYENV_ROOT"] = str(PYENV)


STORIES = {
    "a course that takes no Python as new as this": Story(
        for_an_older_python, "python-too-new", ("<3.10",), fixed=True
    ),
    "--python that is not there": Story(
        named("old/bin/python"), "python-not-found", ("old/bin/python",), fixed=True
    ),
    "--python that may not be started": Story(
        named("old/bin/python", "#!/bin/sh\n", 0o644),
        "python-not-executable",
        ("permission",),
        fixed=True,
    ),
    "--python of another program": Story(
        named("old/bin/python", "#!/bin/sh\necho hello\n"),
        "python-not-python",
        ("hello",),
        fixed=True,
    ),
    "--python that is too old": Story(an_old_python, "python-too-old", ("3.6",), fixed=True),
    "a shim for a version that is gone": Story(
        a_shim_for_a_version_that_is_gone, "python-dead-shim", ("3.9.1",), fixed=True
    ),
    "no sqlite3": without_part("sqlite3"),
    "no ssl": without_part("ssl"),
    "no ctypes": without_part("ctypes"),
    "no lzma": without_part("lzma", "python-optional-gap", warns=True),
    "asyncio deleted": Story(
        asyncio_gone, "python-standard-library-gap", ("asyncio",), kind="installation"
    ),
    "encodings deleted": Story(
        encodings_gone, "python-does-not-start", ("encodings",), fixed=None, kind="installation"
    ),
    "sitecustomize that takes the packages away": Story(
        takes_the_packages_away,
        "start-file-misleads",
        ("sitecustomize.py", "none of them is found"),
        fixed=True,
    ),
    ".pth that puts another's packages first": Story(
        puts_others_first, "start-file-misleads", ("lab.pth", "before this one's"), fixed=True
    ),
    ".pth that puts a folder first": Story(
        puts_a_folder_first, "start-file-misleads", ("old-project.pth", "other files"), fixed=True
    ),
    "sitecustomize that exits": sitecustomize("import sys\nsys.exit('no licence')\n"),
    "sitecustomize that loops": sitecustomize("while True:\n    pass\n"),
    "usercustomize that exits": Story(
        a_usercustomize_that_exits,
        "python-does-not-start",
        ("usercustomize.py",),
        fixed=None,
        kind="installation",
    ),
    "a .pth that exits": Story(
        a_pth_that_exits, "python-does-not-start", ("zz_monitor.pth",), fixed=True, always=True
    ),
    "the Python below an environment removed": Story(
        base_removed, "python-environment-broken", ("/opt/homebrew",), fixed=None
    ),
    "pyvenv.cfg of PowerShell": Story(
        pyvenv_cfg_in("utf-16"), "python-environment-broken", ("cannot be read",), fixed=True
    ),
    "pyvenv.cfg of an older editor": Story(
        pyvenv_cfg_in("latin-1"), "python-environment-broken", ("invalid continuation",), fixed=True
    ),
    "pyvenv.cfg deleted": Story(
        pyvenv_cfg_deleted, "python-environment-broken", ("pyvenv.cfg",), fixed=True
    ),
}


@told(STORIES)
def test_a_broken_python(story: Story, make_machine: MakeMachine, wheels: Path) -> None:
    """What ails the interpreter is the one cause; everything else waits for it."""
    # A Python that does not work ends everything before a server is asked for.
    play(story, make_machine, wheels, without_server=True)
