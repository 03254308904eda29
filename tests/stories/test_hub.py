"""`envcheck hub` against real hubs, whose users have an environment each in place of an image."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Envcheck
from tests.lines_of_pages import to_type
from tests.pace import wait_for, within
from tests.stories.running_hub import SCOPES, TOKEN, RunningHub, environments, running
from tests.unit.engine.sending.strict_server import Class, serving

from envcheck.classroom.handed_in import read

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: LocalProcessSpawner"),
]
READY, LACKING, DEAD = "anna", '<img src=x onerror="ben">', "carla"
OF_THE_PAGE = "https://hub.example.org"
LINES = to_type("docs/hubs.md")
ENVIRON = {"JUPYTERHUB_API_TOKEN": TOKEN}
# A server that its user has changed: it keeps what it is shown.
THIEF = """
import tornado.httputil

plain = tornado.httputil.HTTPServerRequest.__init__

def init(self, *words, **named):
    plain(self, *words, **named)
    with open({!r}, "a") as file:
        print(self.headers.get("Authorization"), self.headers.get("Cookie"), file=file)

tornado.httputil.HTTPServerRequest.__init__ = init
"""
ONE_AT_A_TIME = """
c.JupyterHub.concurrent_spawn_limit = 1
c.JupyterHub.spawn_throttle_retry_range = (1, 2)
"""


@pytest.fixture(scope="module")
def users(healthy: Path) -> dict[str, Path]:
    own = environments(healthy)
    return {READY: own["whole"], LACKING: own["lacking"], DEAD: Path("/nowhere/bin/python")}


@pytest.fixture(scope="module")
def newest(
    users: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningHub]:
    """The newest hub, which starts one server at a time and refuses others with 429."""
    folder = tmp_path_factory.mktemp("hub")
    with running(RunningHub(folder, users, more=ONE_AT_A_TIME)) as of:
        yield of


@pytest.fixture
def hub(newest: RunningHub) -> Iterator[RunningHub]:
    """That hub, as every test finds it: no server runs, and nothing lies about."""
    yield newest
    newest.put_back()


@pytest.mark.long
def test_three_users(hub: RunningHub, envcheck: Envcheck, tmp_path: Path) -> None:
    """What docs/hubs.md says is typed. One is ready, one lacks a package, one's server does not start:
    each has a line, the first two a report, and all is as it was. The hub starts one server at a time,
    and says 429 to the second.
    """
    dry, visit, show = (line.replace(OF_THE_PAGE, hub.address) for line in LINES)
    ran = envcheck(*shlex.split(dry)[1:], env=ENVIRON, cwd=tmp_path)
    assert (ran.code, hub.running()) == (0, set())
    assert "3 servers would be started, 2 at a time. Nothing was." in ran.stdout
    reports = tmp_path / "reports"
    ran = envcheck(*shlex.split(visit)[1:], env=ENVIRON, cwd=tmp_path, timeout=300)
    assert ran.code == 1, ran.stderr
    told = " ".join(ran.stdout.split())
    assert f"ready {READY}" in told
    assert f"NOT READY {LACKING} pandas and seaborn are not installed in this Python" in told
    assert re.search(
        rf"no report {DEAD} the server did not start: .*No such file or directory", told
    )
    assert "1 not ready, 1 without a report, 1 ready" in told
    assert " 429 POST /hub/api/users/" in hub.log
    assert max(map(len, ran.stdout.splitlines())) <= 80
    read = {json.loads(file.read_text())["alias"]: file for file in reports.iterdir()}
    assert set(read) == {READY, LACKING}
    assert (
        TOKEN not in "".join(file.read_text() for file in read.values()) + ran.stdout + ran.stderr
    )
    assert hub.running() == set()
    wait_until_it_is_gone(hub)
    assert "2 reports of 2 learners" in envcheck(*shlex.split(show)[1:], cwd=tmp_path).stdout
    shown = envcheck("class", "show", reports, "--format", "html")
    assert shown.code == 1
    assert "<img src=x" not in shown.stdout and "&lt;img src=x" in shown.stdout


@pytest.mark.whole
def test_a_server_that_runs_goes_on(hub: RunningHub, envcheck: Envcheck, tmp_path: Path) -> None:
    """It is entered, and neither started nor stopped. Its user has changed it, so that it keeps what it
    is shown: a token of theirs, which is gone again, and never the service's. The report goes to the
    class.
    """
    stolen = hub.folder / "stolen"
    config = hub.folder / "homes" / READY / ".jupyter" / "jupyter_server_config.py"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(THIEF.format(str(stolen)), encoding="utf-8")
    wait_for("its server starts", 60, lambda: hub.begin(READY))
    words = ["hub", hub.address, "chapter2", "--user", READY, "--quick", "--format", "json"]
    with serving(Class()) as of:
        refused = envcheck(*words, "--submit", of.link, env=ENVIRON)
        assert refused.code == 2 and "--send-without-asking" in refused.stderr
        words += ["--submit", of.link, "--send-without-asking"]
        ran = envcheck(*words, env={**ENVIRON, "HOME": str(tmp_path)}, timeout=300)
        assert [read("", body).alias for _, body in of.reports] == [READY]  # type: ignore[union-attr]
        assert of.link.rpartition("/")[2] not in ran.stdout + ran.stderr
    config.unlink()
    shown = stolen.read_text(encoding="utf-8")
    assert "token " in shown and TOKEN not in shown
    (user,) = json.loads(ran.stdout)["users"]
    assert (ran.code, user["state"], user["ready_seconds"]) == (0, "partial", None), ran.stderr
    assert hub.running() == {READY}
    wait_until_it_is_gone(hub)
    notes = [token["note"] for token in hub.ask("GET", f"/users/{READY}/tokens")[1]["api_tokens"]]
    assert "envcheck hub" not in notes


@contextlib.contextmanager
def begun(hub: RunningHub, *words: str) -> Iterator[subprocess.Popen[str]]:
    """The command, as it goes on."""
    argv = [sys.executable, "-I", "-X", "utf8", "-m", "envcheck", "hub", hub.address, *words]
    with subprocess.Popen(
        argv,
        env={"PATH": os.environ["PATH"], "HOME": str(hub.folder), **ENVIRON},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as command:
        try:
            yield command
        finally:
            command.kill()


def arrived(hub: RunningHub) -> bool:
    """Whether envcheck has begun in somebody's server."""
    return any(hub.temporary.glob("envcheck-*/env/bin/envcheck"))


