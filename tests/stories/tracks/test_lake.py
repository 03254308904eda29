"""The track of tables in files: Delta Lake and Iceberg at work, absent, and broken."""

from __future__ import annotations

import re

import pytest
from tests.stories.tracks.conftest import MakeLearner
from tests.stories.tracks.learner import Learner, automatic

pytestmark = pytest.mark.slow

DELTA = "@site/deltalake/__init__.py"
ABORTS_AT_EXIT = "\nimport atexit, os\natexit.register(os.abort)\n"
# The first process to come here leaves a file behind and dies; those after it live, also at their
# exit: Arrow's threads abort there by themselves, about once in 20.
DIES_ONCE = """
    import atexit, os, sys

    try:
        os.close(os.open({flag!r}, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        atexit.register(os._exit, 0)
        atexit.register(sys.stdout.flush)
    else:
        os.abort()
    """


def test_delta_works(make_learner: MakeLearner) -> None:
    """Written, appended to, and read as it was before."""
    assert "time travel agree: 42925, then 338350" in make_learner("data").works("lake", "delta")


@pytest.mark.whole
def test_delta_is_absent(make_learner: MakeLearner) -> None:
    """It is named with its size, and `--fix` installs it."""
    learner = make_learner("data", own=True)
    learner.remove("@site/deltalake", "@site/deltalake-*")
    assert "MB" in automatic(learner.fails_and_is_mended("lake", "delta", "tool-missing"))[0]


@pytest.mark.whole
def test_delta_aborts_at_every_exit(make_learner: MakeLearner) -> None:
    """The work is done and its process dies afterwards, each time: ready, with a warning that names
    the signal.
    """
    learner = make_learner("data", own=True)
    learner.write(DELTA, learner.at(DELTA).read_text() + ABORTS_AT_EXIT)
    seen = learner.track("lake", "delta")
    assert (seen.code, seen.errors, seen.warnings) == (0, [], ["tool-dies-at-exit"])
    # Six; fewer, of three at least, where they took 20 seconds
    each = r"signal 6 after the work; (three|four|five|six) of \1 tries ended so"
    assert re.search(each, seen.first["evidence"]["found"])
    assert not automatic(seen.first), "nobody knows that a newer version helps"


@pytest.mark.whole
def test_delta_dies_once(make_learner: MakeLearner) -> None:
    """Before its work, and not again: the second try proves it, and the summary says so."""
    learner = make_learner("data", own=True)
    breaks_delta(learner, DIES_ONCE.format(flag=str(learner.root / "once")))
    assert "one of two tries ended with signal 6" in learner.works("lake", "delta")


def test_delta_dies_always(make_learner: MakeLearner) -> None:
    """Before its work, both times: the signal is named, and no cause is made up."""
    learner = make_learner("data", own=True)
    breaks_delta(learner, "import os\nos.abort()\n")
    cause = learner.fails("lake", "delta", "tool-fails")
    assert "signal 6" in cause["evidence"]["found"]


def test_iceberg_works(make_learner: MakeLearner) -> None:
    """Two appends and a filter; the learner's own catalogue, which does not answer, is
    not asked.
    """
    learner = make_learner("data")
    learner.variables.update(
        PYICEBERG_CATALOG__DEFAULT__URI="http://192.0.2.1",
        PYICEBERG_CATALOG__OWN__URI="sqlite:///catalogue.db",
    )
    assert "a filtered scan agree: 295425 of 338350" in learner.works("lake", "iceberg")


@pytest.mark.whole
def test_iceberg_is_absent(make_learner: MakeLearner) -> None:
    """It is named with its size, and `--fix` installs it with its extras."""
    learner = make_learner("data", own=True)
    learner.remove("@site/pyiceberg", "@site/pyiceberg-*")
    cause = learner.fails_and_is_mended("lake", "iceberg", "tool-missing")
    assert "MB" in automatic(cause)[0]


@pytest.mark.whole
def test_iceberg_without_its_extra(make_learner: MakeLearner) -> None:
    """`pip install pyiceberg` alone brings no SQLite catalogue: what is missing is named, and that
    alone is installed.
    """
    learner = make_learner("data", own=True)
    learner.remove("@site/sqlalchemy", "@site/[sS][qQ][lL][aA]lchemy-*")
    cause = learner.fails_and_is_mended("lake", "iceberg", "tool-incomplete")
    assert "sqlalchemy" in cause["summary"]
    assert "--force-reinstall" not in cause["fixes"][0]["steps"][0]["argv"]


@pytest.mark.whole
def test_a_catalogue_that_cannot_be_written(make_learner: MakeLearner) -> None:
    """The learner's own catalogue lies in a folder of somebody else's: the variable is named before
    their code meets it.
    """
    learner = make_learner("data")
    shared = learner.write("shared/readme").parent
    shared.chmod(0o555)
    learner.as_a_plain_user()
    learner.variables["PYICEBERG_CATALOG__DEFAULT__URI"] = f"sqlite:///{shared}/catalogue.db"
    cause = learner.fails("lake", "iceberg", "iceberg-catalogue-unwritable")
    assert "may not be written to" in cause["summary"]
    assert not automatic(cause)


def breaks_delta(learner: Learner, text: str) -> None:
    learner.write("@site/deltalake/_begin.py", text)
    learner.write(DELTA, "from deltalake import _begin\n" + learner.at(DELTA).read_text())
