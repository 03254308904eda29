"""The learner's own Airflow: whether its database has the shape that this version works with. It is
read, never opened for writing.
"""

from __future__ import annotations

import configparser
import contextlib
import os
import shlex
import sqlite3
from pathlib import Path

from envcheck import Diagnosis, Environment, warn
from envcheck.fixes.advice import tell, typed
from envcheck.target.home import home_of
from envcheck.target.interpreter import interpreter
from envcheck_checks.tools.airflow.codes import AIRFLOW_NOT_MIGRATED
from envcheck_checks.tools.airflow.home import migrate_words

SQLITE = "sqlite:///"


def not_migrated(env: Environment, fresh: Path) -> Diagnosis | None:
    """`fresh` is a database that this version has made a moment ago. No database, or one on a
    server, is no trouble.
    """
    own, wanted = database(env), revision(fresh)
    if own is None or not os.path.isfile(own) or not wanted:
        return None
    current = revision(own)
    if current is None or current == wanted:
        return None
    line = shlex.join([interpreter(env).executable, "-m", "airflow", *migrate_words(env)])
    return warn(
        AIRFLOW_NOT_MIGRATED,
        "your own Airflow's database " + ("was never made" if not current else "is of another version of Airflow")
        + " (database migration required): `airflow dags test` stops there",
        tell("bring your own database up to date", typed(line)),
        found=f"revision {current}" if current else "no tables of Airflow",
        wanted=f"revision {wanted}",
        looked_in=str(own),
    )  # fmt: skip


def database(env: Environment) -> Path | None:
    """The SQLite file of the learner's Airflow; None where their settings name a server."""
    place = Path(
        os.path.expanduser(env.variables.get("AIRFLOW_HOME") or home_of(env.variables) / "airflow")
    )
    address = env.variables.get("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN") or env.variables.get(
        "AIRFLOW__CORE__SQL_ALCHEMY_CONN"
    )
    address = address or _configured(
        Path(env.variables.get("AIRFLOW_CONFIG") or place / "airflow.cfg")
    )
    if not address:
        return place / "airflow.db"
    return Path(address.removeprefix(SQLITE)) if address.startswith(SQLITE) else None


def _configured(file: Path) -> str:
    """What airflow.cfg says; nothing where it does not say, or cannot be read."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    with contextlib.suppress(OSError, ValueError, configparser.Error):
        parser.read(file, encoding="utf-8")
    return parser.get("database", "sql_alchemy_conn", fallback="").strip()


def revision(file: Path) -> str | None:
    """The revision that a database carries: empty when it has none, None when that cannot
    be told.
    """
    try:
        # Immutable: no lock is taken and no file is made beside it, even while Airflow runs.
        with contextlib.closing(
            sqlite3.connect(
                f"{Path(os.path.realpath(file)).as_uri()}?mode=ro&immutable=1", uri=True
            )
        ) as connection:
            rows = connection.execute("select version_num from alembic_version").fetchall()
    except sqlite3.OperationalError as error:
        return "" if "no such table" in str(error) else None
    except sqlite3.Error:
        return None
    return str(rows[0][0]) if rows else ""
