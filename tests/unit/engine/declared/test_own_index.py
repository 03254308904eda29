"""Lists that name an index of their own, in each way in which one can: no package of theirs is taken
from the public one by its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.declared import own_index
from envcheck.declared.reading import read

OURS, PYPI = "https://me:secret@pkgs.example.org/simple", "https://pypi.org/simple"
PROJECT = '[project]\ndependencies = ["acme"]\n'
POETRY = '[tool.poetry.dependencies]\nacme = "*"\n'
PIPFILE = "[packages]\nacme = '*'\n"
PIXI = "[pypi-dependencies]\nacme = '*'\n"

EVERY: Mapping[str, tuple[str, str]] = {
    "the index": ("requirements.txt", "--index-url {url}\nacme\n"),
    "the index, in short": ("requirements.txt", "acme\n-i {url}\n"),
    "one more": ("requirements.txt", "--extra-index-url={url}\nacme\n"),
    "a page of links": ("requirements.txt", "--find-links {url}\nacme\n"),
    "conda's list of pip's": (
        "environment.yml",
        "dependencies:\n- pip\n- pip:\n  - --index-url {url}\n  - acme\n",
    ),
    "uv's": ("pyproject.toml", PROJECT + "[[tool.uv.index]]\nurl = '{url}'\n"),
    "uv's older": ("pyproject.toml", PROJECT + "[tool.uv]\nindex-url = '{url}'\n"),
    "uv's second": ("pyproject.toml", PROJECT + "[tool.uv]\nextra-index-url = ['{url}']\n"),
    "uv's for pip": ("pyproject.toml", PROJECT + "[tool.uv.pip]\nindex-url = '{url}'\n"),
    "uv's by name": (
        "pyproject.toml",
        PROJECT
        + "[tool.uv.sources]\nacme = {{ index = 'a' }}\n[[tool.uv.index]]\n"
        + "name = 'a'\nurl = '{url}'\nexplicit = true\n",
    ),
    "Poetry's": ("pyproject.toml", POETRY + "[[tool.poetry.source]]\nname = 'a'\nurl = '{url}'\n"),
    "Poetry's by name": (
        "pyproject.toml",
        "[tool.poetry.dependencies]\nacme = {{ version = '*', source = 'a' }}\n"
        "[[tool.poetry.source]]\nname = 'a'\nurl = '{url}'\npriority = 'explicit'\n",
    ),
    "PDM's": ("pyproject.toml", PROJECT + "[[tool.pdm.source]]\nname = 'a'\nurl = '{url}'\n"),
    "Pipenv's": ("Pipfile", "[[source]]\nname = 'a'\nurl = '{url}'\n" + PIPFILE),
    "Pipenv's by name": (
        "Pipfile",
        "[[source]]\nname = 'pypi'\nurl = 'https://pypi.org/simple'\n"
        "[[source]]\nname = 'a'\nurl = '{url}'\n[packages]\nacme = {{ version = '*', index = 'a' }}\n",
    ),
    "pixi's": ("pixi.toml", "[pypi-options]\nindex-url = '{url}'\n" + PIXI),
    "pixi's own": ("pixi.toml", "[pypi-dependencies]\nacme = {{ version = '*', index = '{url}' }}\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("url", [OURS, PYPI])
def test_each_way_to_name_an_index(name: str, url: str, tmp_path: Path) -> None:
    """The public one by its address is no other; a password goes nowhere."""
    file, text = EVERY[name]
    (tmp_path / file).write_text(text.format(url=url))
    (row,) = [row for row in read(tmp_path, file).packages if row.requirement == "acme"]
    assert (row.on_index, row.address) == (url == PYPI, "")
    assert row.index == ("" if url == PYPI else "https://pkgs.example.org/simple")


def test_an_index_that_others_ask_for(tmp_path: Path) -> None:
    text = PROJECT + f"[[tool.uv.index]]\nname = 'a'\nurl = '{OURS}'\nexplicit = true\n"
    (tmp_path / "pyproject.toml").write_text(text)
    assert [row.on_index for row in read(tmp_path, "pyproject.toml").packages] == [True]


def test_an_option_of_a_list_that_another_names(tmp_path: Path) -> None:
    """pip has one set of indexes for all that it reads, also for what stood before it."""
    (tmp_path / "requirements.txt").write_text("numpy\n-r more.txt\n")
    (tmp_path / "more.txt").write_text(f"--extra-index-url {OURS}\nacme\n")
    rows = read(tmp_path, "requirements.txt").packages
    assert [(row.requirement, row.on_index) for row in rows] == [("numpy", False), ("acme", False)]


def test_wheels_beside_the_list_and_no_index(tmp_path: Path) -> None:
    for option in ("--no-index", "--find-links ./wheels"):
        (tmp_path / "requirements.txt").write_text(f"{option}\nacme\n")
        assert [row.on_index for row in read(tmp_path, "requirements.txt").packages] == [False]


ANY = st.recursive(
    st.none() | st.booleans() | st.text() | st.integers(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(values=st.dictionaries(st.sampled_from(["tool", "source", "pypi-options", "x"]), ANY))
def test_tables_of_any_shape(values: dict[str, object]) -> None:
    """What is no address is none, and ends nothing."""
    for of in (own_index.of_project, own_index.of_pipfile, own_index.of_pixi):
        every, named = of(values)
        assert isinstance(every, str)
        assert all(isinstance(text, str) for pair in named.items() for text in pair)
