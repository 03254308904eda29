"""Without envcheck: pip, examined by this file alone (as checks/envcheck_checks/pip)."""

import os
import re

from bootstrap.compatibility import which
from bootstrap.course import course_packages
from bootstrap.description import version_numbers
from bootstrap.diagnoses import as_failure, make_diagnosis, make_run_fix, make_tell_fix
from bootstrap.files import make_folder, remove_folder
from bootstrap.programs import run
from bootstrap.python_check import offer_installation
from bootstrap.target import ENVIRONMENTS, kind_of, learner_variables

PIP_VERSION_LINE = re.compile(
    r"^pip (?P<version>\S+) from (?P<folder>.+) \(python (?P<python>[\d.]+)\)", re.MULTILINE
)


def examine_pip(target):
    """Like every check: a summary and diagnoses."""
    facts = target.facts
    finished = run_pip(facts, learner_variables())
    line = PIP_VERSION_LINE.search(finished.output)
    needed = diagnose_needed_venv(facts, line is not None)
    if needed:
        return as_failure(needed)
    if finished.code != 0 or line is None:
        return diagnose_pythonpath(facts, finished) or diagnose_pip(facts, finished)
    return "pip %s belongs to this Python" % line.group("version"), [
        diagnosis for diagnosis in [diagnose_venv(facts)] if diagnosis
    ]


def run_pip(facts, variables):
    """How pip says its version, in a folder in which nothing hides a module."""
    folder = make_folder("envcheck-")
    try:
        words = [facts["executable"], "-m", "pip", "--version"]
        return run(words, variables, folder, limit=30.0)
    finally:
        remove_folder(folder)


def diagnose_pythonpath(facts, finished):
    """Summary and diagnosis where pip runs as soon as PYTHONPATH is taken away, else None."""
    variables = learner_variables()
    place = variables.pop("PYTHONPATH", "")
    if not place or run_pip(facts, variables).code != 0:
        return None
    windows = "In PowerShell: Remove-Item Env:PYTHONPATH"
    return as_failure(
        make_diagnosis(
            "pythonpath-breaks",
            "PYTHONPATH makes Python take the wrong modules: pip does not run with it, and runs without it",
            [make_tell_fix("take PYTHONPATH away", "Type: unset PYTHONPATH", windows)],
            found="PYTHONPATH=%s: %s" % (place, finished.last_words),
            looked_in=facts["executable"],
        )
    )


def diagnose_pip(facts, finished):
    """Summary and diagnoses where pip does not run; uv can stand in for a missing one."""
    absent = "No module named pip" in finished.output or not facts["pip"]
    if absent and which("uv"):
        return "no pip in this environment; uv installs into it", []
    fixes = [
        make_run_fix(
            "put pip into this Python", facts["executable"], "-m", "ensurepip", "--upgrade"
        )
    ]
    if kind_of(facts) not in ENVIRONMENTS:  # a system's Python is its owner's to change
        fixes = [dict(fix, confidence="ask", automatic=False) for fix in fixes]
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
    actual = finished.evidence or "exit code %s" % finished.code
    summary, wanted = "pip of this Python does not run", "python -m pip works"
    return as_failure(
        make_diagnosis(
            "pip-broken", summary, fixes, found=actual, wanted=wanted, looked_in=facts["executable"]
        )
    )


def diagnose_needed_venv(facts, pip_runs):
    """The diagnosis where the chapter needs an environment that cannot be made, else None. Where pip
    fails too, something else may stand behind both.
    """
    whole = facts["installed"] >= len(course_packages())
    if whole or kind_of(facts) in ENVIRONMENTS or which("uv"):
        return None
    diagnosis = diagnose_venv(facts)
    if diagnosis is None or not (pip_runs or {"venv", "ensurepip"} & set(facts["gaps"])):
        return None
    summary = "this Python cannot make the environment that the chapter needs: its venv part is missing or does not work"
    return dict(diagnosis, severity="error", summary=summary)


def diagnose_venv(facts):
    """The diagnosis where no environment can be made, else None."""
    missing = [name for name in ("venv", "ensurepip") if name in facts["gaps"]]
    folder = make_folder("envcheck-")
    try:
        finished = run(
            [facts["executable"], "-m", "venv", "--without-pip", os.path.join(folder, "bare")],
            learner_variables(),
            folder,
            limit=30.0,
        )
    finally:
        remove_folder(folder)
    if finished.code == 0 and (kind_of(facts) in ENVIRONMENTS or not missing):
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
        found="no " + " and no ".join(missing) if missing else finished.last_words,
        wanted="python -m venv works",
        looked_in=facts["executable"],
    )
