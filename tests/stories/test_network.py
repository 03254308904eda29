"""Whole runs of envcheck on this machine, its network changed by variables or by namespaces."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.pace import within
from tests.ports import refusing_port
from tests.stories.network_servers import Dated, make_authority, serve, shown_by

pytestmark = pytest.mark.slow

ENVCHECK = [
    sys.executable,
    "-I",
    "-m",
    "envcheck",
    "chapter2",
    "--format",
    "json",
    "--only",
    "network",
    "--python",
    sys.executable,
]
needs_root = pytest.mark.skipif(
    sys.platform != "linux" or os.getuid() != 0 or not shutil.which("unshare"),
    reason="namespaces need root on Linux",
)


def run(
    home: Path, *wrap: str, offline: bool = False, **variables: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The network check of one run, and the diagnoses of the whole report."""
    environ = {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", **variables}
    done = subprocess.run(
        [*wrap, *ENVCHECK, *(["--offline"] if offline else [])],
        env=environ,
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    report = json.loads(done.stdout)
    return next(one for one in report["checks"] if one["id"].endswith(".network")), report[
        "diagnoses"
    ]


@needs_root
def test_offline_is_a_skip_with_the_reason(tmp_path: Path) -> None:
    check, diagnoses = run(
        tmp_path, "unshare", "-n", "sh", "-c", 'ip link set lo up; exec "$@"', "sh"
    )
    assert check["status"] == "skip"
    assert check["skip_reason"].startswith("this machine is offline")
    assert not diagnoses
    assert check["seconds"] < within(3)


@needs_root
def test_offline_with_a_mirror_and_a_proxy_is_still_a_skip(tmp_path: Path) -> None:
    wrap = ("unshare", "-n", "sh", "-c", 'ip link set lo up; exec "$@"', "sh")
    check, diagnoses = run(
        tmp_path,
        *wrap,
        PIP_INDEX_URL="https://mirror.example/simple",
        HTTPS_PROXY="http://proxy.example:3128",
    )
    assert (check["status"], diagnoses) == ("skip", [])


@needs_root
@pytest.mark.slow
@pytest.mark.parametrize(
    "variables", [{}, {"PIP_INDEX_URL": "https://mirror.example/simple"}], ids=["default", "mirror"]
)
def test_names_that_are_never_answered_end_within_the_limit(
    variables: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "resolv.conf").write_text("nameserver 127.0.0.1\n", encoding="utf-8")
    deaf = "import socket, time; s = socket.socket(type=socket.SOCK_DGRAM); s.bind(('127.0.0.1', 53)); time.sleep(60)"
    setting = f'ip link set lo up; mount --bind {tmp_path}/resolv.conf /etc/resolv.conf; {sys.executable} -c "{deaf}" >/dev/null 2>&1 &'
    wrap = ("unshare", "-n", "-m", "-p", "-f", "sh", "-c", f'{setting} exec "$@"', "sh")
    check, diagnoses = run(tmp_path, *wrap, offline=False, **variables)
    assert (check["status"], diagnoses) == ("skip", [])
    assert check["seconds"] < within(11.5)


@needs_root
@pytest.mark.parametrize(
    ("hosts", "codes"),
    [("203.0.113.9 localhost\n", ["localhost-elsewhere"]), ("127.0.0.1 me\n", [])],
)
def test_a_hosts_file_that_sends_localhost_away(
    hosts: str, codes: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "hosts"
    file.write_text(hosts, encoding="utf-8")
    wrap = ("unshare", "-m", "sh", "-c", f'mount --bind {file} /etc/hosts; exec "$@"', "sh")
    _, diagnoses = run(
        tmp_path, *wrap, PIP_INDEX_URL=tmp_path.as_uri(), PIP_CONFIG_FILE="/dev/null"
    )
    assert [one["code"] for one in diagnoses] == codes


def test_not_asked_when_told_to_stay_offline(tmp_path: Path) -> None:
    check, _ = run(tmp_path, offline=True, HTTPS_PROXY="http://127.0.0.1:9")
    assert check["skip_reason"] == "not asked: --offline"


def test_a_dead_proxy_never_stops_the_chapter_and_its_password_stays_here(tmp_path: Path) -> None:
    with refusing_port() as port:
        check, diagnoses = run(tmp_path, HTTPS_PROXY=f"http://ada:hunter2@127.0.0.1:{port}")
    assert check["status"] == "warn"
    assert [(one["code"], one["severity"]) for one in diagnoses] == [
        ("proxy-unreachable", "warning")
    ]
    assert "hunter2" not in json.dumps([check, diagnoses])


@pytest.mark.whole
def test_a_broken_settings_file_is_named_where_it_lies(tmp_path: Path) -> None:
    file = tmp_path / ".config/pip/pip.conf"
    file.parent.mkdir(parents=True)
    file.write_text("index-url = https://ada:hunter2@mirror.example/simple\n", encoding="utf-8")
    _, diagnoses = run(tmp_path)
    found = next(one for one in diagnoses if one["code"] == "pip-config-broken")
    assert found["evidence"]["looked_in"] == "~/.config/pip/pip.conf"
    assert "hunter2" not in json.dumps(diagnoses)


@pytest.mark.whole
def test_pip_no_index(tmp_path: Path) -> None:
    _, diagnoses = run(tmp_path, PIP_NO_INDEX="1")
    assert [one["code"] for one in diagnoses] == ["pip-no-index"]
    assert diagnoses[0]["fixes"][0]["steps"] == [{"do": "unset-env", "name": "PIP_NO_INDEX"}]


def test_home_unset(tmp_path: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "PIP_INDEX_URL": tmp_path.as_uri()}
    done = subprocess.run(
        ENVCHECK, env=environ, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    check = next(one for one in json.loads(done.stdout)["checks"] if one["id"].endswith(".network"))
    assert check["status"] in ("pass", "warn")


@pytest.mark.whole
@pytest.mark.parametrize(("days", "code"), [(30, "clock-wrong"), (0, "certificate-not-trusted")])
def test_a_certificate_that_ran_out(tmp_path: Path, days: int, code: str) -> None:
    """By the index's own date it is this computer's clock, or the index's neglect: no TLS inspection."""
    make_authority(tmp_path, days=-1)
    seen: list[tuple[str, str | None]] = []
    with ExitStack() as until:
        port = serve(until, partial(Dated, days), seen, shown_by(tmp_path))
        index = f"https://localhost:{port}/simple"
        _, diagnoses = run(tmp_path, PIP_INDEX_URL=index, PIP_CERT=str(tmp_path / "ca.pem"))
    [told] = [one for one in diagnoses if one["code"] == code]
    assert "TLS inspection" not in told["summary"]
    assert not [one for one in diagnoses if "certificate" in one["code"] and one["code"] != code]
