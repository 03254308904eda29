"""A file that is to hold a token and cannot be read."""

from __future__ import annotations

from pathlib import Path

from tests.unit.described_machines import file_at

from envcheck.testing import described
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.notebook.settings import token_file

FAILURE = Failure("the notebook server does not start")


def test_a_token_file_that_is_not_there(tmp_path: Path) -> None:
    """A token in a variable wins, and the file is not read then."""
    named = {"JUPYTER_TOKEN_FILE": str(tmp_path / "token")}
    gone = token_file.diagnose(described(variables=named), FAILURE)
    assert gone is not None
    assert gone.code == "jupyter-config-names-missing-file"
    with_token = described(variables={**named, "JUPYTER_TOKEN": "secret"})
    assert token_file.diagnose(with_token, FAILURE) is None
    file_at(tmp_path / "token", "secret")
    assert token_file.diagnose(described(variables=named), FAILURE) is None
    assert token_file.diagnose(described(), FAILURE) is None
