"""What must not leave the machine: passwords, the home folder, names of user and host."""

import getpass
import os
import platform
import re


def scrubbed_value(value):
    """A value of JSON with all its texts scrubbed."""
    if isinstance(value, dict):
        return dict((name, scrubbed_value(inner)) for name, inner in value.items())
    if isinstance(value, list):
        return [scrubbed_value(inner) for inner in value]
    return scrubbed(value) if isinstance(value, str) else value


def scrubbed(text):
    """The text without passwords, the home folder, and user and host as a path segment."""
    text = re.sub(r"(?i)(\b[a-z][a-z0-9+.-]*://)[^/\s:@]*(?::[^/\s@]*)?@", r"\1***@", text)
    home = (
        os.environ.get("HOME") or os.environ.get("USERPROFILE") or os.path.expanduser("~")
    ).rstrip("/\\")
    for spelling in (home, os.path.realpath(home) if home else ""):
        if len(spelling) > 1:
            text = re.sub(r"(?<![\w.~-])%s(?=$|[^\w.-])" % re.escape(spelling), "~", text)
    try:
        user = os.environ.get("USER") or os.environ.get("USERNAME") or getpass.getuser()
    except Exception:  # a user id without a name
        user = ""
    for name, instead_of_it in ((user, "USER"), (platform.node(), "HOST")):
        if len(name) > 1:
            text = re.sub(
                r"(?<=[/\\@])%s(?=$|[/\\\s:\"'),;])" % re.escape(name), instead_of_it, text
            )
    return text
