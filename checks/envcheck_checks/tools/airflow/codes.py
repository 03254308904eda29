"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code, Severity

AIRFLOW_COMMAND_MISSING = Code(
    "airflow-command-missing",
    "The program `airflow` is not there",
    "airflow-standalone",
    automatic=True,
)
AIRFLOW_DAG_IMPORT = Code(
    "airflow-dag-import", "A DAG cannot be imported", "airflow", automatic=True
)
AIRFLOW_MIGRATION_FAILS = Code(
    "airflow-migration-fails", "Airflow cannot make its database", "airflow"
)
AIRFLOW_NOT_MIGRATED = Code(
    "airflow-not-migrated",
    "Your own Airflow's database is of another version",
    "airflow",
    severity=Severity.WARNING,
)
AIRFLOW_PORT_TAKEN = Code(
    "airflow-port-taken",
    "The port of Airflow's page is in use",
    "airflow-standalone",
    severity=Severity.WARNING,
)
AIRFLOW_STANDALONE_FAILS = Code(
    "airflow-standalone-fails", "Not all parts of Airflow become healthy", "airflow-standalone"
)
