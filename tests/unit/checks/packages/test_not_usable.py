"""Packages that cannot be imported or are too old: one cause, and what it does not explain."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, WHOLE, file_at, on, python_at, said

from envcheck_checks.packages import not_usable
from envcheck_checks.packages.imports import Import, Imports

NUMPY = Import("numpy", version="2.0.0")
PANDAS = Import("pandas", version="2.2.0")
NO_PANDAS = Import(
    "pandas", error="ModuleNotFoundError", message="No module named 'pandas'", missing="pandas"
)


def codes(
    tmp_path: Path,
    *modules: Import,
    packages: dict[str, str] = WHOLE,
    hiding: tuple[tuple[str, str], ...] = (),
    died_in: str = "",
) -> list[str]:
    env = on("linux", tmp_path, python_at(tmp_path / "venv", packages))
    tried = Imports(modules, hiding, died_in, said(stderr="last words"))
    env.preload(f"imports of {STACK.packages}", tried)
    told = not_usable.diagnose(env, STACK, tried)
    assert isinstance(told, tuple)
    return [diagnosis.code for diagnosis in told]


@pytest.fixture(autouse=True)
def nothing_works_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(not_usable, "import_all", lambda *_: Imports((), (), "numpy", said()))


def test_all_can_be_used(tmp_path: Path) -> None:
    assert codes(tmp_path, NUMPY, PANDAS) == []


def test_what_is_missing_and_what_is_too_old_are_two_things(tmp_path: Path) -> None:
    without = {name: number for name, number in WHOLE.items() if name != "pandas"}
    old = Import("numpy", version="1.16.0")
    assert codes(tmp_path, old, PANDAS) == ["package-too-old"]
    assert codes(tmp_path, old, NO_PANDAS, packages=without) == [
        "packages-missing",
        "package-too-old",
    ]


def test_a_file_in_the_folder_stands_alone(tmp_path: Path) -> None:
    """It explains also that the module which was met is an old one."""
    old = Import("numpy", version="1.6")
    file = file_at(tmp_path / "work/numpy.py")
    hiding = (("numpy", str(file)),)
    assert codes(tmp_path, old, PANDAS, hiding=hiding) == ["file-hides-module"]


@pytest.mark.parametrize(
    ("error", "message", "missing", "code"),
    [
        ("ModuleNotFoundError", "No module named 'dateutil'", "dateutil", "dependency-missing"),
        ("ValueError", "numpy.dtype size changed", "", "numpy-binary-mismatch"),
        ("SyntaxError", "invalid syntax", "", "package-damaged"),
    ],
)
def test_what_the_import_says(
    tmp_path: Path, error: str, message: str, missing: str, code: str
) -> None:
    failed = Import("pandas", error=error, message=message, missing=missing)
    assert codes(tmp_path, NUMPY, failed) == [code]


def test_a_process_that_ends_in_an_import(tmp_path: Path) -> None:
    assert codes(tmp_path, NUMPY, died_in="pandas") == ["package-damaged"]
