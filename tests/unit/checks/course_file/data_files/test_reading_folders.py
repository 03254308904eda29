"""A file is there for each notebook that reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.checks.course_file.chapter_of import place
from tests.unit.described_machines import on

from envcheck import Diagnosis, Fine
from envcheck.course_file.asked import DataFile
from envcheck_checks.course_file.data_files.files import files_there
from envcheck_checks.course_file.data_files.reading_folders import reading_folders

READ = 'import pandas as pd\ndf = pd.read_csv("data.csv")'


def book(folder: Path, name: str, *texts: str) -> None:
    path = folder / "course" / "ch1" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    cells: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "source": text,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
        for text in texts
    ]
    path.write_text(
        json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    )


def data_in(folder: Path, *names: str) -> None:
    for name in names:
        (folder / "course/ch1" / name).mkdir(parents=True, exist_ok=True)
        (folder / "course/ch1" / name / "data.csv").write_text("id\n1\n")


def examined(folder: Path) -> object:
    outcome = files_there((DataFile("data.csv"),), place(folder / "course"), ()).examine(
        on("linux", folder)
    )
    return outcome[0] if isinstance(outcome, tuple) else outcome


@pytest.mark.parametrize("there", [("a",), ("b",), ("a", "b"), (".",)])
def test_in_the_folder_of_each_notebook(tmp_path: Path, there: tuple[str, ...]) -> None:
    book(tmp_path, "a/x.ipynb", READ)
    book(tmp_path, "b/x.ipynb", "1", READ.replace("data.csv", "./data.csv"))
    data_in(tmp_path, *there)
    outcome = examined(tmp_path)
    if there == ("a", "b"):
        assert isinstance(outcome, Fine)
        return
    assert isinstance(outcome, Diagnosis) and outcome.code == "file-missing"
    lacks = {"a": "b", "b": "a", ".": "a"}[there[0]]
    assert outcome.evidence.wanted == str(tmp_path / "course/ch1" / lacks / "data.csv")


@pytest.mark.parametrize(
    "text",
    [
        READ.replace("data.csv", "../a/data.csv"),
        READ + "\n!wget https://example.org/data.csv",
        'df.to_csv("data.csv")\n' + READ,
        "import os\nos.chdir('..')\n" + READ,
        "%cd ..\n" + READ,
        'print("data.csv")',
        '# pd.read_csv("data.csv")',
    ],
)
def test_one_that_does_not_read_it_from_its_own_folder(tmp_path: Path, text: str) -> None:
    """Nor one that makes it, or may stand elsewhere when it reads it."""
    book(tmp_path, "a/x.ipynb", READ)
    book(tmp_path, "b/x.ipynb", text)
    data_in(tmp_path, "a")
    assert isinstance(examined(tmp_path), Fine)


def test_made_by_another_notebook_of_the_folder(tmp_path: Path) -> None:
    book(tmp_path, "a/x.ipynb", READ)
    book(tmp_path, "b/1.ipynb", 'df.to_csv("data.csv")')
    book(tmp_path, "b/2.ipynb", READ)
    here = place(tmp_path / "course")
    assert reading_folders(here, ["data.csv"]) == {"data.csv": [here.folder / "a"]}


def test_where_the_course_has_vs_code_start_elsewhere(tmp_path: Path) -> None:
    book(tmp_path, "a/x.ipynb", READ)
    data_in(tmp_path, ".")
    settings = tmp_path / "course/.vscode/settings.json"
    settings.parent.mkdir()
    settings.write_text('{"jupyter.notebookFileRoot": "${workspaceFolder}"}')
    assert isinstance(examined(tmp_path), Fine)


@pytest.mark.parametrize(("tag", "is_fine"), [("skip-execution", True), ("hide-input", False)])
def test_a_cell_that_is_not_run_with_the_others(tmp_path: Path, tag: str, is_fine: bool) -> None:
    """What it reads is asked for in no folder of its own."""
    book(tmp_path, "a/x.ipynb", READ)
    book(tmp_path, "b/x.ipynb", "1", READ)
    path = tmp_path / "course/ch1/b/x.ipynb"
    values = json.loads(path.read_text())
    values["cells"][1]["metadata"]["tags"] = [tag]
    path.write_text(json.dumps(values))
    data_in(tmp_path, "a")
    assert isinstance(examined(tmp_path), Fine) is is_fine
