"""What must not leave the machine: passwords, the home folder, names of user and host."""

import getpass
import os
import platform
import re
import sys
import unicodedata


def is_learners_own(stream):
    """Whether only the learner reads a stream: a terminal, and not one of a CI system."""
    return stream.isatty() and not os.environ.get("CI")


def scrubbed_value(value, scrub):
    """A value of JSON with all its texts scrubbed by a function."""
    if isinstance(value, dict):
        return dict((name, scrubbed_value(inner, scrub)) for name, inner in value.items())
    if isinstance(value, list):
        return [scrubbed_value(inner, scrub) for inner in value]
    return scrub(value) if isinstance(value, str) else value


def without_secrets(text):
    """The text without passwords; its paths are real, so that they can be pasted."""
    return re.sub(r"(?i)(\b[a-z][a-z0-9+.-]*://)[^/\s:@]*(?::[^/\s@]*)?@", r"\1***@", text)


def scrubbed(text):
    """The text without passwords, the home folder, and user and host as a path segment."""
    text = without_secrets(text)
    home = (
        os.environ.get("HOME") or os.environ.get("USERPROFILE") or os.path.expanduser("~")
    ).rstrip("/\\")
    home = home if os.path.isabs(home) else ""  # a user id without a name
    any_case = re.IGNORECASE if sys.platform in ("win32", "darwin") else 0
    for spelling in letters(home) + letters(os.path.realpath(home) if home else ""):
        if len(spelling) > 1:
            text = re.sub(
                r"(?<![\w.~-])%s(?=$|[^\w.-])" % re.escape(spelling), "~", text, flags=any_case
            )
    try:
        user = os.environ.get("USER") or os.environ.get("USERNAME") or getpass.getuser()
    except Exception:  # a user id without a name
        user = ""
    host = [(name, "HOST") for name in letters(platform.node())]
    for name, instead_of_it in [(name, "USER") for name in letters(user)] + host:
        if len(name) > 1:
            end = r"(?=$|[/\\\s:\"'),;])"
            text = re.sub(
                r"(?<=[/\\@])" + re.escape(name) + end, instead_of_it, text, flags=any_case
            )
    return text


def letters(text):
    """A text with each accent within its letter and beside it: a Mac takes both for one name."""
    if sys.version_info < (3,):
        return [text]
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    return [text] + [form for form in forms if form != text]
