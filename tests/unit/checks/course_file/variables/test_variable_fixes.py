"""What a learner is told to do about a variable stays whole where secrets are taken out of texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import on

from envcheck import Fix, Tell
from envcheck.secret_shapes import without_secrets
from envcheck_checks.course_file.variables import variable_fixes as fixes

FILE, OTHER = Path("/c/.env"), Path("/c/docker/.env")


def texts(fix: Fix) -> list[str]:
    return [fix.title, *(step.text for step in fix.steps if isinstance(step, Tell))]


@pytest.mark.parametrize(
    "name", ["OPENAI_API_KEY", "DB_PASSWORD", "GITHUB_TOKEN", "PGPASS", "HOST"]
)
def test_no_word_is_taken_for_a_value(name: str) -> None:
    """`API_KEY= and your own value` is read as a key whose value is `and`."""
    every = [
        fixes.own_value(name, FILE),
        fixes.write_line(name, FILE),
        fixes.make_file(name, FILE, None),
        fixes.make_file(name, FILE, Path("/c/.env.example")),
        fixes.make_room(name, FILE),
        fixes.copy_line(name, OTHER, FILE),
        fixes.rename(OTHER, FILE),
        fixes.save_as_utf8(FILE),
    ]
    for text in (text for fix in every for text in texts(fix)):
        assert without_secrets(text) == text


@pytest.mark.parametrize("system", ["linux", "win32"])
def test_the_terminals_line_is_told_by_its_quotes(tmp_path: Path, system: str) -> None:
    """What stands between them is taken out: nothing may be said of it."""
    for text in texts(fixes.set_in_terminal(on(system, tmp_path), "API_KEY")):
        assert "dots" not in text
        assert without_secrets(text).replace("***", "...") == text
