"""Without envcheck: pip, examined by this file alone (as checks/envcheck_checks/pip)."""

import os
import re
import tempfile

from bootstrap.compatibility import which
from bootstrap.course import course_packages
from bootstrap.description import version_numbers
from bootstrap.diagnoses import as_failure, make_diagnosis, make_run_fix, make_tell_fix
from bootstrap.files import remove_folder
from bootstrap.programs import run
from bootstrap.python_check import offer_installation
from bootstrap.target import ENVIRONMENTS, kind_of, learner_variables

PIP_VERSION_LINE = re.compile(
    r"^pip (?P<version>\S+) from (?P<folder>.+) \(python (?P<python>[\d.]+)\)", re.MULTILINE
)


def examine_pip(target):
    facts = target.facts
    ran = run([facts["executable"], "-m", "pip", "--version"], learner_variables(), limit=30.0)
    said = PIP_VERSION_LINE.search(ran.output)
    if ran.code != 0 or said is None:
        return diagnose_pip(facts, ran)
    return "pip %s belongs to this Python" % said.group("version"), [
        one for one in [diagnose_venv(facts)] if one
    ]


def diagnose_pip(facts, ran):
    absent = "No module named pip" in ran.output or not facts["pip"]
    if absent and which("uv"):
        return "no pip in this environment; uv installs into it", []
    fixes = [
        make_run_fix(
            "put pip into this Python", facts["executable"], "-m", "ensurepip", "--upgrade"
        )
    ]
    if kind_of(facts) not in ENVIRONMENTS:  # a system's Python is its owner's to change
        fixes = [dict(one, confidence="ask", automatic=False) for one in fixes]
    if absent:
        return as_failure(
            make_diagnosis(
                "pip-missing",
                "this Python has no pip: nothing can be installed into it (No module named pip)",
                [offer_installation()] if "ensurepip" in facts["gaps"] else fixes,
                "warning" if facts["installed"] >= len(course_packages()) > 0 else "error",
                found="no pip",
                wanted="python -m pip works; ensurepip puts it there",
                looked_in=facts["executable"],
            )
        )
    lines = [line for line in ran.output.strip().splitlines() if line.strip()]
    found = "\n".join(lines[-6:])[-900:] or "exit code %s" % ran.code
    summary, wanted = "pip of this Python does not run", "python -m pip works"
    return as_failure(
        make_diagnosis(
            "pip-broken", summary, fixes, found=found, wanted=wanted, looked_in=facts["executable"]
        )
    )


def diagnose_venv(facts):
    missing = [name for name in ("venv", "ensurepip") if name in facts["gaps"]]
    folder = tempfile.mkdtemp(prefix="envcheck-")
    try:
        made = run(
            [facts["executable"], "-m", "venv", "--without-pip", os.path.join(folder, "bare")],
            learner_variables(),
            limit=30.0,
        )
    finally:
        remove_folder(folder)
    if made.code == 0 and (kind_of(facts) in ENVIRONMENTS or not missing):
        return None
    return make_diagnosis(
        "venv-missing",
        "this Python cannot make environments: its venv part is missing or does not work",
        [
            make_tell_fix(
                "install that part",
                "On Debian and Ubuntu: sudo apt install python%d.%d-venv"
                % version_numbers(facts["version"])[:2],
            )
        ],
        "warning",
        found="no " + " and no ".join(missing) if missing else made.last_words,
        wanted="python -m venv works",
        looked_in=facts["executable"],
    )
