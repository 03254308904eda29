"""`environment-of-other-version`: recognised where it is so, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, on, python_at

from envcheck import Diagnosis, Run
from envcheck_checks.pip import other_version


def diagnosed(
    tmp_path: Path, *there: str, own: dict[str, str] | None = None, kind: str = "venv"
) -> Diagnosis | None:
    python = python_at(tmp_path / "venv", own or {}, version="3.12.4", kind=kind)
    site = tmp_path / "venv/lib/python3.12/site-packages"
    python = replace(python, paths={"purelib": str(site)})
    for place in there:
        (tmp_path / "venv/lib" / place).mkdir(parents=True)
    return other_version.diagnose(on("linux", tmp_path, python), STACK, python, ["pandas"])


def test_packages_of_the_version_before(tmp_path: Path) -> None:
    """The newest of several; without a pip, that comes first."""
    packages = [f"python3.{minor}/site-packages/ipykernel-6.dist-info" for minor in (9, 11)]
    told = diagnosed(tmp_path, *packages)
    assert told is not None
    assert told.summary == (
        "this environment was made for Python 3.11, and its Python is 3.12 now: pandas cannot be found"
    )
    assert told.evidence.found == f"packages in {tmp_path / 'venv/lib/python3.11/site-packages'}"
    words = [step.argv[2] for step in told.fixes[0].steps if isinstance(step, Run)]
    assert words == ["ensurepip", "pip"]
    assert told.fixes[0].automatic


def test_where_pip_is_there(tmp_path: Path) -> None:
    told = diagnosed(tmp_path, "python3.11/site-packages/notebook-7.dist-info", own={"pip": "24.0"})
    assert told is not None
    (step,) = told.fixes[0].steps
    assert isinstance(step, Run)
    assert "pandas>=1.0" in step.argv


@pytest.mark.parametrize(
    "there",
    [
        (),
        ("python3.12/site-packages/ipykernel-6.dist-info",),
        ("python3.11/site-packages/pip-24.0.dist-info",),
        ("python3/ipykernel-6.dist-info",),
    ],
)
def test_any_other_environment(tmp_path: Path, there: tuple[str, ...]) -> None:
    assert diagnosed(tmp_path, *there) is None


def test_a_python_that_is_no_environment(tmp_path: Path) -> None:
    """Versions stand side by side there by right."""
    place = "python3.11/site-packages/ipykernel-6.dist-info"
    assert diagnosed(tmp_path, place, kind="system") is None
