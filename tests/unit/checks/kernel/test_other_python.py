"""A kernel that runs another Python: one cause, whoever meets it."""

from __future__ import annotations

from envcheck.testing import interpreter
from envcheck_checks.kernel.other_python import runs_elsewhere

PYTHON = interpreter(prefix="/home/ada/ml/.venv")


def test_this_python() -> None:
    assert runs_elsewhere(PYTHON, "/home/ada/ml/.venv", "/home/ada/ml/.venv/bin/python") is None


def test_another_python() -> None:
    diagnosis = runs_elsewhere(PYTHON, "/opt/conda", "/opt/conda/bin/python")
    assert diagnosis is not None
    assert diagnosis.code == "kernel-runs-elsewhere"
    assert diagnosis.evidence.found == "/opt/conda/bin/python (sys.prefix /opt/conda)"
    assert diagnosis.evidence.wanted.endswith("(sys.prefix /home/ada/ml/.venv)")
