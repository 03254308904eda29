"""The server of a class as others reach it: with a certificate of its own, and behind a proxy."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from http.cookiejar import Cookie, CookieJar
from pathlib import Path

import pytest
import requests
from tests.pace import within
from tests.stories.class_commands import Codes, opened, served
from tests.stories.tls_proxy import LEARNERS_ADDRESS, proxy
from tests.unit.class_server.made import body
from tests.unit.engine.sending.strict_server import make_certificate

pytestmark = pytest.mark.slow
SEND = (sys.executable, "-m", "envcheck", "send", "report.json", "--send-without-asking")


def send(folder: Path, link: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A learner hands a report in, as a file."""
    (folder / "report.json").write_bytes(body())
    return subprocess.run(
        [*SEND, "--join", link],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder / "home"), **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _cookies(browser: requests.Session) -> list[Cookie]:
    jar: CookieJar = browser.cookies
    return [*jar]


def logged_in(url: str, codes: Codes, certificate: Path) -> requests.Session:
    """The instructor's browser. Its cookie goes nowhere but here, and by https alone."""
    browser = requests.Session()
    browser.verify = str(certificate)
    browser.trust_env = False
    got = browser.post(f"{url}/login", {"code": codes.instructor}, timeout=30)
    assert got.status_code == 200 and "monday" in got.text
    [cookie] = _cookies(browser)
    assert cookie.name.startswith("__Host-") and cookie.secure and cookie.path == "/"
    return browser


def test_with_a_certificate(tmp_path: Path) -> None:
    """Learners who trust it send; those who do not are told, and send nothing."""
    certificate = make_certificate(tmp_path)
    codes = opened(tmp_path / "data", "--url", "https://127.0.0.1")
    words = ("--host", "0.0.0.0", "--certfile", certificate, "--keyfile", tmp_path / "key.pem")
    with served("--data", tmp_path / "data", *words) as (_, listening):
        assert listening.startswith("https://0.0.0.0:")
        url = f"https://127.0.0.1:{listening.rpartition(':')[2]}"
        link = f"{url}/{codes.learner}"
        refused = send(tmp_path, link)
        assert refused.returncode == 1 and "is not trusted" in refused.stderr
        done = send(tmp_path, link, SSL_CERT_FILE=str(certificate))
        assert done.returncode == 0, done.stderr
        browser = logged_in(url, codes, certificate)
        assert "1 of 1 ready" in browser.get(f"{url}/", timeout=30).text
        assert f"--join {link}" in browser.get(link, timeout=30).text
        with pytest.raises(requests.ConnectionError):
            requests.get(url.replace("https:", "http:"), timeout=30)


def test_behind_a_proxy(tmp_path: Path) -> None:
    """The links are those of the proxy, and nobody's address is stored or written down."""
    certificate = make_certificate(tmp_path)
    data = tmp_path / "data"
    codes = opened(data, "--url", "https://127.0.0.1")
    with served("--data", data, "--behind-proxy") as (process, behind):
        upstream = int(behind.rpartition(":")[2])
        with proxy(upstream, certificate) as port:
            url = f"https://127.0.0.1:{port}"
            link = f"{url}/{codes.learner}"
            done = send(tmp_path, link, SSL_CERT_FILE=str(certificate))
            assert done.returncode == 0, done.stderr
            browser = logged_in(url, codes, certificate)
            assert "1 of 1 ready" in browser.get(f"{url}/", timeout=30).text
            lobby = browser.get(link, timeout=30).text
            assert re.findall(r"--join ([^<]+)<", lobby) == [link]
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=within(30))
    kept = told.encode() + b"".join(file.read_bytes() for file in data.iterdir())
    assert LEARNERS_ADDRESS.encode() not in kept and codes.learner.encode() not in kept
