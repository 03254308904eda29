"""The interface of a class is what its own description says: schemathesis asks it whatever that
allows, and much that it does not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests
from tests.stories.class_commands import opened, served

pytestmark = pytest.mark.slow
WORDS = (
    str(Path(sys.executable).parent / "schemathesis"),
    *("run", "openapi.json", "--phases", "coverage,fuzzing", "--seed", "20261128"),
    *("--max-examples", "5", "--continue-on-failure", "--no-color"),
)


def narrowed(document: Any) -> str:
    """What no schema can say of this class: its chapter, that there is an alias, and a day that
    the calendar has.
    """
    read: Any = json.loads(json.dumps(document))
    report = read["components"]["schemas"]["report"]
    report["required"] = [*report["required"], "alias"]
    properties = report["properties"]
    properties["chapters"] = {"const": ["chapter2"]}
    properties["started"] = {"const": "2026-11-28T10:00:00Z"}
    properties["alias"] = {"type": "string", "minLength": 1, "maxLength": 64}
    return json.dumps(read)


@pytest.mark.whole
def test_no_fault_and_no_answer_that_is_not_described(tmp_path: Path) -> None:
    """Every report that the schema allows is taken, everything else refused as it is written."""
    codes = opened(tmp_path / "data")
    with served("--data", tmp_path / "data", "--rate", "100000") as (_, url):
        described = requests.get(f"{url}/api/v1/openapi.json", timeout=30).json()
        (tmp_path / "openapi.json").write_text(narrowed(described), encoding="utf-8")
        done = subprocess.run(
            [*WORDS, "--url", url, "--header", f"Authorization: Bearer {codes.learner}"],
            cwd=tmp_path,
            env={**os.environ, "COLUMNS": "120"},
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
        kept = requests.get(
            f"{url}/api/v1/class", headers={"Authorization": f"Bearer {codes.learner}"}, timeout=30
        )
        assert kept.status_code == 200
