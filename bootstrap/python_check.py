"""Without envcheck: Python, examined by this file alone (as checks/envcheck_checks/python)."""

import os
import re

from bootstrap.compatibility import path_folders
from bootstrap.constants import WINDOWS
from bootstrap.course import course_pythons
from bootstrap.description import NEEDED, WANTED, ask_python, version_numbers
from bootstrap.diagnoses import (
    as_failure,
    join_names,
    make_diagnosis,
    make_fix,
    make_tell_fix,
)
from bootstrap.environment import how_to_install_python
from bootstrap.head import full_path
from bootstrap.lines import learners_shell, shell_line
from bootstrap.target import learner_variables

ACTIVATE = {
    "posix": "activate",
    "fish": "activate.fish",
    "powershell": "Activate.ps1",
    "cmd": "activate.bat",
}

# What the python.exe of a Windows environment says whose base is gone, or whose pyvenv.cfg is.
# As in checks/envcheck_checks/python/redirector.py.
REDIRECTOR = re.compile(
    r"(?m)^.*(No (suitable )?Python at ['\"]|did not find executable at '|Unable to create process using|trampoline failed to (spawn Python|canonicalize)|(no home= specified|failed to decode home setting) in |(failed to|annot|ould not) (locate|find|open|read).*pyvenv\.cfg).*$"
)
REFUSED = re.compile(r"\(os error (5|1260)\)")
STARTED = re.compile(r"using '\"?([A-Za-z]:\\[^\"']*?\.exe|/[^\"']*)")


def examine_python(target):
    """Like every check: a summary and diagnoses; it failed when one of them is an error."""
    facts = target.facts
    if facts is None:
        return as_failure(diagnose_no_answer(target))
    versions = course_pythons()
    if version_numbers(facts["version"]) < version_numbers(versions):
        return as_failure(diagnose_too_old(target, versions))
    if facts["bits"] != 64:
        return as_failure(diagnose_32_bit(facts))
    missing = [row for row in NEEDED if row[0] in facts["gaps"]]
    if missing:
        return as_failure(diagnose_gap(facts, missing))
    warnings = [diagnose_optional_gap(facts)] + [diagnose_not_active(target)]
    return "%s, 64-bit, standard library whole" % facts["version"], [
        warning for warning in warnings if warning
    ]


def diagnose_too_old(target, versions):
    """The diagnosis of a version that the course does not allow."""
    facts = target.facts
    two = facts["version"].startswith("2.")
    return make_diagnosis(
        "python-too-old",
        "this Python is version %s%s and too old for the course"
        % (facts["version"], ", Python 2," if two else ""),
        offer_another_python(target, versions),
        found=facts["version"],
        wanted="Python %s or newer" % versions.replace(">=", ""),
        looked_in=facts["executable"],
        note="`python` still means Python 2 on this machine; `python3` is the usual name of the new one"
        if two
        else None,
    )


def diagnose_32_bit(facts):
    """The diagnosis of a 32-bit Python."""
    return make_diagnosis(
        "python-32-bit",
        "this Python is a 32-bit one, and the chapter's packages come for 64-bit Pythons only",
        [
            make_tell_fix(
                "install a 64-bit Python",
                "Install the 64-bit Python from https://www.python.org/downloads/ and make the course's environment with it, in a new terminal.",
            )
        ],
        found="%s, %d-bit" % (facts["version"], facts["bits"]),
        wanted="a 64-bit Python",
        looked_in=facts["executable"],
    )


def diagnose_gap(facts, missing):
    """The diagnosis of a standard library without a part that the chapter needs."""
    return make_diagnosis(
        "python-standard-library-gap",
        "this Python was built without %s: %s"
        % (join_names([row[0].lstrip("_") for row in missing]), missing[0][1]),
        [
            make_tell_fix(
                "use a Python that is whole",
                "Install Python from https://www.python.org/downloads/ or your system's packages; with pyenv, install %s "
                "first and then run: pyenv install --force %s. Then open a new terminal."
                % (" ".join(row[2] for row in missing), facts["version"]),
            )
        ],
        found="; ".join("%s: %s" % (row[0], facts["gaps"][row[0]]) for row in missing)[:400],
        wanted="a Python with its whole standard library",
        looked_in=facts["executable"],
    )


