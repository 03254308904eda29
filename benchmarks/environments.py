"""The environments that are measured, made once and kept: the target with its peers, the host, and
the work to be done.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent
BIN = "Scripts" if sys.platform == "win32" else "bin"
# What chapter 2 asks for, and nbmake, which works only inside the environment that it examines.
TARGET = (
    "notebook",
    "jupyterlab",
    "ipykernel",
    "numpy",
    "pandas",
    "matplotlib",
    "seaborn",
    "nbmake",
)
PEERS = ("pytest", "pytest-testinfra")
WHEEL_IS_MADE_OF = ("src", "checks", "launcher", "pyproject.toml")


@dataclass(frozen=True)
class Places:
    """Everything that a contender is started with. `host` has envcheck from its wheel, `peers` has
    testinfra.
    """

    target: Path
    host: Path
    peers: Path
    work: Path
    home: Path


def cache_folder() -> Path:
    """Where the environments are kept between runs."""
    own = os.environ.get("ENVCHECK_BENCHMARKS")
    if own:
        return Path(own).absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "envcheck-benchmarks")


def make(target: Path | None = None) -> Places:
    """What is missing is made (some minutes with pip, half a minute with uv); what is there is used
    again.
    """
    cache = cache_folder()
    (cache / "home").mkdir(parents=True, exist_ok=True)
    host = host_of(CHECKOUT)
    return Places(
        target=target or _filled(cache / "target", TARGET) / BIN / "python",
        host=host,
        peers=_filled(cache / "peers", PEERS) / BIN / "python",
        work=_work(host, cache / "work"),
        home=cache / "home",
    )


def host_of(checkout: Path) -> Path:
    """The folder of the environment that has this checkout's envcheck from its wheel; made again
    when the checkout changes.
    """
    name = hashlib.sha256(str(checkout.resolve()).encode()).hexdigest()[:8]
    place = _environment(cache_folder() / f"host-{name}")
    made_of = _fingerprint(checkout)
    mark = place / "made-of"
    if not mark.exists() or mark.read_text() != made_of:
        _install(place, [*_again(mark.exists()), str(checkout)])
        mark.write_text(made_of)
    return place


def checkout_of(text: str) -> Path:
    """A folder that is there; else the files of that commit of this repository, put beside the other
    things that are kept.
    """
    if os.path.isdir(text):
        return Path(text).absolute()
    git = ["git", "-C", str(CHECKOUT)]
    asked = [*git, "rev-parse", "--verify", "--quiet", f"{text}^{{commit}}"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{text} is neither a folder nor a commit of {CHECKOUT}")
    place = cache_folder() / f"checkout-{done.stdout.strip()[:12]}"
    if not place.exists():
        part = place.with_name(f"{place.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        files = subprocess.run(
            [*git, "archive", done.stdout.strip()], capture_output=True, check=True
        )
        subprocess.run(["tar", "x", "-C", str(part)], input=files.stdout, check=True)
        part.rename(place)
    return place


def has(python: Path, module: str) -> bool:
    """Whether that Python finds a module."""
    code = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module!r}) is None)"
    return subprocess.run([python, "-c", code], check=False).returncode == 0


def _again(was_there: bool) -> list[str]:
    """What makes the installer take the checkout anew, though its version is the same."""
    if _uv():
        return ["--reinstall-package", "envcheck-course"]
    return ["--force-reinstall", "--no-deps"] if was_there else []


def _filled(place: Path, requirements: Sequence[str]) -> Path:
    mark = _environment(place) / "made-of"
    if not mark.exists() or mark.read_text() != " ".join(requirements):
        _install(place, requirements)
        mark.write_text(" ".join(requirements))
    return place


def _environment(place: Path) -> Path:
    if not (place / BIN).exists():
        _say(f"making {place}")
        _run([getattr(sys, "_base_executable", sys.executable), "-m", "venv", str(place)])
    return place


def _install(place: Path, requirements: Sequence[str]) -> None:
    """Bytecode is compiled at once, as pip does: a first start is not what is measured."""
    _say(f"installing {' '.join(requirements)}")
    python = str(place / BIN / "python")
    if uv := _uv():
        _run(
            [
                uv,
                "pip",
                "install",
                "--quiet",
                "--compile-bytecode",
                "--python",
                python,
                *requirements,
            ]
        )
    else:
        _run([python, "-m", "pip", "install", "--quiet", *requirements])


def _uv() -> str:
    return shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent)) or ""


def _work(host: Path, folder: Path) -> Path:
    """The cells, the table and the notebook, written by the checks' own code: every contender does
    the same.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    _run([str(host / BIN / "python"), str(HERE / "yardsticks" / "write_work.py"), str(folder)])
    return folder


def _fingerprint(checkout: Path) -> str:
    digest = hashlib.sha256()
    for name in WHEEL_IS_MADE_OF:
        top = checkout / name
        for file in sorted([top] if top.is_file() else top.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(checkout)).encode() + file.read_bytes())
    return digest.hexdigest()


def _run(argv: Sequence[str]) -> None:
    subprocess.run(list(argv), check=True, stdin=subprocess.DEVNULL)


def _say(text: str) -> None:
    print(f"... {text}", file=sys.stderr, flush=True)
