"""What a notebook has IPython load, and what others call so."""

from __future__ import annotations

import pytest

from envcheck.adopt.reading.extensions import loaded


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("%load_ext sql", ["sql"]),
        ("x = 1\n%reload_ext a.b", ["a.b"]),
        ("get_ipython().run_line_magic('load_ext', 'sql')", ["sql"]),
        ("get_ipython().extension_manager.load_extension('sql')", ["sql"]),
        ("ip.load_extension('sql')", ["sql"]),
        ("%matplotlib inline", ["matplotlib"]),
        ("%matplotlib widget", ["ipympl"]),
        ("%load_ext autoreload", []),
        ("duckdb.connect().load_extension('spatial')", []),
        ("connection.load_extension('./mod_spatialite')", []),
    ],
)
def test_what_is_loaded(text: str, names: list[str]) -> None:
    """A database loads extensions, too, and none of Python's."""
    assert [each.module for each in loaded(text)] == names
