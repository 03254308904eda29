"""What a command imports before it does anything: nobody waits for what it does not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# Each costs between 5 and 60 ms: programs, courses, the network, libraries of other projects.
DEAR = {
    "envcheck.environment",
    "envcheck.processes.process",
    "envcheck.run",
    "envcheck.fixes",
    "envcheck.sending",
    "envcheck_checks",
    "importlib.metadata",
    "subprocess",
    "ssl",
    "email",
    "logging",
    "packaging",
    "pip_requirements_parser",
    "yaml",
    "tomlkit",
    "jinja2",
    "psutil",
    "requests",
}


def imported(folder: Path, *words: str) -> set[str]:
    """The modules that were there when the command ended."""
    source = f"""
import sys
sys.argv = ["envcheck", *{words!r}]
from envcheck.command.main import main
try:
    main()
finally:
    print("\\n", *sys.modules, file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-I", "-c", source], cwd=folder, capture_output=True, text=True, check=True
    )
    return {*done.stderr.split("\n")[-2].split()}


@pytest.mark.parametrize("words", [("--version",), ("adopt", "--dry-run")])
def test_what_is_imported(words: tuple[str, ...], tmp_path: Path) -> None:
    """For a course whose list of packages is a plain one, and without asking anybody."""
    (tmp_path / "requirements.txt").write_text("numpy>=1.20\npandas\n", encoding="utf-8")
    (tmp_path / "lesson.py").write_text("import numpy\n", encoding="utf-8")
    dear = DEAR & imported(tmp_path, *words)
    assert not dear, f"import it in the function that needs it: {sorted(dear)}"


def test_a_list_of_another_kind_is_read_with_its_parser(tmp_path: Path) -> None:
    """What is seen above would be seen if it were there."""
    (tmp_path / "requirements.txt").write_text("-e .\n", encoding="utf-8")
    (tmp_path / "lesson.py").write_text("import numpy\n", encoding="utf-8")
    assert {"pip_requirements_parser", "ssl"} <= imported(tmp_path, "adopt", "--dry-run")


# What only a server needs, or a course that a file describes: 80 modules, 20 ms of the processor.
DEAR_TO_A_QUICK_RUN = {
    "asyncio",
    "envcheck.course_file.reading",
    "envcheck.run.own_checks",
    "envcheck_checks.notebook.launching.asked_first",
    "envcheck_checks.notebook.launching.judge",
    "envcheck_checks.notebook.launching.launch",
    "envcheck_checks.notebook.launching.proof",
}


def test_what_a_run_of_one_check_imports(tmp_path: Path) -> None:
    words = ("chapter2", "--quick", "--only", "python", "--python", sys.executable)
    modules = imported(tmp_path, *words)
    assert "envcheck_checks.python.check" in modules
    dear = DEAR_TO_A_QUICK_RUN & modules
    assert not dear, f"import it in the function that needs it: {sorted(dear)}"
