"""The track of databases and files: SQLite, DuckDB, PostgreSQL and an S3 store at work, absent, and
broken.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.stories.tracks.conftest import MakeLearner
from tests.stories.tracks.learner import Learner, automatic
from tests.stories.tracks.listening import Listening
from tests.stories.tracks.taken_port import FIRST_PORT_TAKEN

pytestmark = pytest.mark.slow

HIDDEN_BY_DEBIAN = "/usr/lib/postgresql"
# As in a Python that was compiled where SQLite's headers were not: the module's file is not there.
WITHOUT_SQLITE = """
    import sys

    class Gone:
        def find_spec(self, name, path=None, target=None):
            if name == "_sqlite3":
                raise ModuleNotFoundError("No module named '_sqlite3'", name=name)

    sys.meta_path.insert(0, Gone())
    """
needs_server = pytest.mark.skipif(
    not (shutil.which("initdb") or Path(HIDDEN_BY_DEBIAN).is_dir()),
    reason="there is no PostgreSQL server here",
)


def test_sqlite_works(make_learner: MakeLearner) -> None:
    """A table, a transaction and a sum, in any Python, whatever is installed in it."""
    assert "338350" in make_learner("data").works("warehouse", "sqlite")


def test_a_python_without_sqlite(make_learner: MakeLearner) -> None:
    """A Python that was built without SQLite: the Python is the cause, and the database waits for
    it.
    """
    learner = make_learner("data", own=True)
    learner.write("@site/without_sqlite.py", WITHOUT_SQLITE)
    learner.write("@site/without_sqlite.pth", "import without_sqlite\n")
    cause = learner.fails("warehouse", "sqlite", "python-standard-library-gap")
    assert "sqlite3" in cause["summary"]


def test_duckdb_works(make_learner: MakeLearner) -> None:
    """From CSV through a table to Parquet, and SQL over it."""
    assert "338350" in make_learner("data").works("warehouse", "duckdb")


@pytest.mark.whole
def test_duckdb_is_absent(make_learner: MakeLearner) -> None:
    """It is named with its size, and `--fix` installs it."""
    learner = make_learner("data", own=True)
    learner.remove("@site/duckdb", "@site/_duckdb*", "@site/duckdb-*")
    cause = learner.fails_and_is_mended("warehouse", "duckdb", "tool-missing")
    assert "MB" in automatic(cause)[0]


@pytest.mark.whole
def test_duckdb_of_another_major_version(make_learner: MakeLearner) -> None:
    """Versions 1 and 2 have different methods: the work is judged by what comes out, in both."""
    learner = make_learner("data", own=True)
    newest = learner.works("warehouse", "duckdb").partition(".")[0]
    learner.pip("install", f"duckdb<{newest}")
    assert learner.works("warehouse", "duckdb").partition(".")[0] != newest


@pytest.mark.whole
def test_duckdb_is_hidden_by_a_variable(make_learner: MakeLearner) -> None:
    """PYTHONPATH leads to a folder with somebody's `duckdb.py`: found by trial, and green without
    it.
    """
    learner = make_learner("data")
    learner.write("lib/duckdb.py", "raise RuntimeError('the exercise of week 3')\n")
    learner.variables["PYTHONPATH"] = str(learner.root / "lib")
    assert (
        "PYTHONPATH"
        in learner.fails_and_is_mended("warehouse", "duckdb", "tool-variable-breaks")["summary"]
    )


@pytest.mark.whole
@needs_server
def test_postgresql_works(make_learner: MakeLearner, listening: Listening) -> None:
    """A server on loopback and nowhere else, also under a locale that is not there and another
    server's settings.
    """
    learner = make_learner("data")
    learner.wrap = listening.before_a_command
    learner.variables.update(
        LC_ALL="xx_XX.UTF-8",
        PGHOSTADDR="192.0.2.1",
        PGSSLMODE="verify-full",
        PGSERVICE="work",
        PGDATA="/nowhere",
    )
    assert "338350" in learner.works("warehouse", "postgresql")
    assert "postgres" in listening.programs
    assert listening.addresses == {"127.0.0.1"}


@pytest.mark.whole
@needs_server
def test_somebody_takes_the_port_before_postgresql(make_learner: MakeLearner) -> None:
    """Making a database takes seconds; then it listens on another port."""
    seen = make_learner("data").track("warehouse", "postgresql", launcher=FIRST_PORT_TAKEN)
    assert (seen.code, seen.report["diagnoses"]) == (0, []), seen.report["diagnoses"]


@pytest.mark.whole
@needs_server
def test_only_the_client_of_postgresql(make_learner: MakeLearner, tmp_path: Path) -> None:
    """`psql` is on the PATH, the server is nowhere: said so, with this system's install command and
    the size.
    """
    learner = make_learner("data")
    _only_psql(learner, tmp_path)
    cause = learner.fails("warehouse", "postgresql", "program-missing")
    assert "its client `psql` is here, its server is not" in cause["summary"]
    assert "MB" in cause["fixes"][0]["title"]
    assert not automatic(cause)


@pytest.mark.whole
@needs_server
def test_postgresql_and_root_without_anybody_else(
    make_learner: MakeLearner, tmp_path: Path
) -> None:
    """Root, and no program to become another user: a skip that says so, no failure."""
    learner = make_learner("data")
    learner.variables["PATH"] = str(tmp_path)
    for name in ("initdb", "postgres"):
        (tmp_path / name).symlink_to(_server_folder() / name)
    if not learner.run(argv=["/usr/bin/id", "-u"]).stdout.startswith("0\n"):
        pytest.skip("only for root: anybody else needs no other user")
    seen = learner.track("warehouse", "postgresql")
    one = next(one for one in seen.report["checks"] if one["id"] == "warehouse.postgresql")
    assert (one["status"], "refuses to run as root" in one["skip_reason"]) == ("skip", True)


@pytest.mark.whole
@needs_server
def test_a_variable_breaks_the_client_of_postgresql(make_learner: MakeLearner) -> None:
    """A typing error in PGCLIENTENCODING ends every connection; without it all is well."""
    learner = make_learner("data")
    learner.variables["PGCLIENTENCODING"] = "utf-eight"
    assert (
        "PGCLIENTENCODING"
        in learner.fails_and_is_mended("warehouse", "postgresql", "tool-variable-breaks")["summary"]
    )


def test_s3_works(make_learner: MakeLearner, listening: Listening) -> None:
    """On loopback, whatever place and region the learner's variables and files name, and it says
    that it is an emulator.
    """
    learner = make_learner("data")
    learner.wrap = listening.before_a_command
    learner.write(
        "home/.aws/config",
        "[default]\nregion = eu-west-1\nendpoint_url = http://192.0.2.1\n[profile work]\nregion = eu-west-3\n",
    )
    elsewhere = "http://192.0.2.1:9000"
    learner.variables.update(
        AWS_PROFILE="work",
        AWS_ENDPOINT_URL=elsewhere,
        AWS_USE_FIPS_ENDPOINT="true",
        HTTP_PROXY=elsewhere,
        http_proxy=elsewhere,
    )
    assert "a local emulator: 338350" in learner.works("warehouse", "s3")
    assert listening.addresses == {"127.0.0.1"}


@pytest.mark.whole
def test_s3_is_absent(make_learner: MakeLearner) -> None:
    """boto3 is there, the store for practice is not: that alone is installed."""
    learner = make_learner("data", own=True)
    learner.remove("@site/moto", "@site/moto-*")
    cause = learner.fails_and_is_mended("warehouse", "s3", "tool-missing")
    assert cause["evidence"]["found"].endswith("without moto[server]")


@pytest.mark.whole
def test_a_profile_that_is_not_there(make_learner: MakeLearner) -> None:
    """AWS_PROFILE names a profile that no file has: boto3 starts nothing, and the variable is
    named.
    """
    learner = make_learner("data")
    learner.variables["AWS_PROFILE"] = "university"
    cause = learner.fails("warehouse", "s3", "tool-variable-breaks")
    assert cause["fixes"][0]["steps"] == [{"do": "unset-env", "name": "AWS_PROFILE"}]


@pytest.mark.whole
def test_a_settings_file_that_cannot_be_read(make_learner: MakeLearner) -> None:
    """A bracket is missing in ~/.aws/config: the file is named, and a person corrects it."""
    learner = make_learner("data")
    learner.write("home/.aws/config", "[default\nregion = eu-west-1\n")
    cause = learner.fails("warehouse", "s3", "aws-settings-file-breaks")
    assert "~/.aws/config" in cause["summary"]
    assert not automatic(cause)


def _server_folder() -> Path:
    return max(
        Path(HIDDEN_BY_DEBIAN).glob("*/bin"),
        default=Path(shutil.which("initdb") or "/").resolve().parent,
    )


def _only_psql(learner: Learner, folder: Path) -> None:
    """Hide the folder of the server's programs, and put `psql` and an apt on the PATH."""
    if not Path(HIDDEN_BY_DEBIAN).is_dir() or shutil.which("unshare") is None:
        pytest.skip("only where Debian's folder of the server can be hidden")
    for name in ("psql", "apt"):
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)
    learner.wrap = ["unshare", "-m"]
    learner.limited(f"mount -t tmpfs none {HIDDEN_BY_DEBIAN}")
    learner.variables["PATH"] = f"{folder}:/usr/bin:/bin"
