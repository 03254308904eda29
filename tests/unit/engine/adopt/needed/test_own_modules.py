"""The course's own modules are nobody's package, however a package of that name is called."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.engine.adopt.small_courses import answers, course, notebook, of

from envcheck.adopt.needed.course import read
from envcheck.module_names import table
from envcheck.versions import normal_name


def test_own_modules_are_no_packages(tmp_path: Path) -> None:
    """Beside the notebook, above it, elsewhere in the course, and written by a cell."""
    files = {
        "ch1/a.ipynb": notebook("import beside, above, package, elsewhere, made\nimport numpy"),
        "ch1/beside.py": "",
        "above.py": "",
        "package/__init__.py": "",
        "src/deep/elsewhere.py": "",
        "ch1/b.ipynb": notebook("%%writefile made.py\nimport zzqx"),
    }
    assert answers(of(tmp_path, files)) == (["numpy"], [])


def test_a_folder_without_init_is_own_where_the_file_is_there(tmp_path: Path) -> None:
    """`from pricer.items import Item`, and pricer/items.py beside; of another name nobody knows."""
    files = {
        "w1/a.ipynb": notebook("from pricer.items import Item\nfrom pricer import items"),
        "w1/pricer/items.py": "class Item: pass\n",
        "w2/a.ipynb": notebook("from pricer.other import Item"),
        "w2/pricer/items.py": "",
    }
    assert [row.source.folder for row in read(course(tmp_path, files)).questions] == ["w2"]


OWN = {"lib/community/graph.py": "", "lib/whisper/client.py": "", "src/kafka/inner/deep.py": ""}
OWN_IMPORTS = (
    "from community.graph import load\nfrom whisper import client\nimport kafka.inner.deep"
)


@pytest.mark.parametrize(
    ("first", "asked"),
    [
        ("x = 1", ["community", "kafka", "whisper"]),
        ("import sys\nsys.path.append('../lib')", []),
        ("%cd ../lib", []),
        ("import os\nos.chdir('../lib')", []),
    ],
)
@pytest.mark.parametrize("more", ["", "python-louvain\nopenai-whisper\nkafka-python\n"])
def test_own_folders_of_a_librarys_module(
    tmp_path: Path, first: str, asked: list[str], more: str
) -> None:
    """The table knows `whisper`; a folder `whisper` of the course that has the very module is meant. A list
    of another chapter's says no more.
    """
    files = {**OWN, "ch1/a.ipynb": notebook(first, OWN_IMPORTS), "ch2/requirements.txt": more}
    reading = of(tmp_path, {**files, "ch2/b.ipynb": notebook("x = 1")})
    assert answers(reading) == ([], asked)


def test_a_librarys_module_beside_a_folder_of_its_name(tmp_path: Path) -> None:
    """A folder that has not the module says nothing."""
    files = {"a.ipynb": notebook("from airflow import DAG\nimport kafka"), "airflow/flow.py": ""}
    needed = ["apache-airflow", "kafka-python"]
    assert answers(of(tmp_path, {**files, "kafka/x.yml": ""})) == (needed, [])


NAMES = ["tensorflow", "scikit-learn", "docker", "flask"]
TAKEN = [
    "from tensorflow import keras",
    "from sklearn import datasets",
    "from docker import models",
    "from flask import Flask, session, json",
]
FOLDERS = ["tensorflow/keras.py", "sklearn/datasets.py", "docker/models.py", "flask/session.py"]


@pytest.mark.parametrize("place", ["", "w1/", "far/"])
@pytest.mark.parametrize(("name", "cell", "file"), [*zip(NAMES, TAKEN, FOLDERS, strict=True)])
def test_a_folder_without_init_beside_a_librarys_name(
    tmp_path: Path, place: str, name: str, cell: str, file: str
) -> None:
    """Python prefers the installed package: a list answers, else it is asked for or a question."""
    files = {"w1/a.ipynb": notebook(cell), "w2/b.ipynb": notebook("x = 1"), f"{place}{file}": ""}
    needed, asked = answers(of(tmp_path, files))
    assert [*needed, *asked] == ([name] if name == "flask" else [cell.split()[1]])
    listed = of(tmp_path / "listed", {**files, "requirements.txt": f"{name}\n"})
    assert answers(listed) == ([], [])


@pytest.mark.parametrize("file", ["prefect/y.sh", "prefect/b.ipynb", "x/prefect/flow.py", "prefect/README.md"])  # fmt: skip
def test_a_folder_of_a_librarys_name(tmp_path: Path, file: str) -> None:
    """Nobody imports a library from a folder of notebooks that is called by it."""
    files = {"a.ipynb": notebook("import prefect"), file: notebook("x = 1")}
    assert answers(of(tmp_path, files)) == (["prefect"], [])
    package = {"a.ipynb": notebook("import prefect"), "lib/prefect/__init__.py": ""}
    assert answers(of(tmp_path / "package", package)) == ([], ["prefect"])


def test_folders_that_are_called_by_what_they_teach(tmp_path: Path) -> None:
    """`numpy/a.ipynb` and `pandas/b.ipynb` need both."""
    files = {"numpy/a.ipynb": notebook("import numpy"), "pandas/b.ipynb": notebook("import pandas")}
    parts = of(tmp_path, files).parts
    assert [[each.distribution for each in part.needs] for part in parts] == [["numpy"], ["pandas"]]


NAME = st.text(alphabet="abxyz_", min_size=1, max_size=5).filter(str.isidentifier)
MODULE = st.one_of(NAME, st.sampled_from(sorted(table())), st.sampled_from(["sklearn", "os", "db"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    modules=st.lists(MODULE, min_size=1, max_size=6),
    declared=st.lists(NAME, max_size=4),
    installs=st.lists(NAME, max_size=2),
    own=st.lists(NAME, max_size=2),
    folders=st.lists(st.tuples(MODULE, NAME), max_size=2),
)
def test_no_distribution_is_invented(
    tmp_path: Path,
    modules: list[str],
    declared: list[str],
    installs: list[str],
    own: list[str],
    folders: list[tuple[str, str]],
) -> None:
    """Each comes from a list, from an install of the course's, or from our table, whatever is imported;
    what a file beside the notebook is called is none, nor a module in a folder of the course, wherever it lies.
    """
    with TemporaryDirectory(dir=tmp_path) as folder:
        cells = [f"import {module}" for module in modules]
        cells += [f"from {top}.{name} import x" for top, name in folders]
        files = {
            "a.ipynb": notebook(*cells, *(f"%pip install {name}" for name in installs)),
            "ch/requirements.txt": "\n".join(declared),
            **{f"{name}.py": "" for name in own},
            **{f"far/off/{top.replace('.', '/')}/{name}.py": "" for top, name in folders},
        }
        reading = read(course(Path(folder), files))
        certain = {*map(normal_name, [*declared, *installs]), *table().values()}
        needed = {need.distribution for part in reading.parts for need in part.needs}
        assert needed <= certain
        imported = {need.use.imported.top for part in reading.parts for need in part.needs}
        assert not imported & set(own)
        modules_of = {need.use.imported.module for need in reading.needs}  # that no list names
        assert not modules_of & {f"{top}.{name}" for top, name in folders if "." not in top}


def test_a_module_in_a_package_is_none_by_its_own_name(tmp_path: Path) -> None:
    """`d2l/torch.py` is `d2l.torch`: a chapter that imports PyTorch means PyTorch."""
    files = {
        "d2l/__init__.py": "",
        "d2l/torch.py": "import torch",
        "w1/a.ipynb": notebook("import torch\nfrom d2l import torch as d2l"),
    }
    assert answers(of(tmp_path, files))[1] == []
    assert "torch" in answers(of(tmp_path, files))[0]
    alone = {"lib/torch.py": "", "w1/a.ipynb": notebook("import torch")}
    assert answers(of(tmp_path / "alone", alone)) == ([], ["torch"])


@pytest.mark.parametrize("name", ["zzqx.f", "zzqx.pyx", "zzqx.cpp", "zzqx.py"])
def test_what_a_cell_writes_to_be_compiled(name: str, tmp_path: Path) -> None:
    cells = (f"%%file {name}\nsubroutine", "!f2py -c zzqx.f -m zzqx", "import zzqx")
    assert answers(of(tmp_path, {"a.ipynb": notebook(*cells)})) == ([], [])
