"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code, Severity

PROGRAM_MISSING = Code("program-missing", "A program is not installed")
PROGRAM_PART_MISSING = Code(
    "program-part-missing",
    "A program lacks a part that it needs",
    severity=None,
)
PROGRAM_TOO_OLD = Code("program-too-old", "A program is too old for this work")
TOOL_ANSWERS_WRONG = Code("tool-answers-wrong", "A tool gave another number than it should")
TOOL_DIES_AT_EXIT = Code(
    "tool-dies-at-exit",
    "A tool does its work, and its process dies afterwards",
    severity=Severity.WARNING,
)
TOOL_FAILS = Code("tool-fails", "A small piece of work with a tool failed")
TOOL_HANGS = Code("tool-hangs", "A small piece of work with a tool did not end")
TOOL_INCOMPLETE = Code(
    "tool-incomplete", "A tool is there, a module that it needs is not", automatic=True
)
TOOL_MISSING = Code("tool-missing", "A tool is not installed", automatic=True)
TOOL_VARIABLE_BREAKS = Code(
    "tool-variable-breaks", "A variable of this terminal keeps a tool from working", automatic=True
)
