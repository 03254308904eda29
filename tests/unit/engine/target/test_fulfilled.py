"""What answers a requirement: another build of the library, and what extras ask for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.described_machines import file_at, python_at

from envcheck.module_names import SHELLS, SIBLINGS, among
from envcheck.target.fulfilled import has, lacking, of_extras, untold
from envcheck.target.interpreter import Interpreter

DASK = """Metadata-Version: 2.1
Name: dask
Provides-Extra: complete
Requires-Dist: click>=8
Requires-Dist: dask[array,dist_ributed]; extra == "complete"
Requires-Dist: lz4>=4.3; extra == 'complete'
Requires-Dist: numpy>=1.21; extra == "array"
Requires-Dist: distributed==2024.1; extra == "dist-ributed"
Requires-Dist: pywin32; sys_platform == "atari" and extra == "complete"
Requires-Dist: old; python_version < "3" and extra == "complete"
Requires-Dist: this is (none; extra == "complete"

Requires-Dist: described; extra == "complete"
"""
ASKED = {"lz4": "4.4", "numpy": "2.0", "distributed": "2024.1"}


def python(
    folder: Path, packages: dict[str, str], metadata: str = DASK, by: str = "pip"
) -> Interpreter:
    made = python_at(folder / "venv", packages)
    for row in made.distributions:
        if row.name == "dask":
            file_at(Path(row.folder, row.entry, "METADATA"), metadata)
            file_at(Path(row.folder, row.entry, "INSTALLER"), f"{by}\n")
    return made


@pytest.mark.parametrize("gone", ["", *ASKED])
def test_taking_one_row_of_an_extra_away(tmp_path: Path, gone: str) -> None:
    """Of its own extras in turn, too; not what a marker shuts out, nor what the description says."""
    there = {name: version for name, version in ASKED.items() if name != gone}
    made = python(tmp_path, {"dask": "2024.1", **there})
    assert lacking(made, "dask", ["complete"]) == ([gone] if gone else [])
    assert has(made, "dask[complete]>=2024") is not bool(gone)
    assert has(made, "dask>=2024") and not has(made, "dask>=2025")


def test_an_extra_that_there_is_not(tmp_path: Path) -> None:
    """pip installs the package without it, and says so."""
    made = python(tmp_path, {"dask": "2024.1"})
    assert lacking(made, "dask", ["security"]) == []
    assert lacking(made, "not-there", ["security"]) == []


def test_what_conda_has_installed(tmp_path: Path) -> None:
    """It has no extras: `psycopg[binary]` is one package with another in it."""
    made = python(tmp_path, {"dask": "2024.1"}, by="conda")
    assert lacking(made, "dask", ["complete"]) == []
    assert untold(made, "dask", ["array"]) == ["numpy"]
    assert has(made, "dask[complete]")


def test_another_build_answers_a_row(tmp_path: Path) -> None:
    text = 'Name: dask\nRequires-Dist: opencv-python>=4.9; extra == "cv"\n'
    made = python(tmp_path, {"dask": "1", "opencv-python-headless": "4.10"}, text)
    assert lacking(made, "dask", ["cv"]) == []
    ((asker, row),) = of_extras(made, "dask", ["cv"])
    assert (asker.name, str(row.specifier), row.name) == ("dask", ">=4.9", "opencv-python-headless")
    bare = python(tmp_path / "conda", {"dask": "1"}, text)
    assert lacking(bare, "dask", ["cv"]) == ["opencv-python"]
    file_at(Path(bare.prefix, "conda-meta", "opencv-4.10.0-py312_0.json"), "{}")
    assert lacking(replace(bare, kind="conda-env"), "dask", ["cv"]) == []


EVERY = sorted({*SIBLINGS, *(build for builds in SIBLINGS.values() for build in builds)})


@given(st.sampled_from(EVERY), st.sampled_from(EVERY))
def test_builds_answer_one_another(name: str, other: str) -> None:
    """Whatever library both are of; a shell answers its own name alone."""
    alike = any({name, other} <= {library, *builds} for library, builds in SIBLINGS.items())
    answered = among(name, {other})
    assert answered in ("", other)
    assert not answered or alike
    if name != other and other in SHELLS:
        assert not answered


@pytest.mark.parametrize(
    ("name", "there", "answered"),
    [
        ("psycopg2-binary", "psycopg2", True),
        ("psycopg2", "psycopg2-binary", True),
        ("kafka-python", "kafka-python-ng", True),
        ("bs4", "beautifulsoup4", True),
        ("beautifulsoup4", "bs4", False),
        ("scikit-surprise", "surprise", False),
        ("opencv-python", "opencv-contrib-python", True),
        ("opencv-contrib-python", "opencv-python", False),
        ("opencv-contrib-python", "opencv-contrib-python-headless", True),
        ("numpy", "torch", False),
    ],
)
def test_one_build_for_another(name: str, there: str, *, answered: bool) -> None:
    """One that lacks a part of the other is none."""
    assert bool(among(name, {there})) == answered
