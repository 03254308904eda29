"""An Airflow of ours: a throw-away home with one DAG in it, and the commands that a learner would
type, run there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from envcheck import Environment
from envcheck.processes.process import Finished
from envcheck.target.interpreter import interpreter
from envcheck.versions import allows
from envcheck_checks.interference.trials import told_by
from envcheck_checks.tools.framework.remote_call import home_in

Variables = Mapping[str, str | None]
DAG_ID = "envcheck_two_tasks"
TOTAL = "338350"
# For Airflow 2 and 3. The second task gets its numbers from the first, and leaves their sum in a
# file.
DAG = '''"""Two tasks, the second after the first: written by envcheck."""
from datetime import datetime

try:
    from airflow.sdk import dag, task
except ImportError:
    from airflow.decorators import dag, task


@dag(dag_id={dag!r}, schedule=None, start_date=datetime(2024, 1, 1), catchup=False)
def two_tasks():
    @task
    def squares():
        return [n * n for n in range(1, 101)]

    @task
    def total(numbers):
        with open({answer!r}, "w") as file:
            file.write(str(sum(numbers)))

    total(squares())


two_tasks()
'''
# Where the learner's own settings would lead to a database, logs, secrets or servers of theirs:
# none of it is touched.
THEIRS = (
    "DATABASE__SQL_ALCHEMY_CONN_CMD", "DATABASE__SQL_ALCHEMY_CONN_SECRET", "CORE__SQL_ALCHEMY_CONN", "CORE__SQL_ALCHEMY_CONN_CMD",
    "CORE__SQL_ALCHEMY_CONN_SECRET", "DATABASE__SQL_ALCHEMY_CONN_ASYNC", "DATABASE__SQL_ALCHEMY_SCHEMA", "CORE__EXECUTOR",
    "SECRETS__BACKEND", "SECRETS__BACKEND_KWARGS", "WORKERS__SECRETS_BACKEND", "LOGGING__REMOTE_BASE_LOG_FOLDER",
    "DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST", "SENTRY__SENTRY_DSN",
)  # fmt: skip
SILENT = {
    "USAGE_DATA_COLLECTION__ENABLED": "False",
    "LOGGING__REMOTE_LOGGING": "False",
    "METRICS__STATSD_ON": "False",
    "METRICS__OTEL_ON": "False",
    "TRACES__OTEL_ON": "False",
    "SENTRY__SENTRY_ON": "False",
    "OPENLINEAGE__DISABLED": "True",
}


@dataclass(frozen=True)
class Ran:
    """How far it came: the database made, then the DAG tested. `answer` is what its last task
    wrote.
    """

    folder: Path
    migrated: Finished
    tested: Finished | None = None
    answer: str = ""

    @property
    def fine(self) -> bool:
        """Whether the last task wrote the total that it should."""
        return self.answer == TOTAL

    @property
    def last(self) -> Finished:
        """The command that was carried out last."""
        return self.tested or self.migrated

    @property
    def database(self) -> Path:
        """The SQLite file of this throw-away Airflow."""
        return self.folder / "airflow.db"

    def works(self, *, tested: bool) -> bool | None:
        """Whether the database was made, or, `tested`, the DAG wrote its total; None where the
        command was given up.
        """
        if tested:
            return told_by(self.last, works=self.fine)
        return told_by(self.migrated, works=self.migrated.ok)


def run(
    env: Environment, name: str, timeout: float, more: Variables | None = None, *, test: bool = True
) -> Ran:
    """How the database was made and the DAG tested, `timeout` seconds for both. `more` are
    variables of a trial.
    """
    folder = make_home(env, name)
    variables = {**variables_for(env, folder), **(more or {})}
    migrated = run_airflow(env, folder, migrate_words(env), variables, timeout)
    if not migrated.ok or not test:
        return Ran(folder, migrated)
    tested = run_airflow(
        env, folder, ("dags", "test", DAG_ID, "2024-01-02"), variables, timeout - migrated.seconds
    )
    answer = folder / "answer"
    return Ran(
        folder,
        migrated,
        tested,
        answer.read_text(encoding="utf-8") if os.path.isfile(answer) else "",
    )


def make_home(env: Environment, name: str) -> Path:
    """A new AIRFLOW_HOME of this name with one DAG in it."""
    folder = env.new_folder(name)
    for part in ("dags", "plugins", "logs"):
        (folder / part).mkdir(exist_ok=True)
    text = DAG.format(dag=DAG_ID, answer=str(folder / "answer"))
    (folder / "dags" / f"{DAG_ID}.py").write_text(text, encoding="utf-8")
    return folder


def run_airflow(
    env: Environment, folder: Path, words: tuple[str, ...], variables: Variables, timeout: float
) -> Finished:
    """How one of Airflow's commands ended in the target, after at most `timeout` seconds."""
    return env.run(
        [interpreter(env).executable, "-m", "airflow", *words],
        timeout=max(timeout, 1),
        cwd=folder,
        variables=variables,
    )


def migrate_words(env: Environment) -> tuple[str, ...]:
    """The words of the command that makes the database: `db migrate` came with 2.7."""
    distribution = interpreter(env).installed.get("apache-airflow")
    old = (
        distribution is not None
        and distribution.version is not None
        and allows("<2.7", distribution.version)
    )
    return ("db", "upgrade") if old else ("db", "migrate")


def variables_for(env: Environment, folder: Path) -> Variables:
    """A home, a database and logs of ours, and nothing that talks to anybody; the learner's other
    settings stay.
    """
    ours = {
        "CORE__DAGS_FOLDER": str(folder / "dags"),
        "CORE__PLUGINS_FOLDER": str(folder / "plugins"),
        "CORE__LOAD_EXAMPLES": "False",
        "DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{folder / 'airflow.db'}",
        "DATABASE__LOAD_DEFAULT_CONNECTIONS": "False",
        "LOGGING__BASE_LOG_FOLDER": str(folder / "logs"),
        **SILENT,
    }
    return {
        **home_in(env, folder),
        **{f"AIRFLOW__{name}": None for name in THEIRS},
        **{f"AIRFLOW__{name}": value for name, value in ours.items()},
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW_CONFIG": str(folder / "airflow.cfg"),
        "SCARF_ANALYTICS": "false",
        "DO_NOT_TRACK": "1",
    }


def own_settings(env: Environment) -> tuple[str, ...]:
    """The learner's variables that Airflow reads and that we neither set nor take away: any of them
    may break it.
    """
    settled = variables_for(env, env.scratch)
    return tuple(
        name
        for name in sorted(env.variables)
        if name.startswith("AIRFLOW__") and name not in settled
    )


def was_cut_short(ran: Ran, timeout: float) -> bool:
    """Whether the whole run's limit ended it, not its own."""
    spent = ran.migrated.seconds + (ran.tested.seconds if ran.tested else 0)
    return ran.last.late and spent < timeout - 0.5
