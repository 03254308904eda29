"""Which names are a module's, and no package's."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import envcheck
from envcheck.module_names import SIBLINGS, among, package_of_module, table


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("sklearn", "scikit-learn"),
        ("SKLearn", "scikit-learn"),
        ("docx", "python-docx"),
        ("dotenv", "python-dotenv"),
        ("mysql.connector", "mysql-connector-python"),
        ("attr", "attrs"),
        ("mysql-connector", ""),
        ("scikit-learn", ""),
        ("pydantic_settings", ""),
        ("Cython", ""),
        ("psycopg2", ""),
        ("graphviz", ""),
        ("bs4", ""),
        ("numpy", ""),
        ("zzqx", ""),
    ],
)
def test_the_package_of_a_module(name: str, package: str) -> None:
    assert package_of_module(name) == package


def test_no_package_is_refused() -> None:
    """What the table and its siblings call a package is one."""
    names = {*table().values(), *SIBLINGS, *(each for row in SIBLINGS.values() for each in row)}
    assert [name for name in sorted(names) if package_of_module(name)] == []


def test_each_row_has_its_source_and_date() -> None:
    """None is by hand alone: `scripts/module-names FOLDER...` names what bears it out."""
    text = Path(envcheck.__file__).with_name("module_names.txt").read_text(encoding="utf-8")
    rows = [line.split() for line in text.splitlines() if not line.startswith("#")]
    row = re.compile(r"(wheel:\S+-\d\S*|(recipe|easyconfig|stubs|project):\S+@[0-9a-f]{7,})")
    bare = [words for words in rows if len(words) != 4 or not row.fullmatch(words[2])]
    assert bare == []
    assert all(date.fromisoformat(day) for *_, day in rows)
    modules = [words[0] for words in rows]
    assert sorted({*modules}, key=str.lower) == modules


@pytest.mark.parametrize(
    ("asked", "there", "answers"),
    [
        ("mlflow", "mlflow-skinny", ""),
        ("pyspark", "databricks-connect", ""),
        ("mlflow-skinny", "mlflow", "mlflow"),
        ("mlflow-skinny", "mlflow-skinny", "mlflow-skinny"),
        ("tensorflow", "tf-nightly", "tf-nightly"),
        ("beautifulsoup4", "bs4", ""),
    ],
)
def test_a_build_with_a_part_alone_does_not_answer_for_the_library(
    asked: str, there: str, answers: str
) -> None:
    assert among(asked, {there}) == answers
