"""Apache Airflow: a database is made in a home of ours, and a DAG of two tasks runs, the second
after the first.
"""

from __future__ import annotations

from envcheck import Check, Cost, Environment, Outcome, fact, ok, unknown
from envcheck.target.interpreter import interpreter
from envcheck_checks.tools.airflow import causes
from envcheck_checks.tools.airflow.codes import (
    AIRFLOW_DAG_IMPORT,
    AIRFLOW_MIGRATION_FAILS,
    AIRFLOW_NOT_MIGRATED,
)
from envcheck_checks.tools.airflow.home import Ran, run, was_cut_short
from envcheck_checks.tools.airflow.own_settings import not_migrated
from envcheck_checks.tools.framework.codes import TOOL_VARIABLE_BREAKS
from envcheck_checks.tools.framework.tool import Tool, missing, not_here, tool_check

ON_WINDOWS = "it needs Linux or macOS: use WSL2 (`wsl --install` in PowerShell, then run envcheck inside it) or a container"
TOOL = Tool(
    "airflow",
    "Apache Airflow",
    ("apache-airflow",),
    300,
    "tasks that depend on each other, planned and watched",
    {"win32": ON_WINDOWS},
)
SECONDS = 150.0
PROVES = "`airflow db migrate` makes a database, and `airflow dags test` runs two tasks, of which the second adds up what the first made"
CODES: dict[str, str] = {
    AIRFLOW_MIGRATION_FAILS: "its database cannot be made",
    AIRFLOW_DAG_IMPORT: "its database is there, and a DAG's file cannot be loaded",
    AIRFLOW_NOT_MIGRATED: "your own Airflow's database is of another version, or was never made",
    TOOL_VARIABLE_BREAKS: "a variable of your terminal keeps it from working",
}


@fact
def ran(env: Environment) -> Ran:
    """What both commands did; run once a run."""
    return run(env, "airflow", SECONDS)


def airflow(needs: tuple[Check, ...] = ()) -> Check:
    """Two dependent tasks of a DAG run on SQLite, and leave 338350."""
    return tool_check(
        TOOL,
        examine,
        proves=PROVES,
        needs=needs,
        timeout=290.0,
        cost=Cost(15.0, 230),
        codes=CODES,
        slow_because="each of Airflow's commands loads all of Airflow",
    )


def examine(env: Environment) -> Outcome:
    return not_here(TOOL) or missing(env, TOOL) or judge(env, ran(env))


def judge(env: Environment, done: Ran) -> Outcome:
    if done.fine:
        version = interpreter(env).installed["apache-airflow"].version
        own = not_migrated(env, done.database)
        return ok(
            f"{version}, two tasks ran one after the other and agree on {done.answer}",
            *([own] if own else []),
        )
    if was_cut_short(done, SECONDS):
        return unknown(
            f"{TOOL.title} was not done when the whole run's time was over; `--timeout 300` gives it longer"
        )
    return causes.diagnose(env, TOOL, done)
