"""The long page of a tool's check, made from what the check says of itself."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from envcheck_checks.installed.codes import DEPENDENCY_WRONG_VERSION
from envcheck_checks.tools.framework.codes import (
    TOOL_ANSWERS_WRONG,
    TOOL_DIES_AT_EXIT,
    TOOL_FAILS,
    TOOL_HANGS,
    TOOL_INCOMPLETE,
    TOOL_MISSING,
    TOOL_VARIABLE_BREAKS,
)

# What can be said of every tool that pip installs.
GENERAL: dict[str, str] = {
    TOOL_MISSING: "it is not installed",
    TOOL_INCOMPLETE: "it is installed, and a module that it needs is not",
    DEPENDENCY_WRONG_VERSION: "a package that it needs has another version than it asks for",
    TOOL_FAILS: "its work ended with an error",
    TOOL_HANGS: "its work did not end in time",
    TOOL_ANSWERS_WRONG: "its work gave another number than it should",
    TOOL_VARIABLE_BREAKS: "it works when one variable of your terminal is taken away",
    TOOL_DIES_AT_EXIT: "it works, and its process dies afterwards (a warning)",
}
# What can be said of a tool whose server we start ourselves.
OF_SERVERS: dict[str, str] = {
    code: GENERAL[code]
    for code in (TOOL_FAILS, TOOL_HANGS, TOOL_ANSWERS_WRONG, TOOL_VARIABLE_BREAKS)
}
OWN_FOLDER = "It happens in a folder and a home of its own that are gone afterwards."


def page(
    title: str,
    about: str,
    proves: str,
    name: str,
    codes: Mapping[str, str],
    general: Mapping[str, str] = GENERAL,
    where: str = OWN_FOLDER,
) -> str:
    """The text of the page. `codes` are causes of this tool alone, each with what it means in a
    line; `general` those that it shares with others; `where` says whose folder and settings the
    work uses.
    """
    causes = "\n".join(f"- `{code}`: {meaning}" for code, meaning in {**codes, **general}.items())
    return f"""# {title} does a small piece of work

## What it is

{_wrapped(f"{title}: {about}. No chapter of the course asks for it yet; the course's list of topics names it.")}

## Why it matters

{_wrapped(f"That {title} can be installed does not say that it works on this machine. Its work here does.")}

## What is done

{_wrapped(f"{proves[0].upper()}{proves[1:]}. {where}")}

## See it yourself

- everywhere: `envcheck list` names the track; with `--only {name}` it runs alone

## What can be wrong

{causes}

## The fix

Each cause has a fix of its own: `envcheck explain CODE` shows it.
"""


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 80)
