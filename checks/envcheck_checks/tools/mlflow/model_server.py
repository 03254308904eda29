"""MLflow's server of a logged model: started on loopback, asked over HTTP for 100 predictions, and
ended.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from envcheck import Environment
from envcheck.path_lists import joined
from envcheck.processes.running import Running
from envcheck.target.interpreter import interpreter
from envcheck_checks.machine.loopback import HERE, on_free_port
from envcheck_checks.tools.framework.remote_call import Work, home_in
from envcheck_checks.tools.mlflow.mlflow import ELSEWHERE

START_SECONDS = 60.0


@dataclass(frozen=True)
class Answer:
    """The result of asking a server: what it predicted, or why not. `log` is all that one wrote which
    ended by itself.
    """

    predictions: tuple[float, ...] = ()
    trouble: str = ""
    last_words: str = ""
    late: bool = False
    log: str = ""

    @property
    def worked(self) -> bool | None:
        """Whether the server predicted what it should; None where it was given up."""
        return None if self.late else bool(self.predictions)


def serve(env: Environment, model: Work, more: Mapping[str, str | None]) -> Answer:
    """Start a server of the logged model on loopback, ask it for 100 predictions, and end it with
    all that it started.

    `more` are further variables of it, None for those to be taken away.
    """
    return on_free_port(partial(_serve, env, model, more), lambda answer: answer.log)


def _serve(env: Environment, model: Work, more: Mapping[str, str | None], port: int) -> Answer:
    folder, python = Path(str(model.values["folder"])), interpreter(env)
    variables = {
        **home_in(env, folder),
        **ELSEWHERE,
        "MLFLOW_TRACKING_URI": str(model.values["store"]),
        # as in an environment that is active
        "PATH": joined([python.scripts, env.variables.get("PATH", "")]),
        **more,
    }
    mlflow = [python.executable, "-m", "mlflow"]
    served = ["models", "serve", "-m", str(model.values["model"]), "--env-manager", "local"]
    argv = [*mlflow, *served, "--host", HERE, "--port", str(port)]
    try:
        running = env.start(argv, cwd=folder, variables=variables, low_priority=True)
    except OSError as error:
        return Answer(trouble="its server does not start", last_words=str(error))
    try:
        return _asked(running, f"http://{HERE}:{port}")
    finally:
        running.end()


def _asked(running: Running, address: str) -> Answer:
    import requests

    deadline = time.monotonic() + START_SECONDS
    with requests.Session() as session:
        session.trust_env = False  # a proxy has no part in what stays on this computer
        while not _is_up(session, address):
            if running.wait(0.2):
                running.collect()
                return Answer(
                    trouble="its server ends while it starts",
                    last_words=running.last_words,
                    log=running.stderr.text() + running.stdout.text(),
                )
            if time.monotonic() > deadline:
                return Answer(
                    trouble=f"its server did not answer in {START_SECONDS:.0f} s",
                    last_words=running.last_words,
                    late=True,
                )
        return _predicted(session, address)


def _predicted(session: Any, address: str) -> Answer:
    import requests

    frame = {"columns": ["n"], "data": [[n] for n in range(1, 101)]}
    try:
        answer = session.post(f"{address}/invocations", json={"dataframe_split": frame}, timeout=20)
        values = tuple(float(value) for value in answer.json()["predictions"])
    except (requests.RequestException, ValueError, KeyError, TypeError) as error:
        return Answer(
            trouble="its server does not predict",
            last_words=f"{type(error).__name__}: {error}"[:300],
        )
    return Answer(values)


def _is_up(session: Any, address: str) -> bool:
    import requests

    try:
        return bool(session.get(f"{address}/ping", timeout=2).ok)
    except requests.RequestException:
        return False
