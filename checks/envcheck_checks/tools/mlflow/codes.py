"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code

MLFLOW_SERVER_NOT_RUNNING = Code(
    "mlflow-server-not-running",
    "MLflow's runs are sent to a server that is not there",
    "mlflow",
    automatic=True,
)
