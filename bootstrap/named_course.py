"""The course file that `--course` names, judged before an environment is made, as far as plain Python
can tell: the engine says the rest.
"""

import importlib
import io
import os
import re
import sys

from bootstrap.head import full_path

COURSE_FILE = "envcheck.toml"
LARGEST, MOST_DOTS = 1000000, 50  # as in src/envcheck/course_file/text.py, which refuses more
TOML_PLACE = re.compile(r"(?s)(.*?) \(at line (\d+), column (\d+)\)$")


def wrong_course(words):
    """Why the file that is named can be no course; empty where it may be one."""
    place = os.path.expanduser(named_course(words))
    if not place or "://" in place or not os.path.isabs(full_path(place)):
        return ""
    file = full_path(place)
    if os.path.isdir(file):
        file = os.path.join(file, COURSE_FILE)
        if not os.path.isfile(file):
            return "--course %s: there is no %s in this folder" % (place, COURSE_FILE)
    if not os.path.isfile(file):
        return "--course %s: there is no such file" % place
    return why_no_table(file) if file.endswith(".toml") else ""


def named_course(words):
    """The value of `--course`; empty where there is none, or where it means a file of other machines."""
    named, words = "", list(words) if words[:1] != ["hub"] else []
    while words and words[0] != "--":
        name, separator, value = words.pop(0).partition("=")
        if name == "--course" and (separator or words):
            named = value if separator else words.pop(0)
    return named


def why_no_table(file):
    """Why a file is no TOML; empty where it is, or where this Python cannot tell (before 3.11)."""
    try:
        with io.open(file, "rb") as opened:
            content = opened.read(LARGEST + 1)
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "%s: it is not UTF-8, as TOML must be: %s" % (file, error.reason)
    except (OSError, IOError) as error:
        return "%s: it cannot be read: %s" % (file, error.strerror or error)
    long = len(content) > LARGEST or any(line.count(".") > MOST_DOTS for line in text.split("\n"))
    if sys.version_info < (3, 11) or long:
        return ""
    try:
        importlib.import_module("tomllib").loads(text)
    except (ValueError, RuntimeError) as error:  # RuntimeError: too many brackets
        hit = TOML_PLACE.match(str(error))
        if hit:
            reason, line, column = hit.groups()
            shown = reason[:1].lower() + reason[1:]
            return "%s:%s:%s: it is not TOML: %s" % (file, line, column, shown)
    return ""
