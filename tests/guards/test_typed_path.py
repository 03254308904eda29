"""Whether a command can be typed is asked in one way: as the learner's own shell looks it up."""

from __future__ import annotations

import re

from tests.guards.source import ROOT, files, place, text

SOURCES = files(ROOT / "src", ROOT / "checks")
WITH_THE_RAW_PATH = re.compile(r"which\([^\n]*variables\.get\(\s*\"PATH\"")
# Programs of the system itself, which lie where no shell's spelling matters.
OF_THE_SYSTEM = {
    "src/envcheck/processes/apple_stubs.py",
    "checks/envcheck_checks/tools/airflow/standalone.py",
}


def test_a_command_is_looked_for_as_the_shell_does() -> None:
    raw = {place(file) for file in SOURCES if WITH_THE_RAW_PATH.search(text(file))}
    assert raw == OF_THE_SYSTEM, "use envcheck.target.typed_path.which"
