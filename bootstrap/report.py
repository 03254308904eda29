"""The report, as src/envcheck/reports/document.py makes it."""

import platform
import re
import time

from bootstrap.asked import CUT_SHORT
from bootstrap.constants import UNDETERMINED
from bootstrap.course import CHAPTER, CHECKS, COURSE, SERVED, envcheck_version
from bootstrap.description import CAME_BY_PIPE
from bootstrap.files import read_text
from bootstrap.lines import shell_lines
from bootstrap.pip_check import examine_pip
from bootstrap.privacy import scrubbed_value
from bootstrap.python_check import examine_python
from bootstrap.target import kind_of


def make_report(target, why, options, begun):
    """The report, as src/envcheck/reports/document.py makes it, with real paths."""
    rows, causes, root = [], [], None
    for row in CHECKS:
        started = time.time()
        if "--quick" in options and row[0] in SERVED:
            rows.append(make_result(row, "skip", "", [], None, "not asked: --quick"))
        else:
            status, summary, diagnoses = examine(row[0], target, why, root)
            rows.append(
                make_result(row, status, summary, diagnoses, root if status == "skip" else None)
            )
            for diagnosis in diagnoses:
                diagnosis["checks"].append(rows[-1]["id"])
            causes += diagnoses
            root = rows[-1]["id"] if row[0] == "python" and status == "fail" else root
        rows[-1]["started"] = round(started - begun, 3)
        rows[-1]["seconds"] = round(time.time() - started, 3)
    strict = "--strict" in options
    statuses = [checked["status"] for checked in rows]
    code = 1 if "fail" in statuses or (strict and "warn" in statuses) else UNDETERMINED
    causes.sort(key=lambda cause: cause["severity"] != "error")
    return {
            "schema": 1, "envcheck": envcheck_version(), "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(begun)),
            "seconds": round(time.time() - begun, 2), "course": dict(COURSE, file=None, help=None), "chapters": [CHAPTER], "tracks": [],
            "verdict": "not-ready" if code == 1 else "undetermined", "exit_code": code, "target": describe_target(target),
            "checks": rows, "diagnoses": causes, "selection": selection_of(options), "strict": strict, "interrupted": False, "alias": None, "broken_plugins": [], "hints": [],
        }  # fmt: skip


def examine(check, target, why, root):
    """Status, summary and diagnoses of a check; `root` is the failure that it waits for."""
    if root:
        return "skip", "", []
    if check not in ("python", "pip"):
        return "error", "not examined: this needs envcheck itself, and %s" % why.fact, []
    if target.cannot_be_asked:
        return "error", "not examined: %s" % CAME_BY_PIPE, []
    summary, diagnoses = examine_python(target) if check == "python" else examine_pip(target)
    return worst_status(diagnoses), summary, diagnoses


def for_reader(report, scrub):
    """The report as somebody may read it: scrubbed, and each fix as lines for every shell."""
    shown = scrubbed_value(report, scrub)
    for diagnosis in shown["diagnoses"]:
        for fix in diagnosis["fixes"]:
            fix["shell"] = shell_lines([step["argv"] for step in fix["steps"] if "argv" in step])
    return shown


def selection_of(options):
    """What was asked for, for programs, which count only complete reports."""
    chosen = dict((name[2:], name in options) for name in CUT_SHORT)
    # Nobody runs notebooks here: who asks for that is sent to envcheck itself
    return dict(chosen, only=[], skip=[], notebooks=False, complete=not chosen["quick"])


def worst_status(diagnoses):
    """The status of a check with these diagnoses."""
    severities = [diagnosis["severity"] for diagnosis in diagnoses]
    return "fail" if "error" in severities else "warn" if severities else "pass"


def make_result(row, status, summary, diagnoses, blocked, reason=None):
    """A check's row of the report."""
    return {
        "id": "%s.%s" % (CHAPTER, row[0]), "title": row[1], "status": status,
        "summary": summary, "required": True, "selected": True, "needs": [] if row[0] == "python" else [CHAPTER + ".python"],
        "diagnoses": [diagnosis["code"] for diagnosis in diagnoses], "blocked_by": blocked,
        "skip_reason": "blocked by %s" % blocked if blocked else reason, "typed": None,
        "waived": None, "waiver_ended": None,
    }  # fmt: skip


def version_of_mac():
    """As src/envcheck/run/target_summary.py tells it: older Pythons are told 10.16 and 16."""
    told, darwin = platform.mac_ver()[0], platform.release().partition(".")[0]
    if not told.startswith(("10.16", "16.")) or not darwin.isdigit():
        return told
    return str(int(darwin) + 1 if int(darwin) >= 25 else int(darwin) - 9)


def describe_target(target):
    """What the report says of the target and its system."""
    facts = target.facts or {}
    rows = dict(
        (name, facts.get(name))
        for name in ("version", "implementation", "prefix", "base_prefix", "bits")
    )
    pretty = re.search(r'^PRETTY_NAME="?([^"\n]+)', read_text("/etc/os-release"), re.MULTILINE)
    version = str(pretty.group(1)) if pretty else version_of_mac() or platform.release()
    system = {"name": platform.system(), "version": version, "machine": platform.machine()}
    python = facts.get("executable") or target.command
    return dict(
        rows,
        python=python,
        kind=kind_of(facts) if facts else None,
        located_by=target.rule,
        answered=True if facts else None if target.cannot_be_asked else False,
        os=system,
    )
