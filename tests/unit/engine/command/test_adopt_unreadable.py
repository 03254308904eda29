"""`envcheck adopt` where a file of the course cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import BOOK, course, notebook
from tests.unit.engine.command.test_adopt import BROKEN, adopt

from envcheck.errors import UsageProblem

NO_YAML = "dependencies:\n  - numpy\n<<<<<<< HEAD\n  - scipy\n"


@pytest.mark.parametrize(
    "words", [(), ("--yes",), ("--check",), ("--dry-run",), ("--format", "json")]
)
@pytest.mark.parametrize("there", ["", 'course = "x"\nrequires = ["environment.yml"]\n'])
@pytest.mark.parametrize("name", ["environment.yml", "ch1/requirements.txt", "pyproject.toml"])
def test_a_list_that_cannot_be_read(
    tmp_path: Path, words: tuple[str, ...], there: str, name: str
) -> None:
    """It is not adopted around: what it says would be written in its place, wrong from tomorrow on."""
    files = {
        "environment.yml": "dependencies:\n  - numpy\n",
        "ch1/a.ipynb": notebook("import numpy, scipy"),
    }
    root = course(tmp_path, {**files, name: NO_YAML})
    if there:
        course(root, {"envcheck.toml": there})
    result = adopt(root, *words)
    assert isinstance(result.exception, UsageProblem)
    assert "this file cannot be read, and nothing was written: " in str(result.exception)
    assert f"{name}:" in str(result.exception)
    file = root / "envcheck.toml"
    assert (file.read_text() if there else file.exists()) == (there or False)


def test_check_of_a_notebook_that_cannot_be_read(tmp_path: Path) -> None:
    """Nobody can say whether the file is right. One that is left out is none of the course's."""
    root = course(tmp_path / "book", BOOK)
    assert adopt(root, "--yes").exit_code == 0
    told = str(adopt(root, "--check").exception)
    assert "these 2 files cannot be read" in told
    assert "ch2/broken.ipynb:2: it has the marks of a merge" in told
    file = root / "envcheck.toml"
    file.write_text(f"# left out: {', '.join(BROKEN)}\n" + file.read_text())
    result = adopt(root, "--check")
    assert result.exit_code == 0
    assert "broken.ipynb" not in result.output


def test_a_list_that_was_left_out(tmp_path: Path) -> None:
    """Its author does not want it, read or not, and need not say so twice."""
    files = {"requirements.txt": "numpy\n", "requirements-gpu.txt": "torch\n"}
    files["a.ipynb"] = notebook("import numpy, torch")
    own = '# left out: requirements-gpu.txt, conda.yml\ncourse = "x"\nrequires = ["requirements.txt"]\n'
    own += '\n[chapter.course]\nfolder = "."\n'
    root = course(tmp_path, {**files, "conda.yml": NO_YAML, "envcheck.toml": own})
    assert adopt(root, "--check").exit_code == 0
