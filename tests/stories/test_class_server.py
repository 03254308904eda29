"""The server of a class as it is started, and what it survives."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import requests
from tests.lines_of_pages import to_type
from tests.pace import within
from tests.unit.class_server.made import body

pytestmark = pytest.mark.slow
COMMAND = (sys.executable, "-m", "envcheck", "class")


def opened(data: Path) -> str:
    """A class that is opened by the command: the learners' code."""
    done = subprocess.run(
        [*COMMAND, "open", "monday", "--chapter", "chapter2", "--data", data],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return str(re.findall(r"--join http://127\.0\.0\.1:8765/(\w+)", done.stdout)[0])


@contextlib.contextmanager
def served(data: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The server as it is started, and its address."""
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--data", data, *words],
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stderr is not None
            yield process, process.stderr.readline().split(" at ")[1].split(" ")[0]
        finally:
            process.kill()


def send(url: str, code: str, data: bytes, key: str = "ab" * 32) -> requests.Response:
    headers = {
        "Authorization": f"Bearer {code}",
        "Content-Type": "application/json",
        "Envcheck-Key": key,
    }
    return requests.post(f"{url}/api/v1/reports", data, headers=headers, timeout=30)


def exported(data: Path, file: Path) -> list[dict[str, str]]:
    subprocess.run(
        [*COMMAND, "export", "monday", "--data", data, "--output", file],
        check=True,
        timeout=60,
        stdout=subprocess.DEVNULL,
    )
    with zipfile.ZipFile(file) as archive:
        reports: list[dict[str, str]] = json.loads(archive.read("kept.json"))["reports"]
    return reports


@pytest.mark.whole
@pytest.mark.skipif(
    sys.platform != "linux", reason="only on Linux: elsewhere no limit is put on another"
)
def test_a_disk_that_takes_no_more_and_then_does(tmp_path: Path) -> None:
    """Learners are told to come again, what is there can be seen, and nothing that was answered is
    lost.
    """
    data = tmp_path / "data"
    code = opened(data)
    with served(data) as (process, url):
        assert send(url, code, body("before")).status_code == 201
        log = (data / "classes.sqlite3-wal").stat().st_size
        server = psutil.Process(process.pid)
        without = server.rlimit(psutil.RLIMIT_FSIZE)
        server.rlimit(psutil.RLIMIT_FSIZE, (log + 200_000, without[1]))
        tries = [send(url, code, body(f"a{number}")) for number in range(100)]
        kept = [got.status_code for got in tries].count(201)
        refused = [(got.status_code, got.json()["error"]["code"]) for got in tries[kept:]]
        assert kept < 100 and set(refused) == {(503, "not-now")}
        asked = {"Authorization": f"Bearer {code}"}
        assert requests.get(f"{url}/api/v1/class", headers=asked, timeout=30).ok
        assert requests.get(f"{url}/{code}", timeout=30).ok
        server.rlimit(psutil.RLIMIT_FSIZE, without)
        assert send(url, code, body("after")).status_code == 201
    there = {one["alias"] for one in exported(data, tmp_path / "all.zip")}
    assert there == {"before", "after", *(f"a{number}" for number in range(kept))}


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with kill -9")
def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    """Eight learners send as fast as they can when the server is killed; twice."""
    data = tmp_path / "data"
    code = opened(data)
    acknowledged: list[str] = []

    def sending(url: str, who: int) -> None:
        for number in range(10_000):
            try:
                got = send(url, code, body(f"a{who}", seconds=number + len(acknowledged) / 1e6))
            except requests.RequestException:
                return
            if got.status_code == 201:
                acknowledged.append(got.json()["receipt"])

    for _ in range(2):
        with served(data, "--rate", "10000") as (process, url):
            threads = [threading.Thread(target=sending, args=(url, who)) for who in range(8)]
            for thread in threads:
                thread.start()
            wanted = len(acknowledged) + 60
            while len(acknowledged) < wanted and threads[0].is_alive():
                threads[0].join(0.05)
            os.kill(process.pid, signal.SIGKILL)
            for thread in threads:
                thread.join()
    there = {
        one["file"].rpartition("-")[2].removesuffix(".json")
        for one in exported(data, tmp_path / "all.zip")
    }
    assert len(acknowledged) >= 120
    assert set(acknowledged) <= there


@pytest.mark.whole
def test_a_thousand_connections_that_say_nothing(tmp_path: Path) -> None:
    """Learners are answered meanwhile, and the silent are sent away."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    data = tmp_path / "data"
    code = opened(data)
    with served(data) as (_, url), contextlib.ExitStack() as stack:
        host, port = url.removeprefix("http://").split(":")
        silent = [
            stack.enter_context(socket.create_connection((host, int(port)), timeout=20))
            for _ in range(1000)
        ]
        for one in silent[:500]:
            one.sendall(b"POST /api/v1/reports HTTP/1.1\r\nHost: ")
        began = time.monotonic()
        assert send(url, code, body()).status_code == 201
        assert time.monotonic() - began < within(2)
        assert all(_ended(one) for one in silent)
        assert time.monotonic() - began < within(15)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _ended(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


@pytest.mark.whole
def test_no_log_holds_an_address_or_a_code(tmp_path: Path) -> None:
    """Nothing is written by requests that are answered, refused, or no requests at all; a closed
    server can be started again with what was there.
    """
    data = tmp_path / "data"
    code = opened(data)
    with served(data) as (process, url):
        assert send(url, code, body()).status_code == 201
        assert send(url, "0" * 20, body()).status_code == 401
        assert requests.get(f"{url}/{code}", timeout=30).status_code in (200, 404)
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=20) as connection:
            connection.sendall(b"hello\r\n\r\n")
            connection.recv(100)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=within(30))
    assert code not in told and "127.0.0.1" not in told and "Traceback" not in told
    with served(data) as (_, url):
        assert send(url, code, body()).status_code == 200


ROSTER = "First name;Last name;Username\nReinhard;Fuchs;fox\nKim;Park;kim\n"


def test_the_page_is_typed_as_it_stands(tmp_path: Path) -> None:
    """docs/class-server.md, line by line, in one folder of data."""
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "by-mail").mkdir()
    (tmp_path / "by-mail" / "report.json").write_bytes(body())
    lines = to_type("docs/class-server.md")
    assert len(lines) == 10
    for line in lines:
        words = line.split()[1:]
        if words[1] != "serve":
            place = [] if words[1] == "show" else ["--data", str(tmp_path / "data")]
            done = subprocess.run(
                [sys.executable, "-m", "envcheck", *words, *place],
                cwd=tmp_path,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            somebody_is_silent = words[1] == "show"
            assert done.returncode == int(somebody_is_silent), (line, done.stderr)
        else:
            with served(tmp_path / "data") as (_, url):
                assert requests.get(f"{url}/api/v1/openapi.json", timeout=30).status_code == 200


def test_the_demonstration_is_there_in_ten_seconds(tmp_path: Path) -> None:
    """The class of 60 with reports in it, behind a link that logs in; nothing of it is kept."""
    with subprocess.Popen(
        [*COMMAND, "demo", "--no-browser"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        link = process.stderr.readline().split()[-1]
        began = time.monotonic()
        page = requests.get(link, timeout=30).text
        while "Needs help now" not in page and time.monotonic() - began < within(10):
            page = requests.get(link, timeout=30).text
        assert "of 60 ready" in page and "Needs help now" in page and "Silent" in page
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=within(30))
    assert not [*tmp_path.glob("envcheck-demo-*")]
