"""Which names are a module's, and no package's."""

from __future__ import annotations

import pytest

from envcheck.module_names import SIBLINGS, package_of_module, table


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
