"""The imports of a text that is no Python as a whole: what Python takes for one, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.adopt.reading.cells import parsed
from envcheck.adopt.reading.imports import of_lines, of_tree


@pytest.mark.parametrize(
    ("line", "modules"),
    [
        ("import numpy as np, os.path", ["numpy", "os.path"]),
        ("  import numpy  # all of it", ["numpy"]),
        ("import numpy; print 'x'", ["numpy"]),
        ("import numpy;", ["numpy"]),
        (">>> from sklearn.svm import SVC", ["sklearn.svm"]),
        ("In [3]: import numpy", ["numpy"]),
        ("from torch import (nn,", ["torch"]),
        ("from torch import (  # parts", ["torch"]),
        ("from torch import nn, \\", ["torch"]),
        ("from torch import *", ["torch"]),
        ("from . import own", []),
        ("import the data from the file", []),
        ("import your data, then plot it", []),
        ("import data.", []),
        ("from the menu import a file", []),
        ("from here on, import nothing", []),
        ("import java.util.List;", []),
        ("import org.apache.spark.sql.*;  // all", []),
        ("import static org.junit.Assert.*;", []),
        ("import React from 'react';", []),
        ("import 'zone.js';", []),
        ('import { a } from "b"', []),
        ("import qualified Data.Map as M", []),
        ("importing numpy", []),
        ("import class", []),
    ],
)
def test_a_line(line: str, modules: list[str]) -> None:
    assert [each.module for each in of_lines(f"print 'old'\n{line}")] == modules


@pytest.mark.parametrize(
    ("test", "body", "otherwise"),
    [
        ("'google.colab' in sys.modules", False, True),
        ("'google.colab' not in sys.modules", True, False),
        ("IN_COLAB", False, True),
        ("not IN_COLAB", True, False),
        ("not (not in_colab())", False, True),
        ("IN_COLAB == False", True, False),
        ("IN_COLAB is not None", False, True),
        ("IN_COLAB is True", False, True),
        ("'COLAB_GPU' in os.environ", False, True),
        ("os.environ.get('COLAB_GPU')", False, True),
        ("TYPE_CHECKING", False, True),
        ("typing.TYPE_CHECKING", False, True),
        ("IN_COLAB and gpu", False, True),
        ("IN_COLAB or IN_KAGGLE", False, True),
        ("IN_COLAB or in_cloud", False, True),
        ("not IN_COLAB and gpu", True, True),
        ("'KAGGLE_KERNEL_RUN_TYPE' in os.environ", False, True),
        ("not IN_COLAB or x", True, False),
        ("sys.platform == 'win32'", False, False),
        ("sys.version_info < (3, 8)", False, False),
        ("'torch' in sys.modules", False, False),
        ("x > 1", True, True),
    ],
)
def test_what_runs_on_a_learners_machine(test: str, body: bool, otherwise: bool) -> None:
    """The `else` of a question for Colab is just what runs elsewhere."""
    tree = parsed(f"if {test}:\n    import a\nelse:\n    import b")
    assert tree is not None
    assert [not each.optional for each in of_tree(tree)] == [body, otherwise]


def test_what_is_taken() -> None:
    """Where several packages share a module, it tells which is meant."""
    (each,) = of_lines("from google.cloud import storage, bigquery")
    assert (each.names, each.line) == (("storage", "bigquery"), 1)


@given(
    st.lists(
        st.sampled_from(
            ["import", "from", "the", ".", ",", "(", ";", "a", "as", "\\", "#", "\0", "*"]
        )
    )
)
def test_any_line(words: list[str]) -> None:
    """No traceback, and only names that Python could look for."""
    for each in of_lines(f"import {' '.join(words)}"):
        assert all(part.isidentifier() for part in each.module.split("."))
