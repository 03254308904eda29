"""A learner's machine for run-envcheck.py: a checkout, a home and a work folder of their own,
Pythons with parts missing.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.declared import assert_declared

REPOSITORY = Path(__file__).parents[2]
PARTS = (
    "src",
    "checks",
    "launcher",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "run-envcheck.py",
    "hatch_build.py",
    "wheel",
    "envcheck.lock",
)
KEPT = (
    "PIP_CERT",
    "PIP_FIND_LINKS",
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
    "PIP_DEFAULT_TIMEOUT",
    "PIP_INDEX_URL",
)
# The installation behind this very environment: the Python that a learner would launch
# run-envcheck.py with.
BASE = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
OFFLINE = ("unshare", "--net")


@dataclass(frozen=True)
class Ran:
    """One run of run-envcheck.py."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.out)
        assert_declared(read)
        return read

    def check(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = next(
            one for one in self.report["checks"] if one["id"] == f"chapter2.{name}"
        )
        return found

    @property
    def codes(self) -> list[str]:
        return [one["code"] for one in self.report["diagnoses"]]

    def fresh(self) -> bool:
        """Whether this run had to make the environment."""
        return "making its own environment" in self.err


@dataclass
class Learner:
    """`root` holds home, work and temporary folder. Only PATH and what reaches the index are taken
    from the developer.
    """

    root: Path
    script: Path
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("home", "work", "tmp"):
            (self.root / name).mkdir(parents=True, exist_ok=True)

    @property
    def work(self) -> Path:
        return self.root / "work"

    @property
    def cache(self) -> Path:
        return self.root / "home" / ".cache" / "envcheck"

    @property
    def environments(self) -> list[str]:
        """What lies in the cache: whole environments, and parts that somebody left."""
        return names_in(self.cache) if self.cache.is_dir() else []

    @property
    def parts(self) -> list[str]:
        return [name for name in self.environments if name.startswith("part-")]

    def environ(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        places = {
            "HOME": str(self.root / "home"),
            "TMPDIR": str(self.root / "tmp"),
            "PATH": "/usr/bin:/bin",
            "USER": "zoe",
        }
        return {**kept, **places, **self.variables}

    def command(self, *words: str, python: Path = BASE) -> list[str]:
        return [str(python), str(self.script), *words]

    def run(
        self, *words: str, python: Path = BASE, before: Sequence[str] = (), timeout: float = 300
    ) -> Ran:
        done = subprocess.run(
            [*before, *self.command(*words, python=python)],
            env=self.environ(),
            cwd=self.work,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=timeout,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start and go on, in a process group of its own."""
        return subprocess.Popen(
            self.command(*words),
            env=self.environ(),
            cwd=self.work,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def checkout(folder: Path) -> Path:
    """What a clone has, copied as it is now; gives its run-envcheck.py."""
    folder.mkdir(parents=True)
    for part in PARTS:
        source = REPOSITORY / part
        if source.is_dir():
            shutil.copytree(
                source, folder / part, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
            )
        else:
            shutil.copy2(source, folder / part)
    return folder / "run-envcheck.py"


def of_a_release(text: str, wheel: Path) -> str:
    """The text of run-envcheck.py as scripts/release writes it beside a wheel."""
    empty, digest = 'RELEASE_SHA256 = ""', hashlib.sha256(wheel.read_bytes()).hexdigest()
    assert text.count(empty) == 1
    return text.replace(empty, f'RELEASE_SHA256 = "{digest}"')


def installation(folder: Path, *, without: Sequence[str] = (), pip: bool = True) -> Path:
    """A whole Python of its own, copied from the one behind this environment. `without` names parts
    of lib to leave out.
    """
    library = Path(os.__file__).parent
    inside = folder / "lib" / library.name
    shutil.copytree(
        library,
        inside,
        symlinks=True,
        ignore=shutil.ignore_patterns("site-packages", "dist-packages", "test", "idlelib"),
    )
    site = inside / "site-packages"
    site.mkdir()
    if pip:
        for one in _pip_of_base():
            shutil.copytree(one, site / one.name)
    for name in without:
        for path in inside.rglob(name):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    (folder / "bin").mkdir()
    python = folder / "bin" / f"python3.{sys.version_info.minor}"
    shutil.copy2(BASE, python)
    (folder / "bin" / "python3").symlink_to(python.name)
    return folder / "bin" / "python3"


def _pip_of_base() -> list[Path]:
    code = "import pip, pathlib; print(pathlib.Path(pip.__file__).parent.parent)"
    site = Path(
        subprocess.run(
            [str(BASE), "-I", "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
    )
    return [site / "pip", *site.glob("pip-*.dist-info")]


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file below with the hash of what is in it, and every folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        else:
            found[name] = (
                "folder" if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest()
            )
    return found


@functools.cache
def other_pythons() -> Mapping[str, Path]:
    """Pythons of this machine that are too old for envcheck itself: pyenv's, and PyPy from apt."""
    places = [
        *Path("~/.pyenv/versions").expanduser().glob("*/bin/python"),
        *map(Path, ("/usr/bin/pypy3", "/usr/bin/python2.7")),
    ]
    found: dict[str, Path] = {}
    for python in places:
        code = "import sys; print('%d.%d' % sys.version_info[:2])"
        if python.exists():
            said = subprocess.run(
                [str(python), "-c", code], capture_output=True, text=True, check=False
            ).stdout.strip()
            if said and tuple(map(int, said.split("."))) < (3, 10):
                found.setdefault(said, python)
    return found
