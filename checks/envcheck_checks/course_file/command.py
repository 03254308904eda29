"""A command that a course uses: it is found, it runs, and it is of a version that the course
takes.
"""

from __future__ import annotations

from collections.abc import Sequence

from envcheck import Check, Cost, Environment, Outcome, fail, ok, unknown
from envcheck.processes.process import Finished, how_it_ended
from envcheck.sentences import reasoned
from envcheck.versions import allows
from envcheck_checks.course_file.codes import (
    COMMAND_DOES_NOT_RUN,
    COMMAND_MISSING,
    COMMAND_OTHER_VERSION,
)
from envcheck_checks.course_file.programs import get, of_environment
from envcheck_checks.tools.framework.banner import comparable, version_said
from envcheck_checks.tools.framework.program import find

# How programs are asked for their version: the first is nearly everybody's.
QUESTIONS = (("--version",), ("-version",), ("version",), ("-V",))
SECONDS = 8.0


def command_works(command: str, versions: str, scope: str) -> Check:
    """The command runs on this machine; `versions` is a PEP 440 specifier, empty where any will do."""

    def examine(env: Environment) -> Outcome:
        path = find(env, command) or of_environment(env, command)
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
        timeout=SECONDS * (len(QUESTIONS) + 1) + 5,
        proves=f"`{command}` is found, runs, and is {versions or 'of any version'}",
        cost=Cost(0.5, 50),
        scope=scope,
        page=_page(command, versions),
    )


def _judge(env: Environment, command: str, versions: str, path: str) -> Outcome:
    answers = _ask(env, command, path)
    version = _version(command, answers[-1])
    if version and not allows(versions, comparable(command, version)):
        return fail(
            COMMAND_OTHER_VERSION,
            f"`{command}` is of a version that the course does not take",
            get(env, command, versions),
            found=f"{command} {version}",
            wanted=f"{command} {versions}",
            looked_in=path,
        )
    if version:
        return ok(f"{version}, {path}")
    if any(answer.ok for answer in answers):
        return (
            unknown(f"`{command}` runs, and does not say which version it is; wanted: {versions}")
            if versions
            else ok(f"runs, {path}")
        )
    if any(answer.late for answer in answers):
        return unknown(f"`{command}` gave no answer in {SECONDS:.0f} s, twice")
    return fail(
        COMMAND_DOES_NOT_RUN,
        f"the command `{command}` is there, and does not run",
        get(env, command, versions),
        found=reasoned(how_it_ended(answers[0].code), answers[0].last_words),
        wanted=f"{command} {versions}".strip(),
        looked_in=path,
    )


def _ask(env: Environment, command: str, path: str) -> list[Finished]:
    """What it answers, up to the first answer that has a version in it. Asked for the first time, a
    program may wait until a guard has looked at it: a late answer is waited for once more.
    """
    answers: list[Finished] = []
    for words in QUESTIONS:
        answers.append(_answer(env, path, words))
        if answers[-1].late:
            answers.append(_answer(env, path, words))
        if _version(command, answers[-1]):
            break
        if answers[-1].late:
            break
    return answers if answers[-1].ok else [*answers, _best(answers)]


def _answer(env: Environment, path: str, words: Sequence[str]) -> Finished:
    return env.run([path, *words], timeout=SECONDS, low_priority=True)


def _best(answers: list[Finished]) -> Finished:
    return next((answer for answer in answers if answer.ok), answers[0])


def _version(command: str, answer: Finished) -> str:
    return version_said(command, answer.stdout, answer.stderr) if answer.ok else ""


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
- `command-does-not-run`: it is there, and ends with an error
- `command-other-version`: it is older or newer than the course takes

## The fix

Each cause has a fix of its own: `envcheck explain CODE` shows it.
"""
