"""A course that is a workspace of uv: its chapters are projects with lists of their own, one lock and one environment."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest
from tests.stories.test_projects import learner, names, run

pytestmark = [pytest.mark.slow, pytest.mark.whole]
WORKSPACE = {
    "pyproject.toml": '[project]\nname = "course"\nversion = "0"\nrequires-python = ">=3.10"\n'
    'dependencies = ["six"]\n[tool.uv]\npackage = false\n[tool.uv.workspace]\nmembers = ["ch*", "kit"]\n',
    "ch1/pyproject.toml": '[project]\nname = "ch1"\nversion = "0"\nrequires-python = ">=3.10"\n'
    'dependencies = ["wcwidth", "coursekit"]\n[tool.uv]\npackage = false\n'
    "[tool.uv.sources]\ncoursekit = { workspace = true }\n",
    "ch1/lesson.py": "import coursekit, wcwidth\n",
    "ch2/pyproject.toml": '[project]\nname = "ch2"\nversion = "0"\nrequires-python = ">=3.10"\n'
    'dependencies = ["iniconfig"]\n[tool.uv]\npackage = false\n',
    "ch2/lesson.py": "import iniconfig\n",
    "kit/pyproject.toml": '[project]\nname = "coursekit"\nversion = "0"\nrequires-python = ">=3.10"\n'
    '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n',
    "kit/coursekit/__init__.py": "",
}


@pytest.mark.parametrize("standing", [".", "ch1"])
def test_a_course_that_is_a_workspace_of_uv(standing: str, tmp_path: Path) -> None:
    """adopt reads it, the printed lines make the root's environment with every member's packages, and the
    course's own package comes from the course.
    """
    machine = learner("uv", tmp_path)
    for file, text in WORKSPACE.items():
        machine.write(f"work/{file}", text)
    envcheck = shlex.quote(str(Path(sys.executable).with_name("envcheck")))
    run(machine, f"uv lock && {envcheck} adopt --yes && {envcheck} adopt --check")
    asked = f"cd {standing} && {envcheck} ch1 --only ch1.packages --offline --python"
    plain = machine.run(argv=["sh", "-c", f"{asked} {sys.base_prefix}/bin/python3"])
    assert plain.returncode == 1, plain.stdout + plain.stderr
    lines = plain.stdout.partition("Next step:")[2].partition("Why:")[0].splitlines()
    typed = [line.strip() for line in lines if line.startswith("    ")]
    assert typed[0].startswith("uv sync") and not any("coursekit" in line for line in typed)
    run(machine, "\n".join([f"cd {standing}", *typed]))
    inside = machine.work / ".venv" / "bin" / "python"
    assert {"six", "wcwidth", "iniconfig", "coursekit"} <= names(inside)
    ready = run(machine, f"{asked} {inside}")
    assert "Packages works" in ready
