"""`python-opens-no-https`: OpenSSL refuses its settings, and which variable led it to them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, file_at, on, python_at

from envcheck import Environment, Severity, UnsetEnv
from envcheck.target import probe
from envcheck_checks.pip import cannot_install
from envcheck_checks.python import no_https

REFUSED = "[SSL: LIBRARY_HAS_LEGACY_ALONE] library has no ciphers (_ssl.c:3098)"
PACKAGES = {"pip": "24.0", "numpy": "2.0.0"}
LEGACY_ALONE = "openssl_conf = a\n[a]\nproviders = b\n[b]\nlegacy = c\n[c]\nactivate = 1\n"


def refusing(tmp_path: Path, **variables: str) -> Environment:
    python = replace(python_at(tmp_path / "venv", PACKAGES), no_https=REFUSED)
    led_by = next(iter(variables), "")
    env = on("linux", tmp_path, python, facts={no_https.led_by: led_by})
    env.variables.update(variables)
    return env


def test_a_variable_leads_there(tmp_path: Path) -> None:
    (told,) = no_https.warnings(refusing(tmp_path, OPENSSL_CONF="/opt/vpn/openssl.cnf"))
    assert (told.code, told.severity) == ("python-opens-no-https", Severity.WARNING)
    assert told.evidence.found == f"OPENSSL_CONF=/opt/vpn/openssl.cnf ({REFUSED})"
    assert told.fixes[0].steps == (UnsetEnv("OPENSSL_CONF"),)


def test_the_systems_own_file(tmp_path: Path) -> None:
    """No variable is the reason: a person must look."""
    (told,) = no_https.warnings(refusing(tmp_path))
    assert told.evidence.found == REFUSED
    assert not told.fixes[0].automatic


def test_all_is_well(tmp_path: Path) -> None:
    env = on("linux", tmp_path, python_at(tmp_path / "venv"), OPENSSL_CONF="/etc/ssl/openssl.cnf")
    assert no_https.warnings(env) == []


def test_something_is_missing(tmp_path: Path) -> None:
    """What would make the fix fail is the root cause."""
    diagnosis = cannot_install.diagnose(refusing(tmp_path, OPENSSL_CONF="/gone"), STACK)
    assert diagnosis is not None
    assert (diagnosis.code, diagnosis.severity) == ("python-opens-no-https", Severity.ERROR)


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: OpenSSL is not Python's own")
def test_what_a_real_python_says(tmp_path: Path) -> None:
    """Asked as it is in the target; with the usual settings nothing is said."""
    settings = file_at(tmp_path / "openssl.cnf", LEGACY_ALONE)
    line = [sys.executable, str(Path(probe.__file__)), "MARK"]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("OPENSSL")}
    for variables, refused in ((plain, ""), ({**plain, "OPENSSL_CONF": str(settings)}, "cipher")):
        done = subprocess.run(line, env=variables, capture_output=True, text=True, check=True)
        text = done.stdout.partition('"no_https": "')[2].partition('"')[0]
        assert refused in text and bool(text) is bool(refused), text
