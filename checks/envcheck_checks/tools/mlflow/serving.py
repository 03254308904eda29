"""MLflow serving: the logged model is served on loopback, asked over HTTP, and its answers are
logged as metrics and read back.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, fail, ok
from envcheck.fixes.advice import ask_teacher
from envcheck.target.interpreter import interpreter
from envcheck_checks.installed import dependencies
from envcheck_checks.installed.codes import DEPENDENCY_MISSING
from envcheck_checks.tools.framework import check_page
from envcheck_checks.tools.framework.codes import (
    TOOL_FAILS,
    TOOL_HANGS,
)
from envcheck_checks.tools.framework.remote_call import Work, carry_out
from envcheck_checks.tools.framework.trial_runs import variable_that_breaks
from envcheck_checks.tools.framework.wrong_answer import wrong_answer
from envcheck_checks.tools.mlflow.mlflow import ELSEWHERE, SETTINGS, TOOL, logged
from envcheck_checks.tools.mlflow.model_server import Answer, serve

ID = "mlflow-serving"
TITLE = "MLflow serving"  # in sentences, where the check is called Serving
PROVES = "the logged model is served on loopback, predicts over HTTP, and its predictions are logged as metrics and read back"
SECONDS = 85.0
EXPECTED = {"predictions": 100, "total": 338350, "error": 0.0}


def feedback(folder: str) -> dict[str, Any]:
    import json

    from mlflow.entities import Metric
    from mlflow.tracking import MlflowClient

    with open(os.path.join(folder, "predictions.json")) as file:
        model = json.load(file)  # noqa: TID251  # runs in the target, and wrote it itself
    client = MlflowClient(tracking_uri=model["store"])
    rows = [("prediction", value, n) for n, value in enumerate(model["predictions"], 1)]
    rows += [("error", abs(value - n * n), n) for n, value in enumerate(model["predictions"], 1)]
    client.log_batch(
        model["run"], metrics=[Metric(name, float(value), 0, n) for name, value, n in rows]
    )
    predictions = client.get_metric_history(model["run"], "prediction")
    errors = client.get_metric_history(model["run"], "error")
    return {
        "predictions": len(predictions),
        "total": int(sum(metric.value for metric in predictions)),
        "error": max(metric.value for metric in errors),
    }


def mlflow_serving(needs: tuple[Check, ...] = ()) -> Check:
    """The served model predicts 100 numbers that add up to 338350; logged as metrics and read back,
    they still do.
    """
    codes: dict[str, str] = {
        DEPENDENCY_MISSING: "a package that its server needs is not installed",
        **check_page.OF_SERVERS,
    }
    return Check(
        id=ID,
        title="Serving",
        examine=_examine,
        needs=needs,
        timeout=SECONDS,
        proves=PROVES,
        cost=Cost(10.0, 500, TOOL.megabytes),
        page=check_page.page(
            TITLE, "a model behind an address, and what it answered", PROVES, ID, codes, general={}
        ),
        slow_because="the server loads MLflow twice",
    )


def _examine(env: Environment) -> Outcome:
    model = logged(env)
    answer = serve(env, model, {})
    if answer.predictions:
        return _fed_back(env, model, answer.predictions)
    return (
        dependencies.diagnose(env, TOOL.requirements, "MLflow cannot serve a model")
        or variable_that_breaks(
            env,
            TITLE,
            (*SETTINGS, "UVICORN_", "GUNICORN_"),
            lambda more: serve(env, model, more).worked,
            late=answer.late,
        )
        or _broken(env, answer)
    )


def _fed_back(env: Environment, model: Work, predictions: tuple[float, ...]) -> Outcome:
    folder = Path(str(model.values["folder"]))
    served = {
        "store": model.values["store"],
        "run": model.values["run"],
        "predictions": predictions,
    }
    (folder / "predictions.json").write_text(json.dumps(served), encoding="utf-8")
    done = carry_out(env, feedback, folder, timeout=40, variables=ELSEWHERE)
    if done.values == EXPECTED:
        return ok(
            f"served on loopback; {len(predictions)} predictions logged as metrics and read back: {done.values['total']}"
        )
    if done.values:
        return wrong_answer(TITLE, found=dict(done.values), wanted=EXPECTED)
    evidence = f"{done.error}: {done.message}" if done.error else done.finished.last_words
    return fail(
        TOOL_FAILS,
        "the model was served, and its predictions cannot be logged as metrics",
        ask_teacher(),
        found=evidence,
    )


def _broken(env: Environment, answer: Answer) -> Diagnosis:
    return fail(
        TOOL_HANGS if answer.late else TOOL_FAILS,
        f"MLflow is installed, and {answer.trouble}",
        ask_teacher(),
        found=answer.last_words,
        looked_in=interpreter(env).executable,
    )
