"""Airflow's check, on described machines: the platform, the commands, the learner's own database,
and what is not touched.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest

from envcheck.processes.process import Ending, Finished
from envcheck.testing import described, interpreter
from envcheck_checks.tools.airflow import airflow, home, own_settings
from envcheck_checks.tools.airflow.home import Ran
from envcheck_checks.tools.framework.tool import not_here


def ended(code: int | None = 0, ending: Ending = Ending.EXITED, seconds: float = 1.0) -> Finished:
    return Finished(("airflow",), ending, code, "", "", seconds)


def database(place: Path, revision: str | None) -> Path:
    with sqlite3.connect(place) as connection:
        connection.execute("create table something (n int)")
        if revision is not None:
            connection.execute("create table alembic_version (version_num text)")
            connection.execute("insert into alembic_version values (?)", (revision,))
    connection.close()
    return place


def test_windows_is_sent_to_wsl_or_a_container() -> None:
    """There is no Airflow for Windows itself: a skip with the way round it."""
    said = not_here(airflow.TOOL, "win32")
    assert said is not None
    assert all(word in str(said) for word in ("WSL2", "container"))
    assert not_here(airflow.TOOL, "linux") is None


@pytest.mark.parametrize(
    ("version", "words"),
    [("2.6.3", ("db", "upgrade")), ("2.10.5", ("db", "migrate")), ("3.3.2", ("db", "migrate"))],
)
def test_the_database_is_made_by_the_command_of_that_version(
    version: str, words: tuple[str, ...]
) -> None:
    """`db migrate` came with 2.7."""
    assert (
        home.migrate_words(described(python=interpreter(packages={"apache-airflow": version})))
        == words
    )


def test_nothing_of_the_learners_airflow_is_reached(tmp_path: Path) -> None:
    """Their database, logs, secrets and servers are out of reach; any other setting of theirs
    stays, and may be the cause.
    """
    own = {
        "AIRFLOW_HOME": "/home/me/airflow",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": "postgresql://work",
        "AIRFLOW__SECRETS__BACKEND": "vault",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "LOUD",
    }
    env = described(variables=own, python=interpreter(), scratch=tmp_path)
    given = env.child_variables(home.variables_for(env, tmp_path))
    assert given["AIRFLOW_HOME"] == str(tmp_path)
    assert given["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] == f"sqlite:///{tmp_path / 'airflow.db'}"
    assert "AIRFLOW__SECRETS__BACKEND" not in given
    assert given["AIRFLOW__USAGE_DATA_COLLECTION__ENABLED"] == "False"
    assert home.own_settings(env) == ("AIRFLOW__LOGGING__LOGGING_LEVEL",)


def test_the_dag_is_a_program_of_any_version(tmp_path: Path) -> None:
    """The file that is written can be read by Python."""
    folder = home.make_home(described(python=interpreter(), scratch=tmp_path), "airflow")
    compile((folder / "dags" / f"{home.DAG_ID}.py").read_text(encoding="utf-8"), "dag", "exec")


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("new", ""),
        ("old", "of another version"),
        (None, "never made"),
        ("gone", ""),
        ("not a database", ""),
    ],
)
def test_the_learners_own_database(tmp_path: Path, revision: str | None, said: str) -> None:
    """One of another version, or without tables, gets a warning with the line that migrates it; it
    is only read.
    """
    fresh, own = database(tmp_path / "fresh.db", "new"), tmp_path / "airflow.db"
    if revision == "not a database":
        own.write_bytes(b"something else, and long enough to be read as a header of a file " * 20)
    elif revision != "gone":
        database(own, revision)
    before = sorted(tmp_path.iterdir())
    python = interpreter(packages={"apache-airflow": "3.3.2"})
    found = own_settings.not_migrated(
        described(variables={"AIRFLOW_HOME": str(tmp_path)}, python=python), fresh
    )
    assert (found is not None) == bool(said)
    if found is not None:
        assert said in found.summary
        assert not found.fixes[0].automatic
        assert "airflow db migrate" in str(found.fixes[0].steps)
    assert sorted(tmp_path.iterdir()) == before


def test_a_database_on_a_server_is_none_of_our_business(tmp_path: Path) -> None:
    """Named by a variable or by airflow.cfg: it is not asked."""
    by_variable = {
        "AIRFLOW_HOME": str(tmp_path),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": "postgresql://work",
    }
    assert own_settings.database(described(variables=by_variable)) is None
    (tmp_path / "airflow.cfg").write_text(
        "[database]\nsql_alchemy_conn = mysql://work\n", encoding="utf-8"
    )
    assert own_settings.database(described(variables={"AIRFLOW_HOME": str(tmp_path)})) is None
    (tmp_path / "airflow.cfg").write_text(
        "[database]\nsql_alchemy_conn = sqlite:////somewhere/a.db\n", encoding="utf-8"
    )
    assert own_settings.database(described(variables={"AIRFLOW_HOME": str(tmp_path)})) == Path(
        "/somewhere/a.db"
    )


@pytest.mark.skipif(
    sys.platform == "win32", reason="Airflow is for Linux and macOS: its check is a skip on Windows"
)
def test_a_run_that_is_over_is_no_verdict(tmp_path: Path) -> None:
    """The whole run's limit ended it: envcheck could not tell, and says what gives it longer."""
    python = interpreter(packages={"apache-airflow": "3.3.2"})
    ran = Ran(tmp_path, ended(), ended(None, Ending.TIMED_OUT, 40.0))
    said = airflow.examine(described(python=python, facts={airflow.ran: ran}))
    assert "--timeout 300" in str(said)
