"""Whether an index of the course's own is set."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import course

from envcheck.adopt.reading.indexes import is_set_in, sets_index
from envcheck.adopt.reading.tree import tree


@pytest.mark.parametrize(
    ("text", "sets"),
    [
        ("PIP_INDEX_URL=https://a.example/simple", True),
        ('os.environ["UV_INDEX"] = "a=https://a.example"', True),
        ("pip config set global.find-links /wheels", True),
        ("os.environ['PIP_INDEX_URL'] = 'https://pypi.org/simple'", False),
        ("pip config set global.index-url https://pypi.org/simple", False),
        ("pip config set global.timeout 60", False),
        ("PIP_NO_CACHE_DIR=1", False),
        ("UV_INDEX_OWN_PASSWORD=x", False),
    ],
)
def test_a_text(text: str, sets: bool) -> None:
    assert sets_index(text) == sets


@pytest.mark.parametrize(
    ("name", "text", "sets"),
    [
        ("pip.conf", "[global]\nindex-url = https://a.example/simple\n", True),
        ("w1/pip.ini", "[global]\nindex-url = https://pypi.org/simple\n", False),
        ("uv.toml", '[[index]]\nurl = "https://a.example"\n', True),
        ("setup.sh", "export PIP_INDEX_URL=https://a.example\n", True),
        ("w1/notes.md", "export PIP_INDEX_URL=https://a.example\n", False),
    ],
)
def test_a_file(tmp_path: Path, name: str, text: str, sets: bool) -> None:
    assert is_set_in(tree(course(tmp_path, {name: text}))) == sets
