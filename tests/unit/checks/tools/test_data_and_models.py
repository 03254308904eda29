"""Causes of the tools of data and models, on described machines: decided from facts, and silent
where there is nothing to say.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from tests.ports import refusing_port

from envcheck import Environment
from envcheck.processes.process import Ending, Finished
from envcheck.testing import described, interpreter
from envcheck_checks.tools.data import dvc, iceberg, s3
from envcheck_checks.tools.framework import what_to_install
from envcheck_checks.tools.framework.remote_call import Work
from envcheck_checks.tools.framework.trial_runs import (
    Doing,
    Variables,
    dies_at_exit,
    now_and_then,
    variable_that_breaks,
)
from envcheck_checks.tools.mlflow import mlflow
from envcheck_checks.tools.postgresql import postgresql
from envcheck_checks.tools.postgresql.server import Served

DONE = Work(values={"total": 338350})


def finished(code: int = 0, stderr: str = "", ending: Ending = Ending.EXITED) -> Finished:
    return Finished(("tool",), ending, code, "", stderr, 0.1)


def test_the_smallest_install_that_brings_a_module_back() -> None:
    """A damaged distribution alone, a forgotten extra alone, and all again only where nothing else
    is known.
    """
    python = interpreter(packages={"pyiceberg": "0.12", "rich": "14", "duckdb": "2"})
    assert what_to_install.words(python, ("pyiceberg[sql-sqlite]",), "rich.console") == [
        "--force-reinstall",
        "--no-deps",
        "rich",
    ]
    assert what_to_install.words(python, ("pyiceberg[sql-sqlite]",), "sqlalchemy") == [
        "pyiceberg[sql-sqlite]"
    ]
    assert what_to_install.words(python, ("duckdb",), "_duckdb") == ["--force-reinstall", "duckdb"]


def test_one_variable_of_several_is_named() -> None:
    """The one without which it works; none where it never works, or where none is set."""
    env = described(variables={"AWS_REGION": "eu", "AWS_PROFILE": "gone", "HOME": "/home/ada"})
    found = variable_that_breaks(env, "S3", ("AWS_",), lambda more: "AWS_PROFILE" in more)
    assert found is not None
    assert "AWS_PROFILE" in found.summary
    assert variable_that_breaks(env, "S3", ("AWS_",), lambda more: False) is None
    assert variable_that_breaks(described(), "S3", ("AWS_",), lambda more: True) is None


def test_what_is_given_up_blames_no_variable() -> None:
    """It fails, works without the variable, and is then given up with it: a busy machine, unless the
    failure itself was a wait in vain.
    """
    env = described(variables={"AWS_PROFILE": "gone"})

    def busy(more: Variables) -> bool | None:
        return True if "AWS_PROFILE" in more else None

    assert variable_that_breaks(env, "S3", ("AWS_",), busy) is None
    assert variable_that_breaks(env, "S3", ("AWS_",), busy, late=True) is not None
    assert variable_that_breaks(env, "S3", ("AWS_",), lambda more: True) is None


def test_a_value_of_a_variable_is_never_told() -> None:
    """It may be a key."""
    env = described(variables={"AWS_SECRET_ACCESS_KEY": "hush-hush"})
    assert "hush" not in str(variable_that_breaks(env, "S3", ("AWS_",), lambda more: True))


LIVES, DIES_AFTER, DIES_BEFORE = (DONE, 0), (DONE, -6), (Work(), -6)


@pytest.mark.parametrize(
    ("tries", "fine", "said", "warned"),
    [
        ([LIVES], True, "", False),
        ([DIES_BEFORE, LIVES], True, "one of two tries ended with signal 6", False),
        ([DIES_AFTER, DIES_BEFORE, LIVES], True, "two of three tries ended with signal 6", False),
        ([DIES_BEFORE, DIES_AFTER, LIVES], True, "two of three tries ended with signal 6", False),
        ([DIES_AFTER] * 5 + [LIVES], True, "five of six tries ended with signal 6", False),
        ([DIES_AFTER, DIES_BEFORE] * 3, True, "", True),
        ([DIES_AFTER] * 6, True, "", True),
        ([DIES_BEFORE, DIES_BEFORE], False, "", False),
        ([DIES_BEFORE, (Work(), 0)], False, "", False),
    ],
    ids=[
        "lives",
        "once before",
        "twice, the work first",
        "twice, the work second",
        "five times by chance",
        "always, the work now and then",
        "always after",
        "never done",
        "never done, lives",
    ],
)
def test_a_tool_that_a_signal_ends(
    tries: list[tuple[Work, int]], fine: bool, said: str, warned: bool
) -> None:
    """It is tried until it lives: now and then are words in the summary, always a warning. Two are
    enough without the work.
    """
    env = described(python=interpreter(packages={"deltalake": "1"}))
    doing = Scripted("delta", lambda folder: {}, {"total": 338350}, 1.0, left=list(tries))
    done = doing.until_it_lives(env)
    assert doing.left == []
    assert doing.fine(done) == fine
    warning = dies_at_exit(env, "Delta Lake", ("deltalake",), done) if fine else None
    assert (warning is not None) == warned
    assert warning is None or not warning.fixes[0].automatic
    assert not fine or now_and_then(done) == said


@pytest.mark.parametrize(("seconds", "tries"), [(1.0, 6), (9.0, 3), (60.0, 3)])
def test_a_slow_tool_is_not_tried_for_minutes(seconds: float, tries: int) -> None:
    slow = replace(DONE, finished=replace(finished(-6), seconds=seconds))
    env = described(python=interpreter(packages={"deltalake": "1"}))
    doing = Scripted("delta", lambda folder: {}, {"total": 338350}, 1.0, left=[(slow, -6)] * 9)
    assert doing.until_it_lives(env).tries == tries


@dataclass(frozen=True)
class Scripted(Doing):
    """Whose tries end as they are told to."""

    left: list[tuple[Work, int]] = field(default_factory=list)

    def do(
        self,
        env: Environment,
        folder: Path,
        more: Mapping[str, str | None] | None = None,
    ) -> Work:
        done, code = self.left.pop(0)
        return replace(done, finished=replace(finished(code), seconds=done.finished.seconds))


def test_work_is_fine_when_all_that_is_expected_came() -> None:
    """More may come; less, other, or nothing is not fine."""
    doing = Doing("x", lambda folder: {}, {"total": 338350}, 1.0)
    assert doing.fine(DONE)
    assert doing.fine(Work(values={"total": 338350, "version": "2"}))
    assert not doing.fine(Work(values={"total": 338349}))
    assert not doing.fine(Work())


@pytest.mark.parametrize(
    "value",
    [
        "",
        "sqlite:///runs.db",
        "file:///runs",
        "databricks",
        "https://mlflow.example.org",
        "http://192.0.2.1:5000",
        "http://[bad",
    ],
)
def test_only_a_tracking_server_on_this_computer_is_asked(value: str) -> None:
    """Files and servers elsewhere are the learner's own matter."""
    assert (
        mlflow.server_away(described(variables={"MLFLOW_TRACKING_URI": value} if value else {}))
        is None
    )


