"""The imports of a text that is no Python as a whole: what Python takes for one, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.adopt.reading.imports import of_lines


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
