"""What keeps conda itself from doing anything: a note of its own that is cut off, or its settings."""

from __future__ import annotations

from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, Run, Step, fail, warn
from envcheck.fixes.backup import move_aside
from envcheck.sentences import listed
from envcheck.target import conda
from envcheck.target.interpreter import Interpreter
from envcheck_checks.pip import conda_settings
from envcheck_checks.pip.codes import CONDA_RECORD_CUT

WHY_CUT = "a disk that was full, or a computer that was switched off, leaves such a file"


def diagnose(env: Environment, python: Interpreter, names: list[str]) -> Diagnosis | None:
    """Asked when something is missing: what would make conda's own line fail is the root."""
    return conda_settings.diagnose(env, python, names) or _cut(env, python, names)


def warnings(python: Interpreter) -> list[Diagnosis]:
    """What will make the next installation fail, though everything is there today."""
    cut = conda.cut_records(python.prefix) if python.kind.startswith("conda") else []
    return [
        warn(
            CONDA_RECORD_CUT,
            f"conda's note on {_name(file)} is cut off: conda will install nothing into this environment (CorruptedEnvironmentError)",
            Fix("move that note aside", (move_aside(str(file)),)),
            found=_size(file),
            wanted="a whole JSON file",
            looked_in=str(file),
            note=WHY_CUT,
        )
        for file in cut[:1]
    ]


def _cut(env: Environment, python: Interpreter, names: list[str]) -> Diagnosis | None:
    cut = conda.cut_records(python.prefix) if python.kind == "conda-env" else []
    if not cut:
        return None
    moves: tuple[Step, ...] = tuple(move_aside(str(file)) for file in cut)
    command = conda.find_command(env.variables, python.prefix)
    packages = ["=".join(file.stem.rsplit("-", 2)) for file in cut]
    start = (command, "install", "--yes", "--prefix", python.prefix)
    channels = [
        word for channel in conda.channels(python.prefix) for word in ("--channel", channel)
    ]
    again = (Run((*start, *channels, "--no-deps", *packages)),) if command else ()
    return fail(
        CONDA_RECORD_CUT,
        f"{listed(names)} cannot be installed: conda's note on {_name(cut[0])} is cut off, and conda does nothing in this environment (CorruptedEnvironmentError)",
        Fix("move that note aside, and install its package again", (*moves, *again)),
        found=_size(cut[0]),
        wanted="a whole JSON file",
        looked_in=str(cut[0]),
        note=WHY_CUT,
    )


def _name(file: Path) -> str:
    return file.stem.rsplit("-", 2)[0]


def _size(file: Path) -> str:
    return f"{file.stat().st_size} bytes, without an end"
