"""A kernel.json of which Jupyter makes no kernel: the folders in which it was looked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.unit.described_machines import file_at, on, python_at

from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.kernel.broken_file import (
    find_unreadable_kernelspec,
    find_unusable_kernelspec,
    kernel_files,
)


def jupyter(tmp_path: Path, error: str) -> LearnersJupyter:
    data = (str(tmp_path / "home/.jupyter-data"), str(tmp_path / "venv/share/jupyter"))
    return LearnersJupyter({}, None, data=data, errors={"spec": {"error": error, "message": "x"}})


def test_the_first_file_is_the_one_that_jupyter_reads(tmp_path: Path) -> None:
    said = jupyter(tmp_path, "ValueError")
    assert (
        kernel_files(said)
        == f"{tmp_path}/home/.jupyter-data/kernels, {tmp_path}/venv/share/jupyter/kernels"
    )
    file = file_at(tmp_path / "venv/share/jupyter/kernels/python3/kernel.json", "{")
    assert kernel_files(said) == str(file)


def test_whose_error_it_is(tmp_path: Path) -> None:
    """A file that is no JSON by Jupyter's words; one that is no kernel only where it is there."""

    def codes(error: str) -> list[str | None]:
        facts = {learners_jupyter: jupyter(tmp_path, error)}
        env = on("linux", tmp_path, python_at(tmp_path / "venv"), facts=facts)
        causes = (find_unreadable_kernelspec, find_unusable_kernelspec)
        said = [cause(env, Failure("no kernel", "x")) for cause in causes]
        return [diagnosis.code if diagnosis is not None else None for diagnosis in said]

    assert codes("TraitError") == [None, None]
    assert codes("ValueError") == [None, None], "there is no file that could be moved aside"
    file_at(tmp_path / "venv/share/jupyter/kernels/python3/kernel.json", "{}")
    assert codes("TraitError") == [None, "kernelspec-broken-file"]
    assert codes("JSONDecodeError") == ["kernelspec-broken-file", None]
    assert codes("ImportError") == [None, None]


def test_the_notes_of_a_package_are_no_matter_of_the_file(tmp_path: Path) -> None:
    """Jupyter asks all packages for their kernels' ways to start: that a note has no name is not in
    kernel.json.
    """
    file_at(tmp_path / "venv/share/jupyter/kernels/python3/kernel.json", "{}")
    files = [
        "/v/site-packages/jupyter_client/provisioning/factory.py",
        "/p/lib/python3.11/importlib/metadata/__init__.py",
        "/p/lib/python3.11/re/__init__.py",
    ]

    def blamed(*files: str) -> bool:
        said = jupyter(tmp_path, "TypeError")
        said = replace(said, errors={"spec": {"error": "TypeError", "files": list(files)}})
        env = on("linux", tmp_path, python_at(tmp_path / "venv"), facts={learners_jupyter: said})
        return find_unusable_kernelspec(env, Failure("no kernel", "x")) is not None

    assert blamed(files[0])
    assert not blamed(*files)
