"""MLflow: a run with its metric is logged, a model kept with it, loaded again, and lets predict."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, fact, fail
from envcheck.fixes.advice import tell, typed
from envcheck_checks.interference.variables import unset
from envcheck_checks.tools.framework.remote_call import Work
from envcheck_checks.tools.framework.tool import Tool, judge, missing, not_here, tool_check
from envcheck_checks.tools.framework.trial_runs import Doing
from envcheck_checks.tools.mlflow.codes import MLFLOW_SERVER_NOT_RUNNING

TOOL = Tool(
    "mlflow", "MLflow", ("mlflow",), 850, "runs, their numbers, and the models that came out"
)
EXPECTED = {"metric": 338350.0, "total": 338350}
PROVES = "a run, its metric and a model are logged to a database of SQLite's, read back, and the model predicts 100 numbers"
SECONDS = 85.0
SETTINGS = ("MLFLOW_",)
URI = "MLFLOW_TRACKING_URI"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
# These say which server and which run the learner's own work goes to. Ours goes to a file and tells
# nobody.
ELSEWHERE: Mapping[str, str | None] = {
    **dict.fromkeys(
        (
            URI, "MLFLOW_REGISTRY_URI", "MLFLOW_RUN_ID", "MLFLOW_EXPERIMENT_ID", "MLFLOW_EXPERIMENT_NAME", "MLFLOW_TRACKING_USERNAME",
            "MLFLOW_TRACKING_PASSWORD", "MLFLOW_TRACKING_TOKEN", "MLFLOW_DEFAULT_ARTIFACT_ROOT", "MLFLOW_WORKSPACE",
        )
    ),
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "DO_NOT_TRACK": "true",
}  # fmt: skip


def work(folder: str) -> dict[str, Any]:
    import os
    import pathlib

    import mlflow
    import mlflow.pyfunc
    import pandas

    class Squares(mlflow.pyfunc.PythonModel):  # type: ignore[misc]
        def predict(self, context, model_input, params=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, ARG002
            return [int(n) * int(n) for n in model_input["n"]]

    store = "sqlite:///" + os.path.join(folder, "runs.db")
    mlflow.set_tracking_uri(store)
    experiment = mlflow.create_experiment(
        "squares", artifact_location=pathlib.Path(folder, "kept").as_uri()
    )
    with mlflow.start_run(experiment_id=experiment) as run:
        mlflow.log_param("power", 2)
        mlflow.log_metric("total", 338350.0)
        kept = mlflow.pyfunc.log_model("model", python_model=Squares(), pip_requirements=[])
    metric = mlflow.get_run(run.info.run_id).data.metrics["total"]
    total = sum(
        mlflow.pyfunc.load_model(kept.model_uri).predict(pandas.DataFrame({"n": range(1, 101)}))
    )
    own = {"folder": folder, "store": store, "run": run.info.run_id, "model": kept.model_uri}
    return {"version": mlflow.__version__, "metric": metric, "total": int(total), **own}


class Shared(Doing):
    """The work, done once a run for all that build on it."""

    def until_it_lives(self, env: Environment) -> Work:
        """The work as it was done first, whoever asks."""
        return logged(env)


DOING = Shared(TOOL.id, work, EXPECTED, SECONDS - 5, ELSEWHERE, SETTINGS)


@fact
def logged(env: Environment) -> Work:
    """The work and what it left in its folder: a run and a model."""
    return Doing.until_it_lives(DOING, env)


def mlflow(needs: tuple[Check, ...] = ()) -> Check:
    """A logged metric is read back as 338350, and the model that was logged predicts numbers that
    add up to it.
    """

    def examine(env: Environment) -> Outcome:
        return (
            not_here(TOOL)
            or missing(env, TOOL)
            or server_away(env)
            or judge(env, TOOL, DOING, (), _summary)
        )

    codes: dict[str, str] = {
        MLFLOW_SERVER_NOT_RUNNING: f"{URI} names a server on this computer that is not there"
    }
    return tool_check(
        TOOL,
        examine,
        proves=PROVES,
        needs=needs,
        timeout=SECONDS,
        cost=Cost(10.0, 300),
        codes=codes,
        slow_because="MLflow makes a database when it is first used",
    )


def _summary(done: Work) -> str:
    return f"metric and model logged, read back, predicted: {done.values['total']}"


def server_away(env: Environment) -> Diagnosis | None:
    """The learner's runs go to a server on this very computer, and nothing listens there. Others
    are not asked.
    """
    value = env.variables.get(URI, "")
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or host not in LOOPBACK or _listens(host, port):
        return None
    return fail(
        MLFLOW_SERVER_NOT_RUNNING,
        f"{URI} sends your runs to a server on this computer, and no server listens there: every line that logs would wait and fail",
        unset(URI),
        tell(
            "or start the server",
            typed(
                f"mlflow server --host 127.0.0.1 --port {port}",
                "Type this in another terminal, and leave it running:",
            ),
        ),
        found=f"nothing listens on {host}, port {port}",
        wanted=f"a server there, or {URI} not set: then runs are kept in files",
        looked_in="the variables of this terminal",
    )


def _listens(host: str, port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=3):
        return True
    return False
