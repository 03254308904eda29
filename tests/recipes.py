"""Real environments for the tests, of every interpreter and by every maker.

Bytecode is compiled, as pip leaves it: compiling a notebook's packages would cost a story more than
all else in it.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.kept import kept

UV = str(Path(sys.executable).parent / "uv")
# The Python behind this one. Each clone of the project has an environment of its own for the tests; what they make of
# this Python they share: gigabytes, and minutes of each clone's first run.
BASE = str(Path(getattr(sys, "_base_executable", sys.executable)).resolve())


@dataclass(frozen=True)
class Recipe:
    """Who makes the environment (venv, virtualenv, uv, uv --seed), of which interpreter, and what
    goes into it.
    """

    name: str
    requirements: tuple[str, ...]
    interpreter: str = BASE
    maker: str = "uv --seed"

    def make(self, place: Path) -> None:
        makers = {
            "venv": [self.interpreter, "-m", "venv"],
            "virtualenv": [sys.executable, "-m", "virtualenv", "-q", "-p", self.interpreter],
            "uv": [UV, "venv", "-q", "--allow-existing", "--python", self.interpreter],
            "uv --seed": [
                UV,
                "venv",
                "-q",
                "--allow-existing",
                "--seed",
                "--python",
                self.interpreter,
            ],
        }
        _run(*makers[self.maker], str(place))
        _run(
            UV,
            "pip",
            "install",
            "-q",
            "--compile-bytecode",
            "--python",
            str(python_in(place)),
            *self.requirements,
        )
        # What a seed brings comes as it is.
        for name in ("pip", "setuptools", "wheel", "pkg_resources", "_distutils_hack"):
            for seed in place.glob(f"[lL]ib/**/site-packages/{name}"):
                _run(str(python_in(place)), "-m", "compileall", "-q", str(seed))


def python_of(recipe: Recipe) -> Path:
    """The python of that environment, made once."""
    key = hashlib.blake2b(repr((recipe, sys.version)).encode(), digest_size=6).hexdigest()
    return python_in(kept(f"{recipe.name}-{key}", recipe.make))


def plain_environment() -> Path:
    """What `python3 -m venv` makes with the Python behind this one, four seconds each time: for those who need no new one."""
    return python_of(Recipe("plain", ("pip",), maker="venv")).parents[1]


def python_in(place: Path) -> Path:
    return place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def _run(*argv: str) -> None:
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{argv}: {done.stderr[-2000:]}"
