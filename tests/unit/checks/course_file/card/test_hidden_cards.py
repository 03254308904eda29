"""Whether CUDA_VISIBLE_DEVICES leaves a card, read as CUDA reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck_checks.course_file.card.hidden_cards import hides_all, whose_job

VARIABLE = "CUDA_VISIBLE_DEVICES"


@pytest.mark.parametrize(
    ("value", "cards", "hides"),
    [
        ("", 1, True),
        ("-1", 1, True),
        ("none", 1, True),
        ("1", 1, True),
        ("7,0", 1, True),
        ("0", 1, False),
        (" 1", 2, False),
        ("0,7", 1, False),
        ("GPU-8932f937", 1, False),
        ("MIG-GPU-8932f937/1/0", 1, False),
        ("0", 0, False),
        ("7", 0, False),
        ("-1", 0, True),
        ("", 0, True),
    ],
)
def test_what_it_leaves(value: str, cards: int, hides: bool) -> None:
    """What stands behind the first that is not there is left out, and so is that. Which are there is not
    known where `nvidia-smi` counts none.
    """
    assert hides_all({VARIABLE: value}, cards) is hides


def test_unset_it_hides_nothing() -> None:
    assert not hides_all({}, 0)


@given(st.integers(1, 16).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1))))
def test_a_card_that_is_there_is_not_hidden(cards: tuple[int, int]) -> None:
    count, number = cards
    assert not hides_all({VARIABLE: str(number)}, count)


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("SLURM_JOB_ID", "SLURM"),
        ("PBS_JOBID", "PBS"),
        ("LSB_JOBID", "LSF"),
        ("JUPYTERHUB_USER", "JupyterHub"),
        ("HOME", ""),
    ],
)
def test_who_shares_out_the_cards(name: str, whose: str) -> None:
    assert whose_job({name: "1"}) == whose
