"""The report, as src/envcheck/reports/document.py makes it."""

import platform
import re
import time

from bootstrap.constants import UNDETERMINED
from bootstrap.course import CHAPTER, CHECKS, COURSE, envcheck_version
from bootstrap.description import CAME_BY_PIPE
from bootstrap.diagnoses import shell_lines
from bootstrap.files import read_text
from bootstrap.pip_check import examine_pip
from bootstrap.privacy import scrubbed_value
from bootstrap.python_check import examine_python
from bootstrap.target import kind_of

# What was asked for: without envcheck nothing is left out by an option, only without an answer.
COMPLETE = {
    "only": [],
    "skip": [],
    "quick": False,
    "deep": False,
    "offline": False,
    "complete": True,
}


def make_report(target, why, strict, begun):
    """The report, as src/envcheck/reports/document.py makes it, with real paths."""
    rows, causes, root = [], [], None
    for row in CHECKS:
        summary, diagnoses, status, started = "", [], "skip", time.time()
        if root is None and row[0] in ("python", "pip"):
            if target.cannot_be_asked:
                summary, status = "not examined: %s" % CAME_BY_PIPE, "error"
            else:
                summary, diagnoses = (
                    examine_python(target) if row[0] == "python" else examine_pip(target)
                )
                status = worst_status(diagnoses)
            root = CHAPTER + ".python" if row[0] == "python" and status == "fail" else None
        elif root is None:
            summary, status = "not examined: this needs envcheck itself, and %s" % why.fact, "error"
        blocked = root if status == "skip" else None
        times = {"started": round(started - begun, 3), "seconds": round(time.time() - started, 3)}
        rows.append(dict(make_result(row, status, summary, diagnoses, blocked), **times))
        for diagnosis in diagnoses:
            diagnosis["checks"].append(rows[-1]["id"])
        causes += diagnoses
    statuses = [checked["status"] for checked in rows]
    code = 1 if "fail" in statuses or (strict and "warn" in statuses) else UNDETERMINED
    causes.sort(key=lambda cause: cause["severity"] != "error")
    return {
            "schema": 1, "envcheck": envcheck_version(), "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(begun)),
            "seconds": round(time.time() - begun, 2), "course": COURSE, "chapters": [CHAPTER], "tracks": [],
            "verdict": "not-ready" if code == 1 else "undetermined", "exit_code": code, "target": describe_target(target),
            "checks": rows, "diagnoses": causes, "selection": COMPLETE, "strict": strict, "interrupted": False, "alias": None, "broken_plugins": [],
        }  # fmt: skip


def for_reader(report, scrub):
    """The report as somebody may read it: scrubbed, and each fix as lines for every shell."""
    shown = scrubbed_value(report, scrub)
    for diagnosis in shown["diagnoses"]:
        for fix in diagnosis["fixes"]:
            fix["shell"] = shell_lines([step["argv"] for step in fix["steps"] if "argv" in step])
    return shown


def worst_status(diagnoses):
    """The status of a check with these diagnoses."""
    severities = [diagnosis["severity"] for diagnosis in diagnoses]
    return "fail" if "error" in severities else "warn" if severities else "pass"


def make_result(row, status, summary, diagnoses, blocked):
    """A check's row of the report."""
    return {
        "id": "%s.%s" % (CHAPTER, row[0]), "title": row[1], "status": status,
        "summary": summary, "required": True, "selected": True, "needs": [] if row[0] == "python" else [CHAPTER + ".python"],
        "diagnoses": [diagnosis["code"] for diagnosis in diagnoses], "blocked_by": blocked,
        "skip_reason": "blocked by %s" % blocked if blocked else None, "typed": None,
    }  # fmt: skip


def describe_target(target):
    """What the report says of the target and its system."""
    facts = target.facts or {}
    rows = dict(
        (name, facts.get(name))
        for name in ("version", "implementation", "prefix", "base_prefix", "bits")
    )
    pretty = re.search(r'^PRETTY_NAME="?([^"\n]+)', read_text("/etc/os-release"), re.MULTILINE)
    version = str(pretty.group(1)) if pretty else platform.mac_ver()[0] or platform.release()
    system = {"name": platform.system(), "version": version, "machine": platform.machine()}
    python = facts.get("executable") or target.command
    return dict(
        rows,
        python=python,
        kind=kind_of(facts) if facts else None,
        located_by=target.rule,
        os=system,
    )
