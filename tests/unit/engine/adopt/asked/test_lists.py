"""Which files of a course are lists for its learners, and what those leave to be said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import course, notebook

from envcheck.adopt.asked.brought import with_brought
from envcheck.adopt.judging.stumbling import stumbles
from envcheck.adopt.needed.course import Reading, read
from envcheck.adopt.writing.new_file import text

LESSON = "Then:\n\n```python\nimport numpy\n```\n"
TWO = {"ch1/a.ipynb": notebook("import numpy"), "ch2/b.ipynb": notebook("import numpy")}


def of(root: Path, files: dict[str, str]) -> Reading:
    return read(course(root / "course", files))


def required(reading: Reading) -> list[str]:
    return [listing.name for listing in reading.lists.of_all]


@pytest.mark.parametrize(
    ("files", "names"),
    [
        ({"requirements.txt": "numpy"}, ["requirements.txt"]),
        ({"00-Install/requirements.txt": "numpy"}, ["00-Install/requirements.txt"]),
        ({"episodes/files/environment.yml": "dependencies: [numpy]"}, ["episodes/files/environment.yml"]),
        ({"ch2/requirements.txt": "numpy"}, []),
        ({"ch2/app/config/requirements.txt": "numpy", "ch1/requirements.txt": "numpy"}, []),
        ({"quiz/pyproject.toml": '[project]\nname = "quiz"\ndependencies = ["numpy"]'}, []),
    ],
)  # fmt: skip
def test_the_lists_of_all(tmp_path: Path, files: dict[str, str], names: list[str]) -> None:
    """At the root, in its folder for the set-up, or the only one that belongs to no part."""
    assert required(of(tmp_path, {**TWO, **files})) == names


def test_a_list_of_which_nothing_is_imported(tmp_path: Path) -> None:
    """It builds the course's page: learners are not asked for it, and the file says so."""
    reading = of(tmp_path, {"requirements.txt": "PyYAML\nupdate-copyright\n", **TWO})
    assert required(reading) == []
    assert "# not read: requirements.txt, of which the course imports nothing" in text(reading)
    assert [need.requirement for need in reading.needs] == ["numpy"]


@pytest.mark.parametrize("lists", ["pytest\n", "jupyterlab\n", "numpy\n"])
def test_a_list_of_programs_is_kept(tmp_path: Path, lists: str) -> None:
    """A course that imports nothing may need one all the same; Jupyter is imported by nobody."""
    cell = "import numpy" if lists != "pytest\n" else "import os"
    files = {"requirements.txt": lists, "a.ipynb": notebook(cell)}
    assert required(of(tmp_path, files)) == ["requirements.txt"]


def test_files_that_list_nothing(tmp_path: Path) -> None:
    """Settings of tools alone, and tables of pixi's environments, are no faults of the course."""
    files = {
        "pyproject.toml": "[tool.ruff]\nline-length = 100\n",
        "setup.cfg": "[flake8]\nmax-line-length = 100\n",
        "pixi.toml": '[workspace]\nname = "a"\n[feature.gpu.dependencies]\npytorch = "*"\n',
        "requirements.txt": "numpy\n",
        "a.ipynb": notebook("import numpy"),
    }
    assert stumbles(of(tmp_path, files)) == ()


def test_what_comes_along(tmp_path: Path) -> None:
    """Nobody misses what a package of the list needs itself, at any depth; what it needs no longer
    is missing.
    """
    cell = "import dateutil, PIL, pytz, numpy, matplotlib"
    reading = of(tmp_path, {"requirements.txt": "seaborn\n", "a.ipynb": notebook(cell)})
    assert [need.requirement for need in reading.needs] == ["pytz"]


def test_every_release_brings_the_same() -> None:
    assert {"matplotlib", "pandas", "numpy", "pillow", "kiwisolver"} <= with_brought(["seaborn"])
    assert {"scipy", "numba", "ipywidgets"} <= with_brought(["anaconda"])
    assert with_brought(["zzqx"]) == {"zzqx"}


def test_pins_that_one_version_satisfies(tmp_path: Path) -> None:
    """conda's single `=` is a beginning of versions, not another version."""
    files = {
        "environment.yml": "dependencies:\n  - numpy=2.2.6\n  - pandas=2.2\n",
        "requirements.txt": "numpy==2.2.6\npandas==2.1\n",
        "a.ipynb": notebook("import numpy"),
    }
    assert [str(stone) for stone in stumbles(of(tmp_path, files))] == [
        "environment.yml:3  `pandas==2.2.*` here, and `pandas==2.1` in requirements.txt:2"
    ]


def test_one_pinned_python_in_many_lists(tmp_path: Path) -> None:
    pipfile = '[packages]\nnumpy = "*"\n[requires]\npython_version = "3.9"\n'
    files = {f"ch{number}/Pipfile": pipfile for number in (1, 2, 3)}
    told = stumbles(of(tmp_path, {**TWO, **files}), date(2026, 11, 1))
    assert [str(stone) for stone in told] == [
        "ch1/Pipfile:4  Python 3.9 is pinned here, and in 2 more; its last day was 2025-10-31, and a "
        "newer one is taken too"
    ]


def test_names_of_a_list_elsewhere(tmp_path: Path) -> None:
    """A chapter's list tells what another chapter's import is called, and lists nothing for it."""
    files = {**TWO, "ch1/requirements.txt": "zz-qx\n", "ch2/b.ipynb": notebook("import zz_qx")}
    (need,) = [need for part in of(tmp_path, files).parts for need in part.needs if need.distribution == "zz-qx"]  # fmt: skip
    assert (need.distribution, need.listed) == ("zz-qx", False)


