"""What the script says of modules that it imports in the learner's folder, run as the target runs
it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import file_at

import envcheck_checks.in_target

SCRIPT = Path(next(iter(envcheck_checks.in_target.__path__)), "imports.py")


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The last row of each module, and that of all of them; one run serves every test."""
    folder = tmp_path_factory.mktemp("learner")
    file_at(folder / "good.py", "__version__ = '1.2'\n")
    file_at(folder / "broken.py", "import absent_module\n")
    file_at(folder / "raises.py", "raise SystemExit('I end here')\n")
    file_at(folder / "hollow.py")
    (folder / "nothing").mkdir()
    modules = ["good", "broken", "raises", "hollow", "nothing", "json"]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.read_text(encoding="utf-8"), "MARK", *modules],
        cwd=folder, capture_output=True, text=True, check=True, timeout=30,
    )  # fmt: skip
    said = [json.loads(line[4:-4]) for line in done.stdout.splitlines()]
    return {row.get("module", "all"): row for row in said}


def test_one_that_can_be_imported(rows: dict[str, dict[str, Any]]) -> None:
    """With its file and its version."""
    assert rows["good"]["version"] == "1.2"
    assert Path(rows["good"]["file"]).name == "good.py"
    assert "error" not in rows["good"]


def test_one_whose_import_fails(rows: dict[str, dict[str, Any]]) -> None:
    """With the module that is missing, and the file in which it was asked for."""
    row = rows["broken"]
    assert (row["error"], row["missing"]) == ("ModuleNotFoundError", "absent_module")
    assert Path(row["files"][-1]).name == "broken.py"


def test_one_that_ends_the_program(rows: dict[str, dict[str, Any]]) -> None:
    """The others are imported all the same."""
    assert (rows["raises"]["error"], rows["raises"]["message"]) == ("SystemExit", "I end here")
    assert "error" not in rows["json"]


def test_a_folder_without_its_module(rows: dict[str, dict[str, Any]]) -> None:
    """Python imports it as a namespace, and nothing is in it."""
    assert "without its __init__.py" in rows["nothing"]["message"]


def test_what_hides_and_what_is_empty(rows: dict[str, dict[str, Any]]) -> None:
    """Modules that came from the learner's folder; files without a byte."""
    names = [name for name, _ in rows["all"]["hiding"]]
    assert names == ["good", "hollow"]
    assert "hollow.py" in [Path(path).name for path in rows["all"]["empty"]]
    assert "good.py" not in [Path(path).name for path in rows["all"]["empty"]]
