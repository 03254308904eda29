"""Packages that bring more than their name says: with extras, or of conda's."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import notebook, of

from envcheck.adopt.reading.extras import with_extras, with_more
from envcheck.declared.declared import Declared


def row(requirement: str, conda: str = "") -> Declared:
    return Declared(requirement, "list", 1, conda, on_index=True)


def test_of_a_list() -> None:
    """By the library's one name; conda's core of a package is what pip has."""
    assert with_extras(["dask[x]", "numpy>=1", "tensorflow-cpu [and-cuda]"]) == {
        "dask",
        "tensorflow",
    }
    rows = [row("dask", "dask-core"), row("Py_Spark", "pyspark"), row("ray[tune]"), row("numpy")]
    assert with_more(rows) == {"py-spark", "ray"}


@pytest.mark.parametrize(
    ("listed", "cell", "needed"),
    [
        ("transformers[torch]", "import torch", []),
        ("gymnasium[box2d]", "import gymnasium, Box2D", []),
        ("transformers[torch]", "import torchvision", ["torchvision"]),
        ("transformers", "import torch", ["torch"]),
    ],
)
def test_an_extra_that_is_called_as_a_package(
    tmp_path: Path, listed: str, cell: str, needed: list[str]
) -> None:
    """It brings that one; of the others nobody knows what they bring. So for a list of a chapter."""
    cells = {
        "ch1/a.ipynb": notebook(cell),
        "ch2/b.ipynb": notebook("import transformers, gymnasium"),
    }
    for place in ("", "ch1/"):
        files = {
            "requirements.txt": "transformers\ngymnasium\n",
            f"{place}requirements.txt": f"{listed}\n",
        }
        (first, *_) = of(tmp_path / (place or "all"), {**cells, **files}).parts
        names = [need.distribution for need in first.needs if not need.listed]
        assert [name for name in names if name != "gymnasium"] == needed
