"""A notebook is exported as a web page by the server, as the page's menu does it."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from envcheck import Diagnosis, Environment, Fix, warn
from envcheck.fixes.advice import ask_teacher
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.diagnosis import order
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.installed import blame
from envcheck_checks.installed.blame import Blame
from envcheck_checks.interference import raised_warnings
from envcheck_checks.notebook.codes import NOTEBOOK_NOT_EXPORTED
from envcheck_checks.notebook.server.learners_server import Server, ServerTrouble

WORD = "5050"
SECONDS = 20.0
NOT_IMPORTED = re.compile(r"Could not import nbconvert: (.+)")
TEXT = {"cell_type": "markdown", "id": "text", "metadata": {}, "source": "# Sums\n\n*by hand*"}
CODE = {
    "cell_type": "code",
    "execution_count": 1,
    "id": "code",
    "metadata": {},
    "outputs": [{"name": "stdout", "output_type": "stream", "text": WORD}],
    "source": "print(sum(range(101)))",
}
# Python's own colours would cost half as much again: as many patterns are compiled for them.
PLAIN = {"language_info": {"name": "text", "pygments_lexer": "text"}}
NOTEBOOK = {"cells": [TEXT, CODE], "metadata": PLAIN, "nbformat": 4, "nbformat_minor": 5}

# The server's answer to a request: the step, the method, the path, the body.
Ask = Callable[[str, str, str, object], Awaitable[Any]]


@dataclass(frozen=True)
class NotExported:
    """What came back instead of a page, how long the server's log was before, and whether it was
    waited for in vain.
    """

    actual: str
    logged: int
    late: bool = False


async def export(server: Server, ask: Ask) -> NotExported | None:
    """None when all is well, or this server offers no export."""
    logged = len(server.running.stderr.text())
    actual, late = await _trouble(ask)
    return NotExported(actual, logged, late) if actual else None


async def _trouble(ask: Ask) -> tuple[str, bool]:
    """What went wrong, empty where nothing did; and whether it was waited for in vain."""
    body = {"type": "notebook", "name": "sums.ipynb", "path": "sums.ipynb", "content": NOTEBOOK}
    begun = time.monotonic()
    try:
        answer = await ask("export a notebook", "POST", "/nbconvert/html", body)
    except ServerTrouble as trouble:
        waited = time.monotonic() - begun
        actual = f"no answer in {waited:.0f} s" if trouble.late else trouble.actual
        return actual, trouble.late
    if answer.code == 404 or (answer.code == 200 and WORD.encode() in (answer.body or b"")):
        return "", False
    return f"status {answer.code} {answer.reason}", False


def warnings(env: Environment, server: Server, trouble: NotExported | None) -> list[Diagnosis]:
    """Why no notebook is exported: a damaged package, or two that do not fit."""
    if trouble is None:
        return []
    if trouble.late:
        return [_not_exported("a notebook was not exported as a web page in time", trouble.actual)]
    python, actual = interpreter(env), trouble.actual
    log = server.running.settled_log()[trouble.logged :]
    what = "a notebook cannot be exported as a web page"
    raised = blame.error_of(log) if blame.TRACEBACK in log else ""
    if unset := raised_warnings.unset_filter(env.variables, raised):
        return [_not_exported(f"{what}: {raised_warnings.WHY}", raised, unset)]
    failure = Failure(what, log, ("nbconvert",), data=True)
    cause = order.first_cause(env, failure, order.INSTALLATION)
    guilty, error = _guilty(python, log)
    fixes: tuple[Fix, ...] = ()
    if cause is not None and (guilty is None or (guilty.used and guilty.used in cause.summary)):
        fixes, actual = tuple(cause.fixes), cause.evidence.found
        what = cause.summary if what in cause.summary else f"{what}: {cause.summary}"
    elif guilty is not None:
        fixes, what = blame.fitting(env, guilty), f"{what}: {blame.in_words(python, guilty)}"
        actual = error
    return [_not_exported(what, actual, *fixes)]


def _not_exported(what: str, actual: str, *fixes: Fix) -> Diagnosis:
    return warn(
        NOTEBOOK_NOT_EXPORTED,
        what,
        *(fixes or (ask_teacher(),)),
        found=actual[:300],
        wanted="the notebook as HTML",
        looked_in="a running server",
    )


def _guilty(python: Interpreter, log: str) -> tuple[Blame | None, str]:
    """Who does not fit whom, and the words of the error. Of a failed import the server logs no more
    than these.
    """
    if blame.TRACEBACK in log:
        return blame.blame(python, log), blame.error_of(log)
    failed_import = NOT_IMPORTED.search(log)
    return (
        (blame.blame_words(python, "nbconvert", failed_import[1]), failed_import[1])
        if failed_import
        else (None, "")
    )
