"""What docs/instructors.md tells an instructor to type is typed here, as it stands there."""

from __future__ import annotations

import json
import re
import shlex
import shutil

import pytest
from tests.lines_of_pages import to_type
from tests.not_typed import ELSEWHERE
from tests.stories.machine import MakeMachine
from tests.unit.engine.sending.strict_server import Class, serving

PAGE = "docs/instructors.md"
ROSTER = "First name;Last name;Username\nReinhard;Fuchs;fox\nKim;Park;kim\n"

pytestmark = pytest.mark.slow


def test_the_page_is_typed_as_it_stands(make_machine: MakeMachine) -> None:
    """A learner makes a report, and the instructor sees who is ready, silent, and what remains."""
    machine = make_machine()
    first, *others = to_type(PAGE)
    assert first.startswith("envcheck chapter2 --as fox")
    seen = machine.run(*shlex.split(first)[1:])
    assert seen.returncode == 0, seen.stderr
    report = machine.work / "report.json"
    assert json.loads(report.read_text(encoding="utf-8"))["alias"] == "fox"
    handed_in = machine.work / "reports" / "week 2"
    handed_in.mkdir(parents=True)
    shutil.move(report, handed_in / "report.json")
    (machine.work / "roster.csv").write_text(ROSTER, encoding="utf-8")
    for line in others:
        assert line.startswith("envcheck class show reports")
        done = machine.run(*shlex.split(line)[1:])
        assert "--roster roster.csv" in line, "whoever is silent must be seen everywhere"
        assert done.returncode == 1, (line, done.stderr)
    (shown, *_) = others
    told = machine.run(*shlex.split(shown)[1:]).stdout
    assert re.search(r"^Silent \(1\)\n  Kim Park\n\nReady.*\n.*Reinhard Fuchs", told, re.MULTILINE)
    assert "Reinhard" in (machine.work / "class.html").read_text(encoding="utf-8")
    wall = (machine.work / "wall.html").read_text(encoding="utf-8")
    assert "1 of 2 ready" in wall
    assert "Fuchs" not in wall and "fox" not in wall
    table = (machine.work / "class.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[:2] for row in table[1:]] == [
        ["Kim Park", "silent"],
        ["Reinhard Fuchs", "ready"],
    ]
    assert not json.loads((machine.work / "class.json").read_text(encoding="utf-8"))["all_ready"]


@pytest.mark.whole
def test_a_report_goes_by_the_link(make_machine: MakeMachine) -> None:
    """The same line, with the link of a class that is there; nobody is at the terminal to be asked."""
    machine = make_machine()
    with serving(Class()) as of:
        line = [*ELSEWHERE[PAGE]][-1].replace("https://class.example.org/CODE", of.link)
        words = [*shlex.split(line)[1:], "--quick", "--as", "fox"]
        assert machine.run(*words).returncode == 0
        assert of.reports == []
        assert machine.run(*words, "--send-without-asking").returncode == 0
        assert [json.loads(body)["alias"] for _, body in of.reports] == ["fox"]
