"""The report as text, as src/envcheck/reports/text.py draws it."""

import re
import shutil
import textwrap

from bootstrap.course import COURSE, page_of
from bootstrap.lines import learners_shell, shell_line

STATUS_WORDS = {"pass": "ok", "warn": "warn", "fail": "FAIL", "skip": "--", "error": "????"}


def wrap(text, first="", rest=""):
    """The text filled to the terminal's width; a path or a command, however long, stays whole."""
    width = (
        min(shutil.get_terminal_size((80, 24)).columns or 80, 100)
        if hasattr(shutil, "get_terminal_size")
        else 80
    )
    lines = []  # type: list[str]
    for paragraph in text.splitlines():
        for number, word in enumerate(re.findall(r"[^\s`]*`[^`\n]{1,40}`[^\s`]*|\S+", paragraph)):
            if number and len(lines[-1]) + 1 + len(word) <= width:
                lines[-1] += " " + word
            else:
                lines.append((rest if lines else first) + word)
    return "\n".join(lines)


def whole_text(report, why, typed):
    """The report as text, from the title to the next step; `typed` are the words that start
    envcheck.
    """
    rows, causes, code = report["checks"], report["diagnoses"], report["exit_code"]
    lines = [
        "%s, chapter 2" % COURSE["title"],
        wrap(target_text(report["target"]), "", "  "),
        "",
    ]
    for row in rows[:2]:
        if row["status"] != "skip":
            own = [cause for cause in causes if row["id"] in cause["checks"]]
            lines += [row_text(row["status"], row["title"], row["summary"])] + [
                cause_text(row, cause) for cause in own
            ]
    waiting = [row["title"] for row in rows if row["blocked_by"]]
    if waiting:
        lines.append(row_text("skip", "Waiting", "for Python: %s" % ", ".join(waiting)))
    if rows[-1]["status"] == "error":
        lines.append(row_text("error", "The rest", rows[-1]["summary"]))
    lines += ["", verdict_text(report), ""]
    return (
        "\n".join(
            lines + [next_step(causes[0], typed) if code == 1 else "Next step: %s" % why.step]
        )
        + "\n"
    )


def target_text(target):
    """The line about the examined Python."""
    silent = "does not answer" if target["answered"] is False else "was not examined"
    pattern = "Python %s at %s" if target["version"] else "%sThe Python at %s " + silent
    return "%s (%s)" % (pattern % (target["version"] or "", target["python"]), target["located_by"])


def row_text(status, title, text):
    """A check's line: status, title and summary."""
    return "  %-4s  %-12s  %s" % (
        STATUS_WORDS[status],
        title,
        wrap(text, " " * 22, " " * 22).lstrip(),
    )


def cause_text(row, cause):
    """Found, wanted and looked in, under the check's line; further left where a path is long."""
    labels = [
        (label, cause["evidence"].get(label.replace(" ", "_")))
        for label in ("found", "wanted", "looked in")
    ]
    sides = [(label, text) for label, text in labels if text]
    longest = max(len(word) for _, text in sides for word in text.split())
    start = " " * (22 if 33 + longest <= 80 else 8)
    lines = (
        []
        if cause["summary"] == row["summary"]
        else [wrap("warning: " + cause["summary"], " " * 22, " " * 22)]
    )
    lines += [wrap(text, "%s%-9s  " % (start, label), start + " " * 11) for label, text in sides]
    lines += [wrap(cause["note"], start + "note: ", start + " " * 6)] if cause["note"] else []
    return "\n".join(lines)


def verdict_text(report):
    """The verdict with its counts."""
    rows, causes = report["checks"], report["diagnoses"]
    counts = (
        (sum(row["status"] in ("pass", "warn") for row in rows), "proved"),
        (sum(row["status"] == "fail" for row in rows), "failed"),
        (sum(row["blocked_by"] is not None for row in rows), "waiting"),
        (sum(row["status"] == "error" for row in rows), "without an answer"),
    )
    numbers = ", ".join("%d %s" % row for row in counts if row[0]) + ", %.1f s." % report["seconds"]
    errors = sum(cause["severity"] == "error" for cause in causes)
    several = "%d causes, the most important first" % errors
    blame = (
        "one cause" if errors == 1 else several if errors else "a warning, and --strict counts it"
    )
    lead = "Not ready for chapter 2: %s." % blame
    if report["exit_code"] != 1:
        lead = "Could not tell whether this machine is ready for chapter 2."
    return lead + (" " if len(lead) + 1 + len(numbers) <= 80 else "\n") + numbers


def next_step(cause, typed):
    """The first fix, as lines to be read or pasted in the learner's shell."""
    lines, shell = [], learners_shell()
    for fix in cause["fixes"][:1]:
        lines.append(wrap("Next step: %s%s" % (fix["title"][:1].lower(), fix["title"][1:])))
        for step in fix["steps"]:
            text = step.get("text") or (
                "From then on use %s" % step["python"] if "python" in step else ""
            )
            lines += [
                "    " + part
                for part in (
                    textwrap.wrap(text, 76, break_long_words=False, break_on_hyphens=False)
                )
            ]
            lines += ["    " + shell_line(step["argv"], shell)] if "argv" in step else []
    if page_of(cause["code"]):  # a file that stands alone, or came through a pipe, has no pages
        lines.append("Why: %s" % shell_line(typed + ["explain", cause["code"]], shell))
    return "\n".join(lines)
