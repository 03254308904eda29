"""CUDA_VISIBLE_DEVICES: whether it leaves a program any card, and who has set it with right."""

from __future__ import annotations

from collections.abc import Mapping

from envcheck.digits import whole_number

VARIABLE = "CUDA_VISIBLE_DEVICES"
BY_NAME = ("GPU-", "MIG-")
# What shares out the cards of a machine sets it, so that nobody computes on another's.
SCHEDULERS = {
    "SLURM_JOB_ID": "SLURM",
    "PBS_JOBID": "PBS",
    "LSB_JOBID": "LSF",
    "JUPYTERHUB_USER": "JupyterHub",
}


def hides_all(variables: Mapping[str, str], cards: int) -> bool:
    """Whether none of so many cards is left: CUDA takes those up to the first that is not there. A
    card that is named, and not numbered, is taken for there, and any number where none is counted.
    """
    value = variables.get(VARIABLE)
    if value is None:
        return False
    first = value.partition(",")[0].strip()
    number = whole_number(first)
    if number is not None:
        return number < 0 or 0 < cards <= number
    return not first.startswith(BY_NAME)


def whose_job(variables: Mapping[str, str]) -> str:
    """The scheduler in whose job this is; empty for none."""
    return next((name for variable, name in SCHEDULERS.items() if variable in variables), "")
