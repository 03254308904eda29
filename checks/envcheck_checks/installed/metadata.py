"""Metadata that lies about what is installed, for the chapter's packages: two versions, none, no
list of files.
"""

from __future__ import annotations

from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, warn
from envcheck.fixes.advice import install
from envcheck.fixes.backup import move_aside
from envcheck.target.interpreter import Distribution, Interpreter, interpreter
from envcheck_checks.installed import notes
from envcheck_checks.installed.codes import METADATA_CORRUPT, METADATA_DUPLICATE, METADATA_NO_RECORD
from envcheck_checks.installed.reinstall import reinstall
from envcheck_checks.stack import Stack


def warnings(env: Environment, stack: Stack, versions: dict[str, str]) -> list[Diagnosis]:
    """`versions` by distribution, as the imported packages themselves say. One warning for each
    that is wrong.
    """
    python = interpreter(env)
    warnings_found = []
    for name in (*(package.name for package in stack.packages), *stack.launchers, stack.kernel):
        rows = [
            distribution
            for distribution in python.distributions
            if distribution.name == name and distribution.folder == _folder(python, name)
        ]
        warning = (
            _duplicate_metadata(env, python, name, rows, versions.get(name, ""))
            or _corrupt_metadata(env, python, rows)
            or _no_record(env, python, rows)
        )
        if warning is not None:
            warnings_found.append(warning)
    return warnings_found


def _folder(python: Interpreter, name: str) -> str:
    distribution = python.installed.get(name)
    return distribution.folder if distribution is not None else ""


def _duplicate_metadata(
    env: Environment, python: Interpreter, name: str, rows: list[Distribution], imported: str
) -> Diagnosis | None:
    if len(rows) < 2:
        return None
    stale = [distribution for distribution in rows if distribution.version != imported]
    moves = [
        move_aside(path)
        for distribution in stale[: len(rows) - 1]
        if (path := str(Path(distribution.folder, distribution.entry)))
    ]
    fix = (
        Fix("move the leftover metadata aside", tuple(moves))
        if moves and imported
        else install(env, python, ["--force-reinstall", name])
    )
    return warn(
        METADATA_DUPLICATE,
        f"{name} has metadata of two versions (duplicate dist-info): pip may take the wrong one for installed",
        fix,
        found=", ".join(sorted(distribution.entry for distribution in rows)),
        wanted=f"one dist-info, of the version that is imported ({imported or 'unknown'})",
        looked_in=rows[0].folder,
    )


def _corrupt_metadata(
    env: Environment, python: Interpreter, rows: list[Distribution]
) -> Diagnosis | None:
    why = notes.unreadable(rows[0]) if rows else ""
    if not why:
        return None
    return warn(
        METADATA_CORRUPT,
        f"the metadata of {rows[0].name} is corrupt ({why}): pip cannot upgrade it",
        reinstall(env, python, [rows[0].name], f"install {rows[0].name} anew", upgrade=True),
        found=f"{rows[0].entry}: {why}",
        wanted="whole metadata",
        looked_in=rows[0].folder,
        note="a disk that was full during an installation does this, and so does a cleaned cache that the files are links into",
    )


def _no_record(env: Environment, python: Interpreter, rows: list[Distribution]) -> Diagnosis | None:
    if not rows or rows[0].has_record or python.kind.startswith("conda") or python.kind == "system":
        return None
    return warn(
        METADATA_NO_RECORD,
        f"{rows[0].name} has no list of its files (RECORD): pip cannot uninstall or upgrade it (no files were found to uninstall)",
        reinstall(env, python, [rows[0].name], f"install {rows[0].name} anew", upgrade=True),
        found=f"no RECORD in {rows[0].entry}",
        wanted="a RECORD",
        looked_in=rows[0].folder,
    )
