"""No kernel named `python3`: why, from what Jupyter said and what lies on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import STACK, WHOLE, file_at, on, python_at

from envcheck import Diagnosis
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.kernel import no_kernelspec
from envcheck_checks.kernel.no_kernelspec import diagnose
from envcheck_checks.machine import disk

ALL = {**WHOLE, "jupyter-client": "8.6.0"}


@pytest.fixture(autouse=True)
def jupyter_says_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is asked once more."""
    monkeypatch.setattr(no_kernelspec, "ask_jupyter", lambda *_: LearnersJupyter({}, None))


def diagnosed(
    tmp_path: Path, error: dict[str, Any], packages: dict[str, str] = ALL, *, file: bool = False
) -> Diagnosis:
    data = tmp_path / "home/.local/share/jupyter"
    if file:
        file_at(data / "kernels/python3/kernel.json", "{}")
    jupyter = LearnersJupyter({}, None, data=(str(data),), errors={"spec": error} if error else {})
    env = on(
        "linux",
        tmp_path,
        python_at(tmp_path / "venv", packages),
        facts={learners_jupyter: jupyter},
    )
    told = diagnose(env, STACK, jupyter)
    assert isinstance(told, Diagnosis)
    return told


@pytest.mark.parametrize(
    ("error", "file", "code"),
    [
        ("JSONDecodeError", True, "kernelspec-broken-file"),
        ("TraitError", True, "kernelspec-broken-file"),
        ("TraitError", False, "kernel-not-registered"),
        ("NoSuchKernel", False, "kernel-not-registered"),
        ("ImportError", True, "kernel-not-registered"),
    ],
)
def test_what_jupyter_said(tmp_path: Path, error: str, file: bool, code: str) -> None:
    """A file is blamed where there is one; an error that says nothing of it leaves it alone."""
    diagnosis = diagnosed(tmp_path, {"error": error, "message": "said so"}, file=file)
    assert diagnosis.code == code
    assert diagnosis.evidence.found == f"{error}: said so"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (
            "maximum recursion depth exceeded while decoding a JSON array from a unicode string",
            "kernelspec-broken-file",
        ),
        ("maximum recursion depth exceeded in comparison", "kernel-not-registered"),
    ],
)
def test_a_tree_that_is_too_deep(tmp_path: Path, message: str, code: str) -> None:
    """It is the file's fault where Python says that it was reading JSON, and else it is not."""
    error = {"error": "RecursionError", "message": message}
    assert diagnosed(tmp_path, error, file=True).code == code


def test_no_word_of_jupyters(tmp_path: Path) -> None:
    diagnosis = diagnosed(tmp_path, {})
    assert (diagnosis.code, diagnosis.evidence.found) == ("kernel-not-registered", "")


def test_what_is_missing_comes_before_a_broken_file(tmp_path: Path) -> None:
    without = {name: number for name, number in ALL.items() if name != "ipykernel"}
    error = {"error": "JSONDecodeError", "message": "line 1"}
    assert diagnosed(tmp_path, error, without, file=True).code == "ipykernel-missing"


def test_a_damaged_package_comes_before_an_unusable_file(tmp_path: Path) -> None:
    """Half of jupyter_client gives such errors, too."""
    file_at(
        tmp_path / "venv/site/jupyter-client-8.6.0.dist-info/RECORD", "jupyter_client/a.py,,9\n"
    )
    error = {"error": "TraitError", "message": "argv"}
    assert diagnosed(tmp_path, error, file=True).code == "package-incomplete"


def test_the_machine_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Like every check that something failed in: its loopback is asked, too."""
    monkeypatch.setattr(disk, "free_mb", lambda _: 1.0)
    error = {"error": "JSONDecodeError", "message": "line 1"}
    assert diagnosed(tmp_path, error, file=True).code == "disk-full"
