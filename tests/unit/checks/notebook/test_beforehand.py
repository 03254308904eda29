"""Variables that would stop the learner's own launch, and not ours."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.described_machines import file_at

from envcheck.testing import described
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook.beforehand import find_missing_home, find_missing_token_file

FAILURE = Failure("the notebook server does not start")


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


@pytest.mark.skipif(sys.platform != "linux", reason="the place is Linux's")
def test_a_missing_home_matters_where_jupyter_keeps_its_files_in_it() -> None:
    """Where variables lead Jupyter elsewhere, it does without a home."""
    home = "/proc/1/nohome"

    def asked(runtime: str) -> str | None:
        said = LearnersJupyter({}, None, runtime, runtime, runtime)
        env = described(variables={"HOME": home}, facts={learners_jupyter: said})
        found = find_missing_home(env, FAILURE)
        return found.code if found else None

    assert asked(f"{home}/.local/share/jupyter/runtime") == "home-missing"
    assert asked("/tmp/jupyter") is None