def test_a_tracking_server_on_this_computer() -> None:
    """One that listens is fine; one that does not is named with its port, and the first fix is
    automatic.
    """
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        env = described(variables={"MLFLOW_TRACKING_URI": f"http://127.0.0.1:{port}"})
        assert mlflow.server_away(env) is None
    with refusing_port() as port:
        env = described(variables={"MLFLOW_TRACKING_URI": f"http://127.0.0.1:{port}"})
        cause = mlflow.server_away(env)
    assert cause is not None
    assert str(port) in cause.evidence.found
    assert [fix.automatic for fix in cause.fixes] == [True, False]


def test_a_catalogue_may_be_made_where_its_folder_is(tmp_path: Path) -> None:
    """In memory, elsewhere, in a folder that is there, or beside the learner's work: nothing to
    say.
    """
    places = (
        "sqlite:///:memory:",
        "https://rest.example.org",
        f"sqlite:///{tmp_path}/catalogue.db",
        "sqlite:///catalogue.db",
    )
    for place in places:
        assert (
            iceberg.unwritable_catalogue(
                described(variables={"PYICEBERG_CATALOG__DEFAULT__URI": place}, folder=tmp_path),
                DONE,
            )
            is None
        )


def test_a_catalogue_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """The variable and the folder are named."""
    env = described(
        variables={"PYICEBERG_CATALOG__COURSE__URI": f"sqlite:///{tmp_path}/gone/catalogue.db"}
    )
    cause = iceberg.unwritable_catalogue(env, DONE)
    assert cause is not None
    assert (cause.code, cause.evidence.looked_in) == (
        "iceberg-catalogue-unwritable",
        "PYICEBERG_CATALOG__COURSE__URI",
    )
    assert cause.evidence.found.endswith("gone is not there")


def test_git_knows_the_learner_or_not() -> None:
    """git's own answer decides, and its last line is the evidence."""
    assert dvc.unnamed(described(facts={dvc.identity: finished()})) is None
    cause = dvc.unnamed(
        described(
            facts={
                dvc.identity: finished(
                    128, "*** Please tell me who you are.\n\nfatal: no email was given\n"
                )
            }
        )
    )
    assert cause is not None
    assert cause.evidence.found == "fatal: no email was given"


def test_boto3_reads_the_learners_own_files(tmp_path: Path) -> None:
    """They lie in the learner's home, unless a variable says where."""
    env = described(variables={"HOME": str(tmp_path), "AWS_CONFIG_FILE": "/course/aws"})
    assert s3.own_files(env) == {
        "AWS_CONFIG_FILE": "/course/aws",
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / ".aws" / "credentials"),
    }
    assert s3.settings_file_breaks(env, Work(values=s3.EXPECTED)) is None


def test_the_client_of_postgresql_is_not_its_server(tmp_path: Path) -> None:
    """`psql` alone: said so; and the server's programs are looked for in one folder, all
    of them.
    """
    psql = tmp_path / "psql"
    psql.write_text("#!/bin/sh\n")
    psql.chmod(0o755)
    cause = postgresql.missing(described(variables={"PATH": str(tmp_path)}))
    assert (cause.code, cause.evidence.found) == ("program-missing", str(psql))
    assert "its server is not" in cause.summary
    assert (
        "there is no command `postgres`"
        in postgresql.missing(described(variables={"PATH": ""})).summary
    )


@pytest.mark.parametrize(
    ("step", "ended", "code"),
    [
        ("initdb", finished(1, "initdb: error: no room"), "tool-fails"),
        ("postgres", finished(0, ending=Ending.TIMED_OUT), "tool-hangs"),
        ("stop", finished(0), "tool-answers-wrong"),
    ],
)
def test_how_far_postgresql_came(step: str, ended: Finished, code: str) -> None:
    """A step that failed, one that did not end, and a sum that is another."""
    assert postgresql.broken(Served(step, ended, "100|1"), Path("/pg/bin")).code == code
