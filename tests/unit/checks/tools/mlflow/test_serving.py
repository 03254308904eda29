"""A model that is not served: what is said when no cause is known."""

from __future__ import annotations

from envcheck.testing import described, interpreter
from envcheck_checks.tools.framework.codes import TOOL_FAILS, TOOL_HANGS
from envcheck_checks.tools.mlflow.model_server import Answer
from envcheck_checks.tools.mlflow.serving import _broken

ENV = described(python=interpreter())


def test_a_server_that_ends_fails_and_one_that_is_late_hangs() -> None:
    """Both with what was tried and the server's last words."""
    ended = _broken(ENV, Answer(trouble="its server ends", last_words="no module uvicorn"))
    assert (ended.code, ended.evidence.found) == (TOOL_FAILS, "no module uvicorn")
    assert ended.summary == "MLflow is installed, and its server ends"
    assert _broken(ENV, Answer(trouble="it is late", late=True)).code == TOOL_HANGS