def wait_until_it_is_gone(hub: RunningHub) -> None:
    """Nothing of envcheck stays where the servers keep what is temporary."""
    wait_for("the folder goes", 20, lambda: not [*hub.temporary.iterdir()])


@pytest.mark.whole
def test_ctrl_c_stops_what_was_started(hub: RunningHub) -> None:
    """The server ends, and nothing of envcheck stays in it."""
    with begun(hub, "chapter2", "--user", READY) as command:
        wait_for("it arrives", 60, lambda: arrived(hub))
        command.send_signal(signal.SIGINT)
        out, err = command.communicate(timeout=within(90))
    assert command.returncode == 130, err
    assert re.search(rf"no report +{READY} +it was interrupted", out)
    assert "stopping what was started" in err
    assert hub.running() == set()
    wait_until_it_is_gone(hub)


@pytest.mark.whole
def test_the_hub_starts_again_meanwhile(hub: RunningHub, tmp_path: Path) -> None:
    """It is waited for: the user's server went on, and so did envcheck in it."""
    words = ("chapter2", "--quick", "--user", READY, "--output", str(tmp_path / "reports"))
    with begun(hub, *words) as command:
        wait_for("it arrives", 60, lambda: arrived(hub))
        hub.stop()
        time.sleep(1)
        hub.start()
        out, err = command.communicate(timeout=within(90))
    assert (command.returncode, "works" in out) == (0, True), out + err
    assert [file.name for file in (tmp_path / "reports").iterdir()] == [f"{READY}.json"]
    assert hub.running() == set()
    wait_until_it_is_gone(hub)


@pytest.mark.whole
def test_a_scope_is_missing(hub: RunningHub, envcheck: Envcheck) -> None:
    """Nothing is started, and the scope is named: each that docs/hubs.md names is needed."""
    try:
        for left_out in SCOPES:
            hub.scopes = tuple(scope for scope in SCOPES if scope != left_out)
            hub.stop()
            hub.start()
            ran = envcheck("hub", hub.address, "chapter2", "--all", env=ENVIRON)
            assert ran.code == 3 and left_out in ran.stderr, ran.stderr
    finally:
        hub.scopes = SCOPES
        hub.stop()
        hub.start()
    assert hub.running() == set()


@pytest.mark.whole
def test_an_older_hub(users: dict[str, Path], envcheck: Envcheck, tmp_path: Path) -> None:
    """JupyterHub 2.3, whose users' servers are newer."""
    with running(RunningHub(tmp_path, {READY: users[READY]}, "2.3.1")) as hub:
        ran = envcheck("hub", hub.address, "chapter2", "--quick", "--all", env=ENVIRON, timeout=300)
        assert ran.code == 0, ran.stdout + ran.stderr
        assert hub.running() == set()


@pytest.mark.whole
def test_a_hub_that_is_too_old(users: dict[str, Path], envcheck: Envcheck, tmp_path: Path) -> None:
    """JupyterHub 1.5 knows no scopes: that is said, and nothing is started."""
    with running(RunningHub(tmp_path, {READY: users[READY]}, "1.5.1")) as hub:
        ran = envcheck("hub", hub.address, "chapter2", "--all", env=ENVIRON)
        assert ran.code == 3
        assert "JupyterHub 1.5.1: 2.0 is the oldest" in ran.stderr
        assert hub.running() == set()
