"""Why what is missing was not installed: a `pip` of another Python is blamed for what that Python has."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, command_at, file_at, on, python_at

from envcheck_checks.pip import cannot_install, dry_run

ALL = "Jupyter, numpy and pandas are not installed in this Python: `pip` on its own belongs to a different Python, which has "


@pytest.fixture(autouse=True)
def no_file_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """pip reads /etc too."""
    monkeypatch.setattr(dry_run, "config_files", lambda *_: ())


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with shebangs")
@pytest.mark.parametrize(
    ("there", "says"),
    [
        (("notebook", "ipykernel", "numpy", "pandas"), ALL + "them"),
        (("numpy",), ALL + "numpy"),
        (("numpy", "pandas", "six"), ALL + "numpy and pandas"),
        (("six",), None),
    ],
)
def test_a_pip_of_another_python(tmp_path: Path, there: tuple[str, ...], says: str | None) -> None:
    """Requests, say, lies in many a Python; that another one is there too is not claimed."""
    other = tmp_path / "other"
    file_at(other / "pyvenv.cfg")
    for name in there:
        (other / f"lib/python3.12/site-packages/{name}-2.0.dist-info").mkdir(parents=True)
    python = command_at(other / "bin" / "python")
    file_at(tmp_path / "bin" / "pip", f"#!{python}\n").chmod(0o755)
    own = python_at(tmp_path / "own", {"pip": "24"})
    diagnosis = cannot_install.diagnose(on("linux", tmp_path, own), STACK)
    assert (diagnosis and diagnosis.summary) == says