def test_a_data_file_in_another_folder(tmp_path: Path) -> None:
    """Where one place has the name it is said; what no chapter's reader runs is passed over."""
    files = {
        "01-a.ipynb": notebook("open('big.txt')"),
        "02-b.ipynb": notebook("import numpy"),
        "_solved/01-a.ipynb": notebook("open('gone.txt')"),
        "data/big.txt": "x",
        "requirements.txt": "numpy",
    }
    assert [stone.text for stone in stumbles(of(tmp_path, files))] == [
        "`big.txt` is read here, and the course has it as data/big.txt"
    ]


def test_a_chapters_list_is_named_not_copied(tmp_path: Path) -> None:
    """Where one names all that any does; what none names stands beside it."""
    files = {
        **TWO,
        "requirements.txt": "numpy\n",
        "ch2/app/pyproject.toml": '[project]\nname = "a"\ndependencies = ["pandas", "zzqx"]',
        "ch2/b.ipynb": notebook("import pandas, zzqx, seaborn"),
    }
    assert text(of(tmp_path, files)).partition("[chapter.ch2]\n")[2] == (
        'folder = "ch2"\n'
        'requires = ["ch2/app/pyproject.toml"]  # read again at every run\n'
        'packages = ["seaborn"]  # imported as in ch2/b.ipynb\n'
    )
    both = {**files, "ch2/requirements.txt": "seaborn\n"}
    assert 'packages = ["pandas", "seaborn", "zzqx"]  # imported as in ch2/b.ipynb, in lists of that folder' in text(of(tmp_path / "both", both))  # fmt: skip


PIP = "numpy\npandas\n"
CONDA = "dependencies:\n  - python=3.11\n  - numpy\n  - pandas\n  - tox\n"


@pytest.mark.parametrize(
    ("files", "names", "lines"),
    [
        (
            {"requirements.txt": PIP, "environment.yml": CONDA},
            ["requirements.txt"],
            ["# not read: environment.yml, which lists the same packages", 'python = ">=3.11"  # environment.yml:2'],
        ),
        (
            {"requirements.txt": PIP, "pyproject.toml": '[project]\nname = "a"\nrequires-python = ">=3.10"\ndependencies = ["numpy", "pandas", "zzqx"]', "uv.lock": ""},
            ["pyproject.toml"],
            ["# not read: requirements.txt, which lists the same packages"],
        ),
        ({".binder/requirements.txt": PIP, "environment.yml": CONDA}, ["environment.yml"], ["# not read: .binder/requirements.txt, which lists the same packages"]),
        ({"requirements.txt": PIP, "environment.yml": "dependencies: [python=3.11, astroscrappy]"}, ["environment.yml", "requirements.txt"], []),
        ({"requirements.txt": "numpy\nseaborn\n", "environment.yml": "dependencies: [numpy, sympy]"}, ["environment.yml", "requirements.txt"], []),
        ({"requirements.txt": PIP, "environment.yml": "dependencies: [python=3.12, anaconda]"}, ["environment.yml"], ["# not read: requirements.txt, which lists the same packages"]),
        ({"pixi.toml": '[dependencies]\nnumpy = "*"\npandas = "*"\npytorch-cpu = "*"\n', "requirements.txt": PIP + "torch\n"}, ["requirements.txt"], ["# not read: pixi.toml, which lists the same packages"]),
    ],
    ids=["pip or conda", "uv", "binder", "one after the other", "each has its own", "anaconda", "builds"],
)  # fmt: skip
def test_lists_of_which_one_is_enough(
    tmp_path: Path, files: dict[str, str], names: list[str], lines: list[str]
) -> None:
    """Who has installed by the one is not asked for what the other has besides."""
    cell = (
        "import numpy, pandas"
        + (", torch" if "torch" in str(files) else "")
        + (", seaborn, sympy" if "sympy" in str(files) else "")
    )
    reading = of(tmp_path, {**files, "a.ipynb": notebook(cell)})
    assert required(reading) == names
    written = text(reading).splitlines()
    assert [line for line in written if line.startswith(("# not read", "python"))] == lines


def test_a_list_of_condas_under_any_name(tmp_path: Path) -> None:
    files = {
        "py4ds.yaml": "name: py4ds\nchannels:\n  - conda-forge\ndependencies:\n  - pandas\n",
        "_config.yml": "title: A book\n",
        "a.ipynb": notebook("import pandas"),
    }
    assert [each.name for each in read(course(tmp_path, files)).lists.of_all] == ["py4ds.yaml"]


def test_the_only_list_belongs_to_a_project_beside_the_chapters(tmp_path: Path) -> None:
    """A web page that one lesson builds: learners of the others need nothing of it."""
    files = {
        "python_for_web/requirements.txt": "flask\n",
        "python_for_web/app.py": "import flask\n",
        "day1/a.ipynb": notebook("import numpy"),
        "day2/b.ipynb": notebook("from flask import Flask"),
    }
    assert read(course(tmp_path, files)).lists.of_all == ()
    (tmp_path / "python_for_web/app.py").unlink()
    names = [each.name for each in read(tmp_path).lists.of_all]
    assert names == ["python_for_web/requirements.txt"]
