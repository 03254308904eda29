"""Every kind of step and every side of a report has its place in the JSON document."""

from __future__ import annotations

import json

import pytest
from tests.unit.engine.reports import examples

from envcheck import Rename, Run, SetEnv, Step, Tell, UnsetEnv, UsePython, Write
from envcheck.reports.document import document, step_document


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Run(("a", "b")), {"do": "run", "argv": ["a", "b"]}),
        (Rename("a", "b"), {"do": "rename", "from": "a", "to": "b"}),
        (Write("a", "text"), {"do": "write", "path": "a", "text": "text"}),
        (SetEnv("A", "1"), {"do": "set-env", "name": "A", "value": "1"}),
        (UnsetEnv("A"), {"do": "unset-env", "name": "A"}),
        (UsePython("p", "venv"), {"do": "use-python", "python": "p", "kind": "venv"}),
        (Tell("do it"), {"do": "tell", "text": "do it"}),
    ],
)
def test_steps(step: Step, expected: dict[str, object]) -> None:
    """A program that reads them needs no knowledge of our classes."""
    assert step_document(step) == expected


def test_only_plain_values() -> None:
    """What is written can be read back as the same."""
    whole = document(examples.NOT_READY)
    assert json.loads(json.dumps(whole)) == whole


def test_an_empty_side_is_left_out() -> None:
    """Evidence has the sides that there are, and a status has its word."""
    whole = document(examples.NOT_READY)
    assert all(text for cause in whole["diagnoses"] for text in cause["evidence"].values())
    assert {check["status"] for check in whole["checks"]} <= {
        "pass",
        "warn",
        "fail",
        "skip",
        "error",
    }
