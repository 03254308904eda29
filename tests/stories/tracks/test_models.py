"""The track of models: MLflow and its serving at work, absent, and broken."""

from __future__ import annotations

import pytest
from tests.ports import refusing_port
from tests.stories.tracks.conftest import MakeLearner
from tests.stories.tracks.learner import automatic, summary
from tests.stories.tracks.listening import Listening
from tests.stories.tracks.taken_port import FIRST_PORT_TAKEN

pytestmark = pytest.mark.slow


@pytest.mark.whole
def test_models_work(make_learner: MakeLearner, listening: Listening) -> None:
    """Logged, loaded, served on loopback alone, and the predictions read back; the learner's own
    server is told nothing.

    Afterwards nothing runs, nothing listens, and nothing is left in home and folder.
    """
    learner = make_learner("models")
    learner.wrap = listening.before_a_command
    elsewhere = "http://192.0.2.1:5000"
    learner.variables.update(
        MLFLOW_TRACKING_URI=elsewhere,
        MLFLOW_EXPERIMENT_NAME="course",
        http_proxy=elsewhere,
        HTTP_PROXY=elsewhere,
    )
    before = learner.files()
    seen = learner.track("models", "mlflow", "--only", "mlflow-serving")
    assert (seen.code, seen.report["verdict"], seen.report["diagnoses"]) == (0, "ready", []), (
        seen.report["diagnoses"]
    )
    assert "predicted: 338350" in summary(seen, "mlflow")
    assert "100 predictions logged as metrics and read back: 338350" in summary(
        seen, "mlflow-serving"
    )
    assert learner.files() == before
    assert listening.addresses == {"127.0.0.1"}
    assert learner.left_running() == []  # so nothing listens: another may have these ports by now


@pytest.mark.whole
def test_somebody_takes_the_port_before_mlflow(make_learner: MakeLearner) -> None:
    """It is imported for seconds before it comes to it; then the model is served on another."""
    seen = make_learner("models").track("models", "mlflow-serving", launcher=FIRST_PORT_TAKEN)
    assert (seen.code, seen.report["diagnoses"]) == (0, []), seen.report["diagnoses"]


@pytest.mark.whole
def test_mlflow_is_absent(make_learner: MakeLearner) -> None:
    """It is named with its size, the serving waits for it, and `--fix` installs it."""
    learner = make_learner("models", own=True)
    learner.remove("@site/mlflow", "@site/mlflow-*")
    cause = learner.fails_and_is_mended("models", "mlflow", "tool-missing")
    assert "about 850 MB" in automatic(cause)[0]


def test_a_tracking_server_that_is_not_running(make_learner: MakeLearner) -> None:
    """MLFLOW_TRACKING_URI names a server on this computer, and nothing listens there: named, and
    green without it.
    """
    learner = make_learner("models")
    with refusing_port() as port:
        learner.variables["MLFLOW_TRACKING_URI"] = f"http://localhost:{port}"
        cause = learner.fails_and_is_mended("models", "mlflow", "mlflow-server-not-running")
    assert f"port {port}" in cause["evidence"]["found"]


@pytest.mark.whole
def test_a_variable_breaks_the_serving(make_learner: MakeLearner) -> None:
    """A value that the server cannot read: found by trial, with another variable beside it that is
    not blamed.
    """
    learner = make_learner("models")
    learner.variables.update(UVICORN_LOG_LEVEL="loud", MLFLOW_SCORING_SERVER_REQUEST_TIMEOUT="30")
    cause = learner.fails("models", "mlflow-serving", "tool-variable-breaks")
    assert cause["fixes"][0]["steps"] == [{"do": "unset-env", "name": "UVICORN_LOG_LEVEL"}]


@pytest.mark.long
@pytest.mark.whole
def test_serving_without_its_web_server(make_learner: MakeLearner) -> None:
    """MLflow works and `uvicorn` is gone: the missing dependency is named, and installing it makes
    the serving work.
    """
    learner = make_learner("models", own=True)
    learner.remove("@site/uvicorn", "@site/uvicorn-*", "venv/bin/uvicorn")
    cause = learner.fails_and_is_mended("models", "mlflow-serving", "dependency-missing")
    assert "uvicorn" in cause["summary"]
