"""What an author's own lists have is not asked for again, wherever they lie and whatever they are called."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import course, notebook
from tests.unit.engine.adopt.writing.test_questions import changed, changed_files
from tests.unit.engine.command.test_adopt import adopt

from envcheck.errors import UsageProblem

CHAPTERS = '\n[chapter.ch1]\nfolder = "ch1"\n\n[chapter.ch2]\nfolder = "ch2"\n'
PYPROJECT = (
    '[project]\nname = "x"\nversion = "1"\n[project.optional-dependencies]\nweb = ["pyyaml"]\n'
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lists/all.txt", "numpy\nPyYAML\nfoolib\nbarlib\n"),
        ("what_to_install.in", "numpy>=1\npyyaml\nfoolib\nbarlib\n"),
        ("requirements-dev.txt", "numpy\npyyaml\nfoolib\nbarlib\n"),
        (".lists/course.yml", "dependencies:\n- numpy\n- pyyaml\n- pip:\n  - foolib\n  - barlib\n"),
        ("lists/all.txt", "pandas\npyyaml\nfoolib\nbarlib\n"),  # pandas brings numpy
    ],
)
def test_a_list_that_no_name_tells(tmp_path: Path, name: str, text: str) -> None:
    written = f'course = "x"\nrequires = ["{name}"]\n{CHAPTERS}'
    assert changed(tmp_path, written, **{name: text}) == written
    told = adopt(tmp_path, "--check").output
    assert "names it" not in told
    assert "Not decided" not in told


def test_a_list_that_another_names(tmp_path: Path) -> None:
    """What is read through one of the author's is not named beside it."""
    written = f'course = "x"\nrequires = ["lists/all.txt"]\n{CHAPTERS}'
    files = {
        "lists/all.txt": "-r ../requirements.txt\nfoolib\nbarlib\n",
        "requirements.txt": "numpy\npyyaml\n",
    }
    assert changed(tmp_path, written, **files) == written


@pytest.mark.parametrize(
    ("above", "text"),
    [
        ('packages = ["dask[dataframe]", "apache-airflow[google]"]\n', ""),
        ('requires = ["lists/all.txt"]\n', "dask[dataframe]\napache-airflow[google]\n"),
        ('packages = ["apache-airflow[google]"]\nrequires = ["lists/all.yml"]\n', "dependencies: [dask]\n"),
    ],
)  # fmt: skip
def test_what_extras_of_the_authors_may_bring(tmp_path: Path, above: str, text: str) -> None:
    """It is neither needed nor asked for, in most chapters or in one; what is imported itself is needed."""
    written = f'course = "x"\n{above}{CHAPTERS}'
    cell = "import dask.dataframe, airflow.providers.google"
    files = {"ch1/a.ipynb": notebook(cell), "ch2/b.ipynb": notebook(cell)}
    lists = {"lists/all.txt": text, "lists/all.yml": text} if text else {}
    assert changed_files(tmp_path / "a", written, files | lists) == written
    files["ch2/b.ipynb"] = notebook(f"{cell}\nimport pandas")
    assert changed_files(tmp_path / "b", written, files | lists) == (
        f'{written}packages = ["pandas"]\n'
    )


@pytest.mark.parametrize("above", ['packages = ["zz[numpy]"]', 'requires = ["lists/all.txt"]'])
def test_an_extra_of_the_authors_that_is_called_as_a_package(tmp_path: Path, above: str) -> None:
    written = f'course = "x"\n{above}\n{CHAPTERS}'
    files = {"lists/all.txt": "zz[numpy]\n"}
    books = {"ch1/a.ipynb": notebook("import numpy"), "ch2/b.ipynb": notebook("import numpy")}
    assert changed_files(tmp_path, written, files | books) == written


def test_a_list_of_one_chapter(tmp_path: Path) -> None:
    """It answers for that chapter, and for no other one."""
    own = CHAPTERS.replace('folder = "ch1"', 'folder = "ch1"\nrequires = ["lists/one.txt"]')
    written = f'course = "x"\n{own}'
    text = changed(tmp_path, written, **{"lists/one.txt": "pyyaml\nfoolib\nnumpy\n"})
    assert 'folder = "ch2"\npackages = ["numpy"]' in text
    assert "# ? barlib" in text
    assert "foolib" not in text


def test_an_extra(tmp_path: Path) -> None:
    requires = 'requires = ["pyproject.toml[web]"]\n'
    written = f'course = "x"\n{requires}packages = ["numpy", "foolib", "barlib"]\n{CHAPTERS}'
    text = changed(tmp_path, written, **{"pyproject.toml": PYPROJECT})
    assert "pyyaml" not in text


def test_one_that_cannot_be_read(tmp_path: Path) -> None:
    """What it lists nobody knows, and a copy would be wrong from the day on which it is put right."""
    written = f'course = "x"\nrequires = ["lists/all.yml"]\n{CHAPTERS}'
    files = {"ch1/a.ipynb": notebook("import numpy"), "envcheck.toml": written}
    root = course(tmp_path, {**files, "lists/all.yml": "dependencies: [numpy\n"})
    assert isinstance(adopt(root, "--yes").exception, UsageProblem)
    assert (root / "envcheck.toml").read_text() == written
    (root / "envcheck.toml").write_text(f"# left out: lists/all.yml\n{written}")
    assert adopt(root, "--yes").exit_code == 0
