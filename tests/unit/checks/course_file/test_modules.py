"""The module of a distribution, from the files that it says are its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.target.interpreter import Distribution
from envcheck_checks.course_file.modules import installed_module


def distribution(folder: Path, name: str, files: str, top_level: str = "") -> Distribution:
    entry = folder / f"{name}-1.dist-info"
    entry.mkdir()
    (entry / "RECORD").write_text("".join(f"{file},,\n" for file in files.split()))
    if top_level:
        (entry / "top_level.txt").write_text(top_level)
    return Distribution(name, "1", str(folder), entry.name)


@pytest.mark.parametrize(
    ("name", "files", "module"),
    [
        ("numpy", "numpy/__init__.py numpy/core/__init__.py ../../bin/f2py", "numpy"),
        ("pillow", "PIL/__init__.py PIL/_imaging.so pillow-1.dist-info/RECORD", "PIL"),
        ("six", "six.py", "six"),
        ("pyyaml", "_yaml/__init__.py yaml/__init__.py yaml/_yaml.so", "yaml"),
        ("scikit-learn", "sklearn/__init__.py sklearn/tests/__init__.py", "sklearn"),
        ("attrs", "attr/__init__.py attr/a.py attrs/__init__.py", "attrs"),
        ("google-cloud-storage", "google/cloud/storage/__init__.py google/cloud/storage/blob.py", "google.cloud.storage"),
        ("setuptools", "_distutils_hack/__init__.py pkg_resources/__init__.py setuptools/__init__.py", "setuptools"),
        ("pyzmq", "zmq/__init__.py zmq/a.py zmq/b.py", "zmq"),
        ("orjson", "orjson/__init__.py orjson/orjson.cpython-312-x86_64-linux-gnu.so", "orjson"),
        ("lone", "lone.cpython-312-x86_64-linux-gnu.so", "lone"),
        ("badly-packed", "tests/__init__.py tests/a.py tests/b.py good/__init__.py", "good"),
        ("ruff", "../../bin/ruff ruff-1.dist-info/RECORD", ""),
        ("jupyter", "jupyter-1.dist-info/RECORD", ""),
        ("pandas-stubs", "pandas-stubs/__init__.pyi", ""),
        ("mine", "__editable___mine_finder.py __editable__.mine.pth", ""),
    ],
)  # fmt: skip
def test_module(tmp_path: Path, name: str, files: str, module: str) -> None:
    assert installed_module(distribution(tmp_path, name, files)) == module


def test_without_a_list_of_files(tmp_path: Path) -> None:
    made = distribution(tmp_path, "old-one", "", "_ext\nold_one\n")
    assert installed_module(made) == "old_one"
