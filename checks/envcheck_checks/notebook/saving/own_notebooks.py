"""What is said of the notebooks that are in the learner's folder already."""

from __future__ import annotations

from envcheck import Diagnosis, Environment
from envcheck_checks.notebook.saving import notebook_damaged, others_notebooks


def warnings(env: Environment) -> list[Diagnosis]:
    """First those that cannot be saved, then those that cannot be opened."""
    return [*others_notebooks.warnings(env), *notebook_damaged.warnings(env)]
