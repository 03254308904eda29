"""Files of the course that cells run: what installs in them is taken out of the copy."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from envcheck.shape import read_object
from envcheck_checks.course_file.installing.installing_files import CopiedCourse


def notebook(file: Path, *sources: str | list[str]) -> None:
    cells = [{"cell_type": "code", "source": source} for source in sources]
    file.write_text(
        json.dumps({"cells": [*cells, {"cell_type": "markdown", "source": "!pip install"}]})
    )


def sources(file: Path) -> list[str]:
    document = read_object(file.read_text(), {"cells": [{"source": str}]})
    return [cell["source"] for cell in document["cells"]][:-1] if document else []


def test_a_notebook_that_is_run(tmp_path: Path) -> None:
    """Its other cells are needed by those that come after."""
    notebook(tmp_path / "setup.ipynb", ["!pip install a\n", "x = 1"], "y = 2")
    copied = CopiedCourse(tmp_path, tmp_path)
    assert copied.cleaned("%run -i setup.ipynb") == "%run -i setup.ipynb: !pip install a"
    assert sources(tmp_path / "setup.ipynb") == ["pass\nx = 1", "y = 2"]
    assert copied.cleaned("%run setup.ipynb") == ""


@pytest.mark.parametrize(
    "line", ["%run setup.py", "%run ./setup", "!python3 -u setup.py", "run setup.py"]
)
def test_a_file_of_python(tmp_path: Path, line: str) -> None:
    (tmp_path / "setup.py").write_text("import os\nos.system('conda create -n a')\nx = 1\n")
    assert "os.system(..." in CopiedCourse(tmp_path, tmp_path).cleaned(line)
    assert (tmp_path / "setup.py").read_text() == "import os\npass\nx = 1\n"


def test_a_file_that_another_one_runs(tmp_path: Path) -> None:
    """And one that runs itself has an end."""
    notebook(tmp_path / "a.ipynb", "%run b.ipynb\n%run a.ipynb")
    notebook(tmp_path / "b.ipynb", "!pip install x")
    said = CopiedCourse(tmp_path, tmp_path).cleaned("%run a.ipynb")
    assert said == "%run a.ipynb: %run b.ipynb: !pip install x"
    assert sources(tmp_path / "b.ipynb") == ["pass"]


@pytest.mark.parametrize("line", ["bash get.sh", "./get.sh", "sh -e get.sh", "cd x; source get.sh"])
def test_a_script_of_the_shell(tmp_path: Path, line: str) -> None:
    copied = CopiedCourse(tmp_path, tmp_path)
    assert not copied.is_out(line)
    (tmp_path / "get.sh").write_text("#!/bin/sh\nif true; then\n  pip \\\n   install a\nfi\n")
    assert copied.is_out(line)
    assert not CopiedCourse(tmp_path, tmp_path, thrown_away=True).is_out(line)
    (tmp_path / "get.sh").write_text("curl -O https://x.org/a.csv\n")
    assert not copied.is_out(line)


def test_a_file_that_is_only_for_reading(tmp_path: Path) -> None:
    (tmp_path / "setup.py").write_text("!pip install a\n")
    (tmp_path / "setup.py").chmod(0o400)
    assert CopiedCourse(tmp_path, tmp_path).cleaned("%run setup.py")
    assert (tmp_path / "setup.py").read_text() == "pass\n"


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems where files have modes")
def test_a_script_stays_one_that_can_be_run(tmp_path: Path) -> None:
    (tmp_path / "setup.py").write_text("import os\nos.system('pip install a')\n")
    (tmp_path / "setup.py").chmod(0o555)
    assert CopiedCourse(tmp_path, tmp_path).cleaned("!./setup.py")
    assert stat.S_IMODE((tmp_path / "setup.py").stat().st_mode) == 0o755


def test_what_was_taken_out_before_is_told_again(tmp_path: Path) -> None:
    """By another notebook of the same copy; and a file that was written anew is cleaned anew."""
    notebook(tmp_path / "a.ipynb", "%run b.ipynb\n%run a.ipynb")
    notebook(tmp_path / "b.ipynb", "!pip install x\n%run a.ipynb")
    first = CopiedCourse(tmp_path, tmp_path)
    told = first.cleaned("%run a.ipynb")
    assert (
        CopiedCourse(tmp_path, tmp_path, taken_out=first.taken_out).cleaned("%run a.ipynb") == told
    )
    (tmp_path / "b.ipynb").unlink()
    notebook(tmp_path / "b.ipynb", "!pip install y")
    again = CopiedCourse(tmp_path, tmp_path, taken_out=first.taken_out)
    assert again.cleaned("%run b.ipynb") == "%run b.ipynb: !pip install y"
    assert sources(tmp_path / "b.ipynb") == ["pass"]


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems where anybody may make links")
def test_nothing_outside_the_copy_is_touched(tmp_path: Path) -> None:
    text = "!pip install a\n"
    (tmp_path / "other.py").write_text(text)
    course = tmp_path / "copy" / "week1"
    course.mkdir(parents=True)
    (course / "linked.py").symlink_to(tmp_path / "other.py")
    copied = CopiedCourse(tmp_path / "copy", course)
    for name in ("../../other.py", str(tmp_path / "other.py"), "linked.py"):
        assert copied.cleaned(f"%run {name}") == ""
    assert (tmp_path / "other.py").read_text() == text


@pytest.mark.parametrize("text", ["", "[]", "{", '{"cells": 3}', '{"cells": [1]}'])
def test_what_is_no_notebook_stays(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.ipynb").write_text(text)
    assert CopiedCourse(tmp_path, tmp_path).cleaned("%run a.ipynb") == ""
    assert (tmp_path / "a.ipynb").read_text() == text
