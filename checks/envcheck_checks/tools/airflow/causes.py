"""Why Airflow made no database or did not run a DAG: a variable, its own packages, the DAG's file;
a missing migration is another thing.
"""

from __future__ import annotations

import itertools
from typing import Any

from envcheck import Diagnosis, Environment, fail
from envcheck.fixes.advice import ask_teacher, install
from envcheck.processes.process import Ending
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck.versions import normal_name
from envcheck_checks.installed.requirements import closure, requirements
from envcheck_checks.tools.airflow.codes import AIRFLOW_DAG_IMPORT, AIRFLOW_MIGRATION_FAILS
from envcheck_checks.tools.airflow.home import (
    DAG_ID,
    Ran,
    Variables,
    own_settings,
    run,
    variables_for,
)
from envcheck_checks.tools.framework import conflict, what_to_install
from envcheck_checks.tools.framework.remote_call import Work, carry_out
from envcheck_checks.tools.framework.tool import Tool, unusable
from envcheck_checks.tools.framework.trial_runs import variable_that_breaks

TRIAL_SECONDS = 60.0


def load(folder: str) -> dict[str, Any]:
    """What both commands begin with, in one process: Airflow itself, then the DAG's file as the
    program that it is.
    """
    import os
    import runpy

    import airflow.models

    dags = os.path.join(folder, "dags")
    broken = [
        runpy.run_path(os.path.join(dags, name))
        for name in sorted(os.listdir(dags))
        if name.endswith(".py")
    ]
    return {"files": len(broken), "airflow": airflow.models.__name__}


def diagnose(env: Environment, tool: Tool, done: Ran) -> Diagnosis:
    """The first cause that facts name. A trial of the variables comes first: it alone asks nothing
    of a message.
    """
    if done.last.ending is not Ending.EXITED:
        return unusable(env, tool, Work(finished=done.last))
    if variable := _variable(env, tool, done):
        return variable
    loaded = carry_out(
        env, load, done.folder, timeout=TRIAL_SECONDS, variables=variables_for(env, done.folder)
    )
    in_our_file = any(f"{DAG_ID}.py" in file for file in loaded.files)
    if not loaded.values and not in_our_file:
        return unusable(env, tool, loaded)
    if not done.migrated.ok:
        return _migration(env, tool, done)
    return _dag(env, tool, done, loaded)


def _variable(env: Environment, tool: Tool, done: Ran) -> Diagnosis | None:
    """By trial, of the step that failed."""
    count = itertools.count()

    step = done.last if done.migrated.ok else done.migrated

    def works(more: Variables) -> bool | None:
        tried = run(env, f"airflow-trial-{next(count)}", TRIAL_SECONDS, more, test=done.migrated.ok)
        return tried.works(tested=done.migrated.ok)

    return variable_that_breaks(env, tool.title, own_settings(env), works, late=step.late)


def _migration(env: Environment, tool: Tool, done: Ran) -> Diagnosis:
    python = interpreter(env)
    clash = conflict.diagnose(env, tool.title, tool.requirements, _as_work(done))
    return clash or fail(
        AIRFLOW_MIGRATION_FAILS,
        "Airflow is installed, and `airflow db migrate` makes no database in an empty folder",
        ask_teacher(),
        found=done.migrated.last_words,
        wanted="a new SQLite database",
        looked_in=python.paths.get("purelib", python.prefix),
    )


def _dag(env: Environment, tool: Tool, done: Ran, loaded: Work) -> Diagnosis:
    """The database is there: the DAG's file does not load, or its tasks fail."""
    python = interpreter(env)
    failure = loaded if loaded.error else _as_work(done)
    if clash := conflict.diagnose(env, tool.title, tool.requirements, failure):
        return clash
    absent = _absent(python)
    if not absent and not loaded.error:
        return unusable(env, tool, Work(finished=done.last))
    words = absent or what_to_install.words(python, tool.requirements, loaded.missing)
    names = ", ".join(absent)
    return fail(
        AIRFLOW_DAG_IMPORT,
        f"Airflow's database is there, and a DAG cannot be imported{f': {names} is not installed' if absent else ''}",
        install(env, python, words, title=f"install {names or 'what is damaged'}"),
        found=f"{loaded.error}: {loaded.message}"[:400] if loaded.error else done.last.last_words,
        wanted=names or "a DAG of two tasks that is imported",
        looked_in=python.paths.get("purelib", python.prefix),
        note="this is no missing migration: `airflow db migrate` would change nothing",
    )


def _absent(python: Interpreter) -> list[str]:
    """What Airflow's distributions need, by their own words, and is not installed."""
    needed = {
        normal_name(requirement.name)
        for name in closure(python, ["apache-airflow"])
        for requirement in requirements(python, name)
    }
    return sorted(needed - set(python.installed))


def _as_work(done: Ran) -> Work:
    """The frames of the traceback that a command printed, as the files on the way."""
    lines = done.last.stderr.splitlines() + done.last.stdout.splitlines()
    files = tuple(
        line.split('"')[1]
        for line in lines
        if line.strip().startswith('File "') and line.count('"') >= 2
    )
    return Work(error="Traceback" if files else "", files=files[-8:], finished=done.last)
