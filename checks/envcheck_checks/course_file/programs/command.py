"""A command that a course uses: it is found, it runs, and it is of a version that the course
takes.
"""

from __future__ import annotations

from envcheck import Check, Cost, Environment, Fix, Outcome, fail, ok, unknown
from envcheck.fixes.advice import tell, typed
from envcheck.processes.process import Finished, how_it_ended
from envcheck.sentences import reasoned
from envcheck.versions import allows
from envcheck_checks.course_file.codes import (
    COMMAND_DOES_NOT_RUN,
    COMMAND_MISSING,
    COMMAND_OTHER_VERSION,
)
from envcheck_checks.course_file.programs.asked_command import (
    MOST_QUESTIONS,
    SECONDS,
    ask,
    is_broken,
    is_stub,
    runs,
    version_of,
)
from envcheck_checks.course_file.programs.installation import get, path_of
from envcheck_checks.tools.framework.banner import comparable
from envcheck_checks.tools.framework.program import find


def command_works(command: str, versions: str, scope: str) -> Check:
    """The command runs on this machine; `versions` is a PEP 440 specifier, empty where any will do."""

    def examine(env: Environment) -> Outcome:
        path = path_of(env, command)
        if not path:
            return fail(
                COMMAND_MISSING,
                f"there is no command `{command}`, which the course uses",
                get(env, command, versions),
                wanted=f"{command} {versions}".strip(),
                looked_in="PATH",
            )
        return _judge(env, command, versions, path)

    return Check(
        id=f"command.{command}",
        title=command,
        examine=examine,
        timeout=SECONDS * (MOST_QUESTIONS + 1) + 5,
        proves=f"`{command}` is found, runs, and is {versions or 'of any version'}",
        cost=Cost(0.5, 50),
        scope=scope,
        page=_page(command, versions),
    )


def _judge(env: Environment, command: str, versions: str, path: str) -> Outcome:
    answers = ask(env, command, path)
    version = version_of(command, answers[-1])
    if version and not allows(versions, comparable(command, version)):
        return fail(
            COMMAND_OTHER_VERSION,
            f"`{command}` is of a version that the course does not take",
            get(env, command, versions),
            found=f"{command} {version}",
            wanted=f"{command} {versions}",
            looked_in=path,
        )
    if version or (not versions and any(map(runs, answers))):
        where = path if find(env, command) == path else f"{path}, of the course's environment"
        return ok(f"{version or 'runs'}, {where}")
    if any(map(runs, answers)):
        return unknown(
            f"`{command}` runs, and does not say which version it is; wanted: {versions}"
        )
    if any(answer.late for answer in answers):
        return unknown(f"`{command}` gave no answer in {SECONDS:.0f} s, twice")
    return _does_not_run(env, command, versions, path, answers)


def _does_not_run(
    env: Environment, command: str, versions: str, path: str, answers: list[Finished]
) -> Outcome:
    """Told where its answers show it; a program that ends with an error may only dislike the question."""
    broken = next(filter(is_broken, answers), None)
    shown = broken or answers[0]
    reason = reasoned(how_it_ended(shown.code), shown.last_words)
    if broken is None:
        return unknown(f"`{command}` does not answer when it is asked for its version: {reason}")
    return fail(
        COMMAND_DOES_NOT_RUN,
        f"the command `{command}` is there, and does not run",
        _repair(env, command, versions, path, broken),
        found=reason,
        wanted=f"{command} {versions}".strip(),
        looked_in=path,
    )


def _repair(env: Environment, command: str, versions: str, path: str, broken: Finished) -> Fix:
    """A stub asks to be installed; for the rest a person sees first what it lacks."""
    install = get(env, command, versions)
    if is_stub(broken):
        return install
    return tell(
        f"have {command} run",
        typed(f"{command} --version", "See its error in a terminal:"),
        f"Where {path} is not the {command} that you mean, another folder comes first on your PATH. "
        f"Where it is, {install.title} anew, or what its error names.",
        "Then open a new terminal and run envcheck again.",
    )


def _page(command: str, versions: str) -> str:
    return f"""# The command `{command}`

## What it is

The course uses the program `{command}`{f", in a version {versions}" if versions else ""}.

## Why it matters

What the course does with it cannot be done on this machine without it.

## What is done

`{command} --version` is run as you would run it, and the version that its answer
tells is compared with what the course asks for.

## See it yourself

- everywhere: `{command} --version`

## What can be wrong

- `command-missing`: no folder of the PATH has it
- `command-does-not-run`: it is there, and cannot run: a library is missing, it is
  killed, or only a stub is there
- `command-other-version`: it is older or newer than the course takes

## The fix

Each cause has a fix of its own: `envcheck explain CODE` shows it.
"""
