"""Why Airflow does not do its work, from how its two commands ended and from loading its DAG once
more.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from envcheck.environment import Environment
from envcheck.processes.process import Ending, Finished
from envcheck.target.interpreter import Interpreter
from envcheck.testing import described, interpreter
from envcheck_checks.tools.airflow.airflow import TOOL
from envcheck_checks.tools.airflow.causes import _as_work, _dag, _migration, diagnose
from envcheck_checks.tools.airflow.codes import AIRFLOW_DAG_IMPORT, AIRFLOW_MIGRATION_FAILS
from envcheck_checks.tools.airflow.home import Ran
from envcheck_checks.tools.framework.codes import TOOL_FAILS, TOOL_HANGS
from envcheck_checks.tools.framework.remote_call import Work

TRACEBACK = 'Traceback:\n  File "/site/airflow/db.py", line 3\n    x()\nOSError: no\n'
LOADED = Work(values={"files": 1})


def ended(code: int = 0, stderr: str = "", ending: Ending = Ending.EXITED) -> Finished:
    """One of Airflow's commands."""
    return Finished(("airflow",), ending, code, "", stderr, 30.0)


def python_with(*requires: str) -> Interpreter:
    """A Python with Airflow, which asks for these."""
    python = interpreter(packages={"apache-airflow": "2.10.5"})
    rows = tuple(
        replace(row, requires=requires) if row.name == "apache-airflow" else row
        for row in python.distributions
    )
    return replace(python, distributions=rows)


def env_with(*requires: str) -> Environment:
    """A machine with that Python."""
    return described(python=python_with(*requires))


def test_a_command_that_does_not_end_hangs() -> None:
    """Nothing is tried again: the time is over."""
    done = Ran(Path("/airflow"), ended(ending=Ending.TIMED_OUT))
    assert diagnose(env_with(), TOOL, done).code == TOOL_HANGS


def test_a_migration_that_fails_quotes_the_command() -> None:
    """No database can be made in an empty folder, and no cause of it is known."""
    done = Ran(Path("/airflow"), ended(1, "sqlite3.OperationalError: disk I/O error"))
    diagnosis = _migration(env_with(), TOOL, done)
    assert diagnosis.code == AIRFLOW_MIGRATION_FAILS
    assert "disk I/O error" in diagnosis.evidence.found


def test_a_dag_without_what_airflow_asks_for() -> None:
    """The distribution that is absent is named, and installed by the fix."""
    done = Ran(Path("/airflow"), ended(), ended(1, "ImportError"))
    diagnosis = _dag(env_with("pendulum>=3"), TOOL, done, LOADED)
    assert diagnosis.code == AIRFLOW_DAG_IMPORT
    assert diagnosis.evidence.wanted == "pendulum"
    assert "pendulum is not installed" in diagnosis.summary
    assert "airflow db migrate" in diagnosis.note


def test_a_dag_that_raises_shows_what_it_raised() -> None:
    """Everything is installed, and the file cannot be loaded."""
    done = Ran(Path("/airflow"), ended(), ended(1))
    loaded = Work(error="ImportError", message="cannot import name 'DAG'", missing="airflow")
    diagnosis = _dag(env_with(), TOOL, done, loaded)
    assert diagnosis.code == AIRFLOW_DAG_IMPORT
    assert diagnosis.evidence.found == "ImportError: cannot import name 'DAG'"


def test_a_task_that_fails_without_a_cause_is_said_so() -> None:
    """The DAG loads, nothing is absent: what Airflow printed last is shown."""
    done = Ran(Path("/airflow"), ended(), ended(1, "Task failed"))
    diagnosis = _dag(env_with(), TOOL, done, LOADED)
    assert diagnosis.code == TOOL_FAILS
    assert "Task failed" in diagnosis.evidence.found


def test_the_files_of_a_traceback_are_those_on_the_way() -> None:
    """As if the command had been work in this process; words without a traceback name none."""
    work = _as_work(Ran(Path("/airflow"), ended(1, TRACEBACK)))
    assert (work.error, work.files) == ("Traceback", ("/site/airflow/db.py",))
    assert _as_work(Ran(Path("/airflow"), ended(1, "no"))).files == ()
