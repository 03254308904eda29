"""A Python that trusts nobody: pip brings certificates of its own, and everything else that opens an
https address ends in CERTIFICATE_VERIFY_FAILED. python.org's Python for macOS is so until its
`Install Certificates.command` is run; so is one that was built elsewhere.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, Run, SetEnv, places, warn
from envcheck.fixes.advice import install, tell, typed
from envcheck.target.interpreter import Interpreter
from envcheck.target.systems import get_certificates
from envcheck_checks.interference.variables import unset
from envcheck_checks.machine.system import system
from envcheck_checks.python.codes import PYTHON_WITHOUT_CERTIFICATES

FILE, FOLDER = "SSL_CERT_FILE", "SSL_CERT_DIR"
GIVES_THE_SYSTEMS = "pip-system-certs"  # its .pth file has every Python ask the system
# python.org's, and its free-threaded one, which stands beside it
PYTHON_ORG = ("/Library/Frameworks/Python.framework", "/Library/Frameworks/PythonT.framework")
# What a system trusts, as one file: macOS and Alpine, Debian, Fedora, openSUSE
BUNDLES = (
    "/etc/ssl/cert.pem",
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
)


def warnings(env: Environment, python: Interpreter) -> list[Diagnosis]:
    """A warning: lessons that load a table from an address fail, and nothing else does."""
    if not python.no_certificates or GIVES_THE_SYSTEMS in python.installed:
        return []
    if env.variables.get(
        FILE
    ):  # which pip follows too: the network check names it, where it is asked
        return [_no_file(python)] if env.options.offline else []
    file, folder = python.no_certificates
    return [
        warn(
            PYTHON_WITHOUT_CERTIFICATES,
            'this Python trusts no certificate: pip works, and `pd.read_csv("https://...")` and urllib end in CERTIFICATE_VERIFY_FAILED',
            _fix(env, python),
            found=f"no file {file}, and no certificates in {folder}",
            wanted="the certificates of this system, or those of the package certifi",
            looked_in=FOLDER if env.variables.get(FOLDER) else python.base_prefix,
        )
    ]


def _no_file(python: Interpreter) -> Diagnosis:
    return warn(
        PYTHON_WITHOUT_CERTIFICATES,
        f"{FILE} leads to no file: this Python trusts no https address, once you are online",
        unset(FILE),
        found=f"no file {python.no_certificates[0]}",
        wanted=f"{FILE} not set, or the file of your network's certificates",
        looked_in="the variables of this terminal",
    )


def _fix(env: Environment, python: Interpreter) -> Fix:
    if env.variables.get(FOLDER):
        return unset(FOLDER)
    if command := _of_python_org(env, python):
        title = "install the certificates, as the installer of this Python asks at its end"
        return Fix(title, (Run((command,)),), Confidence.ASK)
    if bundle := _bundle(env, python):
        title = "tell this Python where certificates are"
        return Fix(title, (SetEnv(FILE, bundle),))
    line = "" if system(env).is_macos else get_certificates()
    if not line:
        certificates = install(env, python, ["certifi"], "install certificates for this Python")
        return replace(certificates, confidence=Confidence.ASK)
    return tell("install certificates", typed(line), "Then run envcheck again.")


def _of_python_org(env: Environment, python: Interpreter) -> str:
    """The script that its installer puts beside IDLE (CPython's Mac/BuildScript)."""
    if not system(env).is_macos or not any(
        places.lies_in(python.base_prefix, place, "darwin") for place in PYTHON_ORG
    ):
        return ""
    major, minor = python.version_info
    script = system(env).at(f"/Applications/Python {major}.{minor}/Install Certificates.command")
    return str(script) if os.path.isfile(script) else ""


def _bundle(env: Environment, python: Interpreter) -> str:
    certifi = Path(python.paths.get("purelib", ""), "certifi", "cacert.pem")
    own = [certifi] if "certifi" in python.installed else []
    everybodys = [system(env).at(place) for place in BUNDLES]
    return next((str(file) for file in (*everybodys, *own) if os.path.isfile(file)), "")
