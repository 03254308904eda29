"""How a package is spoken of that a course needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import notebook, of

from envcheck.adopt.judging.stumbling import stumbles
from envcheck.adopt.writing.new_file import text


@pytest.mark.parametrize(
    ("cell", "package", "verb"),
    [
        ("import pandas", "pandas", "imported"),
        ("import os, pandas as pd", "pandas", "imported"),
        ("from sklearn.svm import (\n    SVC,\n)", "scikit-learn", "imported"),
        ("%load_ext line_profiler", "line-profiler", "imported"),
        ("import dask.dataframe", "pandas", "needed"),
        ("import pyspark.pandas", "pandas", "needed"),
        ("from torch.utils import tensorboard", "tensorboard", "needed"),
    ],
)
def test_what_its_line_says(tmp_path: Path, cell: str, package: str, verb: str) -> None:
    """What is not imported there comes with what is."""
    listed = "dask\npyarrow\npyspark\ntorch\nnumpy\n"
    reading = of(tmp_path, {"requirements.txt": listed, "ch1/a.ipynb": notebook(f"x = 1\n{cell}")})
    stones = [stone.text for stone in stumbles(reading) if f"`{package}`" in stone.text]
    assert [stone.partition(", and ")[0] for stone in stones] == [f"`{package}` is {verb} here"]
    assert f'packages = ["{package}"]  # {verb} as in ch1/a.ipynb' in text(reading)
