"""The track of pipelines: Dask, Beam and Airflow at work, absent, and broken."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from tests.stories.machine import Seen
from tests.stories.tracks.conftest import MakeLearner
from tests.stories.tracks.learner import automatic, summary

from envcheck_checks.tools.airflow.standalone import APART

pytestmark = pytest.mark.slow

APART_WORKS = (
    shutil.which(APART[0]) is not None
    and subprocess.run([*APART, "true"], capture_output=True, check=False).returncode == 0
)
in_a_network_of_its_own = pytest.mark.skipif(
    not APART_WORKS, reason="only on a system that gives a program a network of its own"
)


@pytest.mark.whole
def test_all_three_work_within_the_limit_of_a_run(make_learner: MakeLearner) -> None:
    """As a learner types it: a sum over two processes, words counted without a download, two tasks;
    no `~/airflow` by it.
    """
    learner = make_learner("pipelines")
    done = learner.run("track", "pipelines", "--format", "json", "--python", str(learner.python))
    seen = Seen(done.returncode, done.stdout, done.stderr, json.loads(done.stdout))
    assert (seen.code, seen.report["verdict"], seen.report["diagnoses"]) == (0, "ready", []), (
        seen.out
    )
    assert "2 processes agree on 338350" in summary(seen, "dask")
    assert "600 words counted on FnApiRunner; the default runner" in summary(seen, "beam")
    assert "two tasks ran one after the other and agree on 338350" in summary(seen, "airflow")
    assert learner.files() == [], learner.files()


def test_dask_works(make_learner: MakeLearner) -> None:
    """Two processes and a sum, under settings of the learner's own, of which nothing is changed."""
    learner = make_learner("pipelines")
    learner.write(
        "home/.config/dask/mine.yaml", "distributed:\n  scheduler:\n    allowed-failures: 5\n"
    )
    assert "2 processes agree on 338350" in learner.works("pipelines", "dask")


@pytest.mark.whole
def test_dask_is_absent(make_learner: MakeLearner) -> None:
    """Dask is there and its scheduler is not: that alone is installed."""
    learner = make_learner("pipelines", own=True)
    learner.remove("@site/distributed", "@site/distributed-*")
    cause = learner.fails_and_is_mended("pipelines", "dask", "tool-missing")
    assert cause["evidence"]["found"].endswith("without distributed")
    assert "MB" in automatic(cause)[0]


@pytest.mark.whole
def test_dask_of_another_version_than_its_scheduler(make_learner: MakeLearner) -> None:
    """Something installed an older dask under the scheduler: the versions are named, and `--fix`
    makes them fit.
    """
    learner = make_learner("pipelines", own=True)
    learner.pip("install", "--no-deps", "dask==2025.1.0")
    cause = learner.fails_and_is_mended("pipelines", "dask", "dependency-wrong-version")
    assert "dask is too old for distributed" in cause["summary"]


@pytest.mark.whole
def test_a_settings_file_of_dask_that_cannot_be_read(make_learner: MakeLearner) -> None:
    """One of two files of the learner's is cut off: it is named and moved aside."""
    learner = make_learner("pipelines")
    learner.write("home/.config/dask/fine.yaml", "array:\n  chunk-size: 64MiB\n")
    learner.write("home/.config/dask/mine.yaml", "distributed:\n  worker: [\n")
    cause = learner.fails_and_is_mended("pipelines", "dask", "dask-settings-file")
    assert cause["evidence"]["looked_in"] == "~/.config/dask/mine.yaml"
    assert (learner.home / ".config/dask/fine.yaml").exists()


@pytest.mark.whole
def test_a_variable_of_dask_that_keeps_the_workers_away(make_learner: MakeLearner) -> None:
    """Encryption is asked for and there are no certificates: the variable is found by trial."""
    learner = make_learner("pipelines")
    learner.variables["DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION"] = "true"
    cause = learner.fails("pipelines", "dask", "tool-variable-breaks")
    assert "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION" in cause["summary"]


def test_beam_is_absent(make_learner: MakeLearner) -> None:
    """It is named with its size."""
    learner = make_learner("pipelines", own=True)
    learner.remove("@site/apache_beam", "@site/apache_beam-*")
    assert "MB" in automatic(learner.fails("pipelines", "beam", "tool-missing"))[0]


