"""What is told of an import that no list for all has: where it stands instead."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import answers, notebook, of

from envcheck.adopt.judging.stumbling import stumbles

SETUP = "from setuptools import setup\n\nsetup(install_requires=['torch'])\n"
PROJECT = "[project]\nname = 'c'\ndependencies = ['numpy']\n"
EXTRAS = "[project.optional-dependencies]\nci = ['torch']\ndocs = ['torch']\ngpu = ['torch']\n"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "no list of the course names it"),
        ({"b.ipynb": notebook("x = 1", "%pip install -q 'torch[a]>=2'")}, "only the cell that installs it (b.ipynb:14) names it"),
        ({"setup.py": SETUP}, "only setup.py:3 names it"),
        ({"pyproject.toml": f"{PROJECT}[project.optional-dependencies]\ndocs = ['torch']\n"}, "only pyproject.toml[docs] names it"),
        ({"requirements.txt": "numpy\n", "x/requirements.txt": "torch\n"}, "no list for all, nor for this folder, names it"),
        ({"b.ipynb": notebook("import numpy"), "requirements.txt": "numpy\n", "requirements-gpu.txt": "torch\n", "requirements-mac.txt": "torch\n"}, "only requirements-gpu.txt and requirements-mac.txt name it"),
        ({"pyproject.toml": PROJECT + EXTRAS}, "only pyproject.toml[ci], pyproject.toml[docs] and pyproject.toml[gpu] name it"),
    ],
)  # fmt: skip
def test_the_words(tmp_path: Path, more: dict[str, str], words: str) -> None:
    reading = of(tmp_path, {"a.ipynb": notebook("import torch"), **more})
    (text,) = (stone.text for stone in stumbles(reading) if "imported here" in stone.text)
    assert text == f"`torch` is imported here, and {words}"


def test_as_the_cell_installs_it(tmp_path: Path) -> None:
    """With its versions and extras, where cells agree, and where pip would take it."""
    cells = (
        "%pip install seaborn==0.13 'transformers[torch]>=4'",
        "!pip install pandas>=1.5",
        "!pip install pandas==2.0",
        "!conda install scipy=1.11",
        "!pip install torch",
        "!pip install torch==2.2",
        "import seaborn, transformers, pandas, scipy, torch",
    )
    assert answers(of(tmp_path, {"a.ipynb": notebook(*cells)}))[0] == [
        "pandas",
        "scipy",
        "seaborn==0.13",
        "torch==2.2",
        "transformers[torch]>=4",
    ]
