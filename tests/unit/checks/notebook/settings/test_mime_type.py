"""Windows' word for scripts: it counts only for a notebook that asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import WHOLE, on

from envcheck.testing import interpreter
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.machine.system import SCRIPT_TYPE
from envcheck_checks.notebook.settings import mime_type


@pytest.mark.parametrize(
    ("version", "said", "code"),
    [
        ("5.7.4", "text/plain", "script-type-wrong"),
        ("5.7.4", "application/javascript", None),
        ("5.7.7", "text/plain", None),
    ],
)
def test_an_old_notebook_believes_windows(
    tmp_path: Path, version: str, said: str, code: str | None
) -> None:
    python = interpreter(packages={**WHOLE, "notebook": version})
    env = on("win32", tmp_path, python, registry={SCRIPT_TYPE: said})
    diagnosis = mime_type.diagnose(env, Failure("the notebook server does not start"))
    assert (diagnosis.code if diagnosis else None) == code
