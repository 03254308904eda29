"""IPython's own files, which every kernel runs when it starts: start-up files and configuration."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from envcheck import Diagnosis, Environment, Evidence, Fix, Severity, fail, warn
from envcheck.fixes.advice import tell
from envcheck.fixes.backup import move_aside
from envcheck_checks.interference.private_folders import private_folders
from envcheck_checks.interference.trials import ipython_files
from envcheck_checks.kernel.client import End, Start
from envcheck_checks.kernel.codes import (
    IPYTHON_CONFIG_BREAKS,
    IPYTHON_CONFIG_IGNORED,
    IPYTHON_STARTUP_BREAKS,
    IPYTHON_STARTUP_RAISES,
)

RAISED = "Unknown error in handling startup files"


def breaking_file(env: Environment, works: Callable[[Path], bool]) -> Path | None:
    """The file without which the kernel works: all others are kept. `works` is given an IPython folder to try."""
    files = ipython_files(env)
    if len(files) == 1:
        return files[0]
    ours = private_folders(env).ours
    for number, file in enumerate(files):
        without = env.scratch / f"ipython-without-{number}"
        shutil.copytree(ours, without, dirs_exist_ok=True)
        (without / file.relative_to(ours)).unlink(missing_ok=True)
        if works(without):
            return file
    return None


def diagnose(env: Environment, file: Path, start: Start, what: str = "") -> Diagnosis:
    """This file of the learner's stops every kernel, or makes `what` happen in all of them."""
    own = private_folders(env).ipython / file.relative_to(private_folders(env).ours)
    aside = Fix(
        "move that file aside, so that kernels start without it",
        (move_aside(own),),
    )
    how = what or _how(start)
    evidence = Evidence(
        found=_complaint(start) or how,
        wanted="a kernel that starts and answers",
        looked_in=str(own),
    )
    if file.parent.name == "startup":
        summary = f"an IPython startup file, profile_default/startup/{file.name}, breaks every kernel: {how}"
        return Diagnosis(IPYTHON_STARTUP_BREAKS, summary, evidence, (aside,))
    summary = f"the IPython config file {file.name} has a setting that IPython refuses (TraitError): no kernel starts"
    if start.end is End.REPLIED:
        summary = (
            f"the IPython config file {file.name} has a setting that breaks every kernel: {how}"
        )
    return Diagnosis(IPYTHON_CONFIG_BREAKS, summary, evidence, (aside,))


def _complaint(start: Start) -> str:
    """The last line of the kernel's that is no mere warning: ipykernel gives some to every kernel."""
    lines = [
        line
        for line in start.stderr.strip().splitlines()
        if line.strip() and "WARNING |" not in line
    ]
    return lines[-1][:300] if lines else ""


def ignored_config(env: Environment) -> list[Diagnosis]:
    """Configuration files with a syntax error: IPython says so and goes on without them."""
    said = []
    for file in ipython_files(env):
        trouble = _syntax(file) if file.suffix == ".py" and file.parent.name != "startup" else ""
        if trouble:
            own = private_folders(env).ipython / file.relative_to(private_folders(env).ours)
            said.append(
                Diagnosis(
                    IPYTHON_CONFIG_IGNORED,
                    f"the IPython config file {file.name} is ignored, since it has a syntax error",
                    Evidence(trouble, "a file that Python can read", str(own)),
                    (Fix("move that file aside", (move_aside(own),)),),
                    Severity.WARNING,
                )
            )
    return said


def raising_startup(env: Environment, start: Start) -> list[Diagnosis]:
    """A start-up file that raises and lets the kernel live."""
    files = [file for file in ipython_files(env) if file.parent.name == "startup"]
    named = [file for file in files if str(file) in start.stderr and "Traceback" in start.stderr]
    if (
        not named and RAISED in start.stderr
    ):  # IPython 9 names no file; the one that has no syntax, else all it can be
        named = [file for file in files if _syntax(file)][:1] or files
    if not named:
        return []
    own = private_folders(env).ipython / named[0].relative_to(private_folders(env).ours)
    said = start.stderr.strip().splitlines()[-1][:300]
    if len(named) == 1:
        return [
            fail_softly(
                IPYTHON_STARTUP_RAISES,
                f"the IPython startup file {own.name} raises an error each time a kernel starts",
                found=said,
                own=own,
            )
        ]
    names = ", ".join(file.name for file in named)
    which = tell(
        "find the file that raises",
        "Run each of these files with Python, and correct or move the one that shows an error.",
    )
    return [
        warn(
            IPYTHON_STARTUP_RAISES,
            f"one of the IPython startup files {names} raises an error each time a kernel starts",
            which,
            found=said,
            looked_in=str(own.parent),
        )
    ]


def fail_softly(code: str, summary: str, *, found: str, own: Path) -> Diagnosis:
    aside = Fix("move that file aside", (move_aside(own),))
    loud = fail(code, summary, aside, found=found, looked_in=str(own))
    return Diagnosis(loud.code, loud.summary, loud.evidence, loud.fixes, Severity.WARNING)


def _how(start: Start) -> str:
    if start.end is End.DIED:
        return f"the kernel died in it (exit, code {start.code})"
    if start.end is End.SILENT:
        return f"it waits for ever (hang; no answer within {start.seconds:.0f} s, timeout)"
    return "kernels answer wrongly; a name of Python's own (builtins) is usually overwritten"


def _syntax(file: Path) -> str:
    try:
        compile(file.read_bytes(), file.name, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    except OSError:
        return ""
    return ""