def diagnose_optional_gap(facts):
    """The warning about a part that few need, else None."""
    missing = [row for row in WANTED if row[0] in facts["gaps"]]
    if not missing:
        return None
    return make_diagnosis(
        "python-optional-gap",
        "this Python was built without %s: %s"
        % (join_names([row[0].lstrip("_") for row in missing]), missing[0][1]),
        [
            make_tell_fix(
                "use a Python that is whole",
                "It matters only for such files. A Python from python.org or your system's packages has it.",
            )
        ],
        "warning",
        found="; ".join(facts["gaps"][row[0]] for row in missing)[:300],
        looked_in=facts["executable"],
    )


def diagnose_not_active(target):
    """The warning about an environment that was found and is not active, else None."""
    if not target.inactive:
        return None
    folder = os.path.join(target.inactive, "Scripts" if WINDOWS else "bin")
    shell = learners_shell()
    csh = os.path.basename(os.environ.get("SHELL", "sh")) in ("csh", "tcsh")
    name = "activate.csh" if csh else ACTIVATE[shell]
    start = [] if shell in ("powershell", "cmd") else ["source" if csh or shell == "fish" else "."]
    line = shell_line(start + [os.path.join(folder, name)], shell)
    return make_diagnosis(
        "environment-not-active",
        "the course's environment was found and used, and is not active in this terminal: what you type next meets another Python",
        [make_tell_fix("activate the environment", line)],
        "warning",
        found="no active environment",
        wanted=target.inactive,
        looked_in="VIRTUAL_ENV and CONDA_PREFIX",
    )


def diagnose_no_answer(target):
    """The diagnosis of a Python without an answer: three of the engine's causes."""
    fixes = offer_another_python(target, course_pythons())
    if os.path.islink(target.command) and not os.path.exists(target.command):
        return make_diagnosis(
            "python-environment-broken",
            "the Python of this environment is a link to a Python that is no longer there",
            fixes,
            found="%s -> %s" % (target.command, os.readlink(target.command)),
            wanted="an installed Python",
            looked_in=target.command,
            note="this happens when the Python that the environment was made from is upgraded or removed",
        )
    if not os.path.exists(target.command):
        summary = "there is no Python at the place that was named"
        return make_diagnosis(
            "python-not-found", summary, fixes, found="nothing", looked_in=target.command
        )
    redirector = REDIRECTOR.search(target.finished.output)
    if redirector and not base_is_there(target.finished.output):
        return diagnose_dead_base(target, redirector.group().strip(), fixes)
    actual = "exit code %s: %s" % (target.finished.code, target.finished.last_words)
    return make_diagnosis(
        "python-does-not-start",
        "this Python ends as soon as it is started",
        fixes,
        found=actual,
        looked_in=target.command,
    )


def base_is_there(output):
    """Whether the Python that could not be started is there: then nothing was removed."""
    named = STARTED.search(output)
    return bool(REFUSED.search(output) or (named and os.path.isfile(named.group(1))))


def diagnose_dead_base(target, actual, fixes):
    """The diagnosis of a Windows environment whose base, or whose pyvenv.cfg, is gone."""
    if re.search("home=|home setting", actual):
        summary = "the file pyvenv.cfg of this environment names no Python"
    elif "pyvenv.cfg" in actual:
        summary = "this environment has lost its file pyvenv.cfg, which names the Python that it was made from"
    else:
        summary = "the Python that this environment was made from is no longer there"
    return make_diagnosis(
        "python-environment-broken",
        summary,
        fixes,
        found=actual,
        wanted="an installed Python",
        looked_in=target.command,
        note="this happens when the Python that the environment was made from is upgraded or removed",
    )


def offer_another_python(target, versions):
    """The fixes: another Python on PATH that runs and is new enough, or where to get one."""
    seen = set([os.path.normcase(full_path(target.command))])
    for folder in path_folders():
        for name in ("python", "py", "python3") if WINDOWS else ("python3", "python", "py"):
            path = os.path.join(folder, name + (".exe" if WINDOWS else ""))
            key = os.path.normcase(path)
            if not folder or key in seen or len(seen) > 6 or not os.access(path, os.X_OK):
                continue
            seen.add(key)
            facts = ask_python([path], learner_variables())
            if isinstance(facts, dict) and version_numbers(facts["version"]) >= version_numbers(
                versions
            ):
                title = "use the Python %s that is also on this machine" % facts["version"]
                return [
                    make_fix(title, "sure", [{"do": "use-python", "python": facts["executable"]}])
                ]
    return [offer_installation()]


def offer_installation():
    """The fix that says where to get a Python."""
    return make_tell_fix(
        "install a Python",
        how_to_install_python(),
        "Then open a new terminal and run envcheck again.",
    )
