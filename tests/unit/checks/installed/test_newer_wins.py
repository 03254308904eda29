"""Of two that refuse one another the older one is changed."""

from __future__ import annotations

from tests.unit.checks.installed.test_misfits import made

from envcheck_checks.installed import conflicts
from envcheck_checks.installed.misfits import line, misfits
from envcheck_checks.installed.newer_wins import newer_wins

PACKAGES = {"jupyterlab": "3.6.8", "notebook": "7.6.5"}
NEEDS = {
    "jupyterlab": ["notebook<7", "nbclassic", "jupyter-ydoc~=0.2.4"],
    "notebook": ["jupyterlab<4.7,>=4.6.6"],
}


def test_wherever_one_begins() -> None:
    """Nothing that the old one needs is brought, and the new one stays as it is."""
    python = made(PACKAGES, NEEDS)
    for names in (["jupyterlab"], ["notebook"], ["jupyterlab", "notebook"]):
        unfit = misfits(python, names)
        assert line(python, unfit) == ["--upgrade", "jupyterlab<4.7,>=4.6.6"], names
        assert not unfit.absent


def test_as_a_warning() -> None:
    python = made(PACKAGES, NEEDS)
    unfit = conflicts._own_misfits(python, ["jupyterlab", "notebook"])
    assert line(python, unfit) == ["--upgrade", "jupyterlab<4.7,>=4.6.6"]


def test_one_that_alone_refuses_is_believed() -> None:
    """The other one has nothing against it."""
    python = made(PACKAGES, {"jupyterlab": ["notebook<7"]})
    assert line(python, misfits(python, ["jupyterlab"])) == ["--upgrade", "notebook<7"]


def test_two_that_each_want_a_newer_other() -> None:
    """Neither is too old for what it asks: the nearer is believed, as ever."""
    python = made({"a": "1", "b": "1"}, {"a": ["b>=2"], "b": ["a>=2"]})
    unfit = misfits(python, ["a"])
    assert newer_wins(python, unfit.absent, unfit.refused) == (unfit.absent, unfit.refused)
    assert set(unfit.refused) == {"b"}
