"""`python-without-certificates`: recognised where it is so, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Confidence, Environment, Run, SetEnv, Tell, UnsetEnv
from envcheck.environment import Options
from envcheck.model import Step
from envcheck.target.interpreter import Interpreter
from envcheck.testing import passes, warns
from envcheck_checks.python.certificates import warnings
from envcheck_checks.python.check import python

FRAMEWORK = "/Library/Frameworks/Python.framework/Versions/3.12"
NOWHERE = (f"{FRAMEWORK}/etc/openssl/cert.pem", f"{FRAMEWORK}/etc/openssl/certs")


def untrusting(folder: Path, base: str = FRAMEWORK, **packages: str) -> Interpreter:
    """A `.venv` of a Python that finds nothing where python.org's looks."""
    own = python_at(folder / "ml/.venv", {"numpy": "2.0.0", **packages})
    return replace(own, base_prefix=base, no_certificates=NOWHERE)


def steps(env: Environment, found: Interpreter) -> list[Step]:
    (one,) = warnings(env, found)
    settled = isinstance(one.fixes[0].steps[0], SetEnv)  # a file that is there; no program is run
    assert one.fixes[0].confidence is (Confidence.SURE if settled else Confidence.ASK)
    return list(one.fixes[0].steps)


def test_python_org_before_its_script_was_run(tmp_path: Path) -> None:
    """The line to paste is the script that the installer put there."""
    found = untrusting(tmp_path)
    script = file_at(tmp_path / "Applications/Python 3.12/Install Certificates.command")
    file_at(tmp_path / "etc/ssl/cert.pem")  # every Mac has one
    mac = on("darwin", tmp_path, found)
    said = warns(python(), mac, "python-without-certificates")
    assert NOWHERE[0] in said.evidence.found
    assert steps(mac, found) == [Run((str(script),))]


def test_its_free_threaded_python(tmp_path: Path) -> None:
    """It stands beside the other, in PythonT.framework, and the same script is for both; in any case
    of letters.
    """
    base = "/library/Frameworks/PythonT.framework/Versions/3.12"
    script = file_at(tmp_path / "Applications/Python 3.12/Install Certificates.command")
    found = untrusting(tmp_path, base)
    assert steps(on("darwin", tmp_path, found), found) == [Run((str(script),))]


def test_in_order_once_the_script_was_run(tmp_path: Path) -> None:
    file_at(tmp_path / "Applications/Python 3.12/Install Certificates.command")
    passes(python(), on("darwin", tmp_path, replace(untrusting(tmp_path), no_certificates=())))


@pytest.mark.parametrize(
    ("name", "base", "bundle"),
    [
        ("darwin", "/Users/ada/.pyenv/versions/3.12.4", "etc/ssl/cert.pem"),
        ("darwin", FRAMEWORK, "etc/ssl/cert.pem"),  # whose script was thrown away
        ("linux", "/home/ada/.local/share/uv/python/cpython-3.12", "etc/pki/tls/certs/ca-bundle.crt"),
        ("linux", "/home/linuxbrew/.linuxbrew/opt/python@3.12", "etc/ssl/certs/ca-certificates.crt"),
    ],
)  # fmt: skip
def test_a_python_that_looks_where_this_system_has_none(
    name: str, base: str, bundle: str, tmp_path: Path
) -> None:
    """Built elsewhere: it is told where the list of this system is."""
    place = file_at(tmp_path / bundle)
    found = untrusting(tmp_path, base)
    assert steps(on(name, tmp_path, found), found) == [SetEnv("SSL_CERT_FILE", str(place))]


def test_a_system_without_any(tmp_path: Path) -> None:
    """certifi's list, where it is installed; else one is to be installed."""
    found = untrusting(tmp_path, "/opt/python", certifi="2024.2.2")
    own = tmp_path / "ml/.venv/site/certifi/cacert.pem"
    linux = on("linux", tmp_path, found)
    assert isinstance(steps(linux, found)[0], Tell)
    assert steps(linux, found) != steps(on("darwin", tmp_path, found), found)
    file_at(own)
    assert steps(linux, found) == [SetEnv("SSL_CERT_FILE", str(own))]


def test_variables_that_lead_nowhere(tmp_path: Path) -> None:
    """Whoever set them is not told to set another."""
    found = untrusting(tmp_path, "/usr")
    file_at(tmp_path / "etc/ssl/cert.pem")
    (one,) = warnings(on("linux", tmp_path, found, SSL_CERT_DIR="/old/certs"), found)
    assert one.fixes[0].steps == (UnsetEnv("SSL_CERT_DIR"),)
    assert one.evidence.looked_in == "SSL_CERT_DIR"
    # pip follows this one, and the network check names it.
    env = on("linux", tmp_path, found, SSL_CERT_FILE="/old/ca.pem")
    assert warnings(env, found) == []
    env.options = Options(offline=True)  # nobody asks the network
    (unsaid,) = warnings(env, found)
    assert unsaid.fixes[0].steps == (UnsetEnv("SSL_CERT_FILE"),)
    assert unsaid.evidence.found == f"no file {NOWHERE[0]}"


def test_where_the_system_is_asked_anyway(tmp_path: Path) -> None:
    found = untrusting(tmp_path, **{"pip-system-certs": "4.0"})
    assert warnings(on("darwin", tmp_path, found), found) == []
