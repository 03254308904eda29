"""A list that names a module in place of its package: no line of ours installs that name."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.declared import misnamed
from envcheck.declared.declared import Declared
from envcheck.module_names import package_of_module, table

MISNAMED = sorted(name for name in table() if package_of_module(name))


def test_there_are_many() -> None:
    assert {"sklearn", "cv2", "docx", "dotenv", "fitz"} <= {*MISNAMED}


@pytest.mark.parametrize("module", MISNAMED)
def test_every_module_that_is_called_otherwise(module: str, tmp_path: Path) -> None:
    """By the line that has it, and as the package that is meant, without the stranger's versions."""
    file = tmp_path / "requirements.txt"
    file.write_text(f"numpy\n{module}==0.0; python_version > '3'\n")
    package = package_of_module(module)
    assert misnamed.told_of(file) == (
        f"requirements.txt:2 names `{module}`, which is a module; its package is {package}"
    )
    row = Declared(f"{module}==0.0; python_version > '3'", "a", on_index=True)
    assert misnamed.as_meant(row).requirement == f"{package}; python_version > '3'"


@pytest.mark.parametrize(
    "text",
    [
        "numpy\nscikit-learn\npython-dotenv\n",
        "sklearn @ git+https://example.org/sklearn\n",
        "# sklearn\n",
        "",
    ],
)
def test_a_list_that_means_what_it_says(text: str, tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text(text)
    assert misnamed.told_of(tmp_path / "requirements.txt") == ""


def test_in_other_lists(tmp_path: Path) -> None:
    """Below pip's section of conda's list, in one that another names, and in a project; what conda calls a
    package is conda's.
    """
    conda = tmp_path / "environment.yml"
    conda.write_text("dependencies:\n  - sklearn\n  - pip:\n    - cv2\n")
    assert misnamed.told_of(conda).startswith("environment.yml:4 names `cv2`")
    (tmp_path / "requirements.txt").write_text("-r more.txt\n")
    (tmp_path / "more.txt").write_text("docx\n")
    assert misnamed.told_of(tmp_path / "requirements.txt").startswith("more.txt:1 names `docx`")
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nname = "c"\nversion = "1"\ndependencies = ["dotenv"]\n')
    assert "names `dotenv`, which is a module; its package is python-dotenv" in misnamed.told_of(
        project
    )
