"""Whatever envcheck starts has the learner's variables, folder and words, but for what stands in the
table of overrides.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.stories.machine import Machine

from envcheck_checks import overrides
from envcheck_checks.overrides import Program

pytestmark = pytest.mark.slow

# Questions that a program answers and ends, and the words of Python itself.
ASKED = {"--version", "--paths", "--json", "--help"}
RECORDED = Path(__file__).with_name("recorded.py")
LEARNERS = {
    "COURSE": "ml",
    "JUPYTER_PORT_RETRIES": "40",
    "OMP_NUM_THREADS": "1",
    "PIP_TIMEOUT": "20",
    "XDG_STATE_HOME": "/nowhere/state",
}


def started(machine: Machine) -> list[dict[str, Any]]:
    """Every program of a whole run, in the order in which they were started."""
    file = machine.root / "started.jsonl"
    machine.variables.update(LEARNERS, ENVCHECK_STORY_STARTED=str(file))
    launcher = [sys.executable, "-I", "-X", "utf8", str(RECORDED)]
    seen = machine.check("--python", str(machine.python), launcher=launcher)
    assert seen.code == 0, seen.report["diagnoses"]
    lines = file.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_nothing_else_differs(machine: Machine) -> None:
    """The words, the folder and each variable of every program: theirs, or declared."""
    programs = started(machine)
    theirs, declared = machine.environ, overrides.declared(*Program)
    assert len(programs) > 8
    for one in programs:
        given = one["env"]
        changed = {name for name in {*theirs, *given} if theirs.get(name) != given.get(name)}
        assert changed <= declared, (one["argv"], sorted(changed - declared))
        words = {word.partition("=")[0] for word in one["argv"] if word.startswith("--")}
        ours = {word for word in words if not word.startswith("--envcheck")}
        assert ours <= declared | ASKED, (one["argv"], sorted(ours - declared - ASKED))
        own = one["cwd"] == str(machine.work)
        assert own or "envcheck-" in one["cwd"], one["argv"]
    for word in ("notebook", "ipykernel_launcher"):  # the learner's own, with nothing taken away
        mine = [one for one in programs if word in one["argv"]]
        assert mine, word
        assert {one["cwd"] for one in mine} == {str(machine.work)}
        assert all(LEARNERS.items() <= one["env"].items() for one in mine)
