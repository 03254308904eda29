"""Variables that would stop the learner's own launch, and not ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import file_at

from envcheck.testing import described
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.notebook.beforehand import find_invalid_port, find_missing_token_file

FAILURE = Failure("the notebook server does not start")


@pytest.mark.parametrize(
    ("port", "code"), [("8888/lab", "jupyter-port-invalid"), ("8888", None), ("", None)]
)
def test_a_port_that_is_no_number(port: str, code: str | None) -> None:
    diagnosis = find_invalid_port(described(variables={"JUPYTER_PORT": port}), FAILURE)
    assert (diagnosis.code if diagnosis else None) == code


def test_a_token_file_that_is_not_there(tmp_path: Path) -> None:
    """A token in a variable wins, and the file is not read then."""
    named = {"JUPYTER_TOKEN_FILE": str(tmp_path / "token")}
    gone = find_missing_token_file(described(variables=named), FAILURE)
    assert gone is not None
    assert gone.code == "jupyter-config-names-missing-file"
    with_token = described(variables={**named, "JUPYTER_TOKEN": "secret"})
    assert find_missing_token_file(with_token, FAILURE) is None
    file_at(tmp_path / "token", "secret")
    assert find_missing_token_file(described(variables=named), FAILURE) is None
    assert find_missing_token_file(described(), FAILURE) is None