@pytest.mark.whole
def test_beam_with_a_protobuf_that_is_too_old(make_learner: MakeLearner) -> None:
    """Another tool took protobuf back to 3: Beam cannot be imported, the versions are named, and
    `--fix` makes them fit.
    """
    learner = make_learner("pipelines", own=True)
    learner.pip("install", "--no-deps", "protobuf==3.19.6")
    cause = learner.fails_and_is_mended("pipelines", "beam", "dependency-wrong-version")
    assert "protobuf is too old for apache-beam" in cause["summary"]


@pytest.mark.whole
def test_airflow_is_absent(make_learner: MakeLearner) -> None:
    """It is named with its size."""
    learner = make_learner("pipelines", own=True)
    learner.remove("@site/apache_airflow-*")
    assert "MB" in automatic(learner.fails("pipelines", "airflow", "tool-missing"))[0]


@pytest.mark.whole
def test_a_variable_of_airflow_that_is_no_value(make_learner: MakeLearner) -> None:
    """A logging level that does not exist ends every command; the variable is found by trial."""
    learner = make_learner("pipelines")
    learner.variables.update(AIRFLOW__LOGGING__LOGGING_LEVEL="LOUD", AIRFLOW__CORE__PARALLELISM="8")
    cause = learner.fails("pipelines", "airflow", "tool-variable-breaks")
    assert "AIRFLOW__LOGGING__LOGGING_LEVEL" in cause["summary"]
    assert automatic(cause)


@pytest.mark.whole
def test_a_dag_that_cannot_be_imported(make_learner: MakeLearner) -> None:
    """A provider is gone: the database is made and the DAG is not, which is told apart from a
    missing migration.
    """
    learner = make_learner("pipelines", own=True)
    learner.remove("@site/airflow/providers/standard", "@site/apache_airflow_providers_standard-*")
    cause = learner.fails_and_is_mended("pipelines", "airflow", "airflow-dag-import")
    assert "no missing migration" in cause["note"]
    assert cause["evidence"]["wanted"] == "apache-airflow-providers-standard"


@pytest.mark.whole
def test_an_own_database_that_was_never_migrated(make_learner: MakeLearner) -> None:
    """Airflow works; the learner's own home has a database without tables: a warning with the line
    that makes them.
    """
    learner = make_learner("pipelines")
    learner.write("home/airflow/airflow.db", "")
    before = learner.files()
    seen = learner.track("pipelines", "airflow")
    assert (seen.code, seen.errors, seen.warnings) == (0, [], ["airflow-not-migrated"]), (
        seen.report["diagnoses"]
    )
    assert "-m airflow db migrate" in str(seen.first["fixes"])
    assert learner.files() == before


@pytest.mark.long
@in_a_network_of_its_own
@pytest.mark.whole
def test_all_of_airflow_works(make_learner: MakeLearner) -> None:
    """Four parts become healthy where nobody else can reach them, and all forty processes are gone
    afterwards.
    """
    said = make_learner("pipelines").works("pipelines", "airflow-standalone", "--deep")
    assert "scheduler, triggerer: healthy after" in said


@pytest.mark.long
@pytest.mark.whole
@in_a_network_of_its_own
def test_airflow_without_its_program(make_learner: MakeLearner) -> None:
    """`python -m airflow` works, and the program `airflow` is gone, by which the parts are started:
    `--fix` brings it back.
    """
    learner = make_learner("pipelines", own=True)
    learner.remove("venv/bin/airflow")
    cause = learner.fails_and_is_mended(
        "pipelines", "airflow-standalone", "airflow-command-missing", "--deep"
    )
    assert "by which Airflow starts its parts" in cause["summary"]
    assert (learner.prefix / "bin" / "airflow").is_file()


@pytest.mark.long
@pytest.mark.whole
def test_airflow_with_a_sqlalchemy_of_another_time(make_learner: MakeLearner) -> None:
    """Installed without Airflow's constraints, another tool took SQLAlchemy back to 1: the versions
    are named.
    """
    learner = make_learner("pipelines", own=True)
    learner.pip("install", "--no-deps", "sqlalchemy==1.4.54")
    cause = learner.fails("pipelines", "airflow", "dependency-wrong-version")
    assert "SQLAlchemy is too old for apache-airflow-core" in cause["summary"]
    assert automatic(cause)
