"""A home that is not there, where Jupyter would keep its files."""

from __future__ import annotations

import sys

import pytest

from envcheck.testing import described
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook.folders import missing_home

FAILURE = Failure("the notebook server does not start")


@pytest.mark.skipif(sys.platform != "linux", reason="the place is Linux's")
def test_a_missing_home_matters_where_jupyter_keeps_its_files_in_it() -> None:
    """Where variables lead Jupyter elsewhere, it does without a home."""
    home = "/proc/1/nohome"

    def asked(runtime: str) -> str | None:
        said = LearnersJupyter({}, None, runtime, runtime, runtime)
        env = described(variables={"HOME": home}, facts={learners_jupyter: said})
        found = missing_home.diagnose(env, FAILURE)
        return found.code if found else None

    assert asked(f"{home}/.local/share/jupyter/runtime") == "home-missing"
    assert asked("/tmp/jupyter") is None
