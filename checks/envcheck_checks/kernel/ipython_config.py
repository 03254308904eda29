"""IPython's own files, which every kernel runs when it starts: start-up files and configuration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from envcheck import (
    Diagnosis,
    Environment,
    Evidence,
    foreign_file,
    warn,
)
from envcheck.processes.reason import reason
from envcheck.shape import read_value
from envcheck_checks.diagnosis.failure import Explanation, Failure
from envcheck_checks.interference.ipython_for_all import every_file
from envcheck_checks.interference.private_folders import ours_without
from envcheck_checks.interference.removals import ipython_files
from envcheck_checks.interference.trials import Removed
from envcheck_checks.kernel.answers import End, Start
from envcheck_checks.kernel.codes import (
    IPYTHON_CONFIG_BREAKS,
    IPYTHON_CONFIG_IGNORED,
    IPYTHON_STARTUP_BREAKS,
)
from envcheck_checks.kernel.ipython_file import aside, learners_file
from envcheck_checks.kernel.overwritten import overwritten


def explanation(start: Start, how: str = "") -> Explanation:
    """What finds the file to blame, once it is known that without IPython's settings it works."""

    def explain(env: Environment, failure: Failure, removed: Removed) -> Diagnosis | None:
        def works_with(folder: Path) -> bool | None:
            return failure.works([replace(removed, variables={"IPYTHONDIR": str(folder)})])

        file = find_breaking_file(env, works_with)
        came = failure.output if how else ""
        return diagnose(env, file, start, how, came) if file is not None else None

    return explain


def explanation_for_all(start: Start, how: str = "") -> Explanation:
    """The same of a file that stands in no profile: it was left out alone."""

    def explain(env: Environment, failure: Failure, removed: Removed) -> Diagnosis | None:
        return diagnose(env, Path(removed.name), start, how, failure.output if how else "")

    return explain


def find_breaking_file(env: Environment, works: Callable[[Path], bool | None]) -> Path | None:
    """The file without which the kernel works: all others are kept. `works` is given an IPython
    folder to try.
    """
    files = ipython_files(env)
    if len(files) == 1:
        return files[0]
    for number, file in enumerate(files):
        without = ours_without(env, file, f"ipython-without-{number}")
        if without is not None and works(without):
            return file
    return None


def diagnose(
    env: Environment, file: Path, start: Start, what: str = "", came: str = ""
) -> Diagnosis:
    """This file of the learner's stops every kernel, or makes `what` happen in all of them; `came`
    is then what came back instead.
    """
    own = learners_file(env, file)
    away = aside(env, own, "move that file aside, so that kernels start without it")
    how = what or _how(start)
    evidence = Evidence(
        found=_complaint(start) or reason(came)[:300] or _how(start),
        wanted="a kernel that starts and answers",
        looked_in=str(own),
    )
    if file.parent.name == "startup":
        named = str(own) if own == file else f"profile_default/startup/{file.name}"
        summary = f"an IPython startup file, {named}, breaks every kernel: {how}"
        if what:
            summary = f"because of an IPython startup file, {named}, {what}"
        note = overwritten(file)
        return Diagnosis(IPYTHON_STARTUP_BREAKS, summary, evidence, (away,), note=note)
    summary = f"the IPython config file {file.name} has a setting that IPython refuses (TraitError): no kernel starts"
    if what:
        summary = f"because of a setting in the IPython config file {file.name}, {what}"
    elif start.end is End.REPLIED:
        summary = (
            f"the IPython config file {file.name} has a setting that breaks every kernel: {how}"
        )
    return Diagnosis(IPYTHON_CONFIG_BREAKS, summary, evidence, (away,))


def _complaint(start: Start) -> str:
    """What the kernel says is why, without the warnings that ipykernel gives to every kernel."""
    lines = [line for line in start.stderr.splitlines() if "WARNING |" not in line]
    return reason("\n".join(lines))[:300]


def warn_of_ignored_config(env: Environment) -> list[Diagnosis]:
    """Configuration files with a syntax error: IPython says so and goes on without them."""
    configs = [
        file
        for file in every_file(env)
        if file.name.endswith((".py", "_config.json")) and file.parent.name != "startup"
    ]
    return [_ignored(env, file, error) for file in configs if (error := syntax_error(file))]


def _ignored(env: Environment, file: Path, error: str) -> Diagnosis:
    own = learners_file(env, file)
    return warn(
        IPYTHON_CONFIG_IGNORED,
        f"the IPython config file {file.name} is ignored, since it has a syntax error",
        aside(env, own),
        found=error,
        wanted="a file that IPython can read",
        looked_in=str(own),
    )


def _how(start: Start) -> str:
    if start.end is End.DIED:
        return f"the kernel died in it (exit, code {start.code})"
    if start.end is End.SILENT:
        return f"it waits for ever (hang; no answer within {start.seconds:.0f} s, timeout)"
    return "kernels answer wrongly; a name of Python's own (builtins) is usually overwritten"


def syntax_error(file: Path) -> str:
    """Why Python, or for a file in JSON its reader, gives a file up; empty where it can be read."""
    if file.suffix == ".json":
        return _error_in_json(file)
    try:
        compile(foreign_file.content(file), file.name, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return f"{type(error).__name__}: {error}"
    except OSError:
        return ""
    return ""


def _error_in_json(file: Path) -> str:
    try:
        text = foreign_file.text(file)
    except OSError:
        return ""
    return "" if read_value(text) is not None else "what it holds is no JSON, or is cut short"
