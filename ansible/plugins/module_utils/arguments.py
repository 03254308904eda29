# -*- coding: utf-8 -*-
# Copyright (c) 2026, the envcheck developers
# MIT License (see LICENSE)
"""What the module `report` takes. Of these the controller keeps `carry`, `reports`, `fix_records`
and `with_report` to itself, and gives `digest` and `packed` instead.
"""

from __future__ import annotations

SPEC = {
    "chapters": {"type": "list", "elements": "str", "default": ["chapter2"]},
    "user": {"type": "str"},
    "folder": {"type": "str", "default": "~"},
    "words": {"type": "list", "elements": "str", "default": []},
    "carry": {"type": "path"},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "fix": {"type": "bool", "default": False},
    "join": {"type": "str", "no_log": True},
    "submit": {"type": "str", "no_log": True},
    "alias": {"type": "str"},
    "timeout": {"type": "int", "default": 300},
    "reports": {"type": "path"},
    "fix_records": {"type": "path"},
    "with_report": {"type": "bool", "default": True},
    "_digest": {"type": "str", "default": ""},
    "_packed": {"type": "str"},
}
OPTIONS = {"mutually_exclusive": [("join", "submit")]}
# What these do is an option of the module, and changes what it answers.
OWN = (
    "--fix",
    "--yes",
    "--dry-run",
    "--format",
    "--output",
    "--report",
    "--as",
    "--join",
    "--submit",
)


def refused(words):
    """Why these words are not passed on; empty where they are."""
    for word in words:
        if word.partition("=")[0] in OWN:
            return (
                "%s does not belong into words: it has an option of its own, or would spoil the answer"
                % word
            )
    return ""
