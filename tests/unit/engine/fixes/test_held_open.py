"""Files that a program holds open, on Windows."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.fixes import file_steps
from envcheck.fixes.held_open import CLOSE, advice, why
from envcheck.fixes.state import StepFailed
from envcheck.model import Rename


def refusal(number: int) -> OSError:
    """As Windows raises it, in the learner's language."""
    error = PermissionError(13, "Zugriff verweigert")
    error.winerror = number  # type: ignore[attr-defined,unused-ignore]
    return error


@pytest.mark.parametrize("number", [5, 32])
def test_a_rename_says_what_to_close(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> None:
        raise refusal(number)

    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(StepFailed, match=r"Zugriff verweigert \(.*close Jupyter, VS Code"):
        file_steps.rename(Rename(str(tmp_path / ".venv"), str(tmp_path / "aside")))


def test_another_refusal_says_itself() -> None:
    assert why(PermissionError(13, "Permission denied")) == "Permission denied"
    assert why(refusal(112)) == "Zugriff verweigert"


@pytest.mark.parametrize(
    "printed",
    [
        "ERROR: Could not install packages due to an OSError: [WinError 5] Access is denied: 'c:\\x\\_zmq.pyd'",
        "[WinError 32] Der Prozess kann nicht auf die Datei zugreifen",
        "error: failed to remove file `C:\\x\\numpy.pyd`: Zugriff verweigert (os error 5)",
        "Error: [Errno 13] Permission denied: 'C:\\\\ml\\\\.venv\\\\Scripts\\\\python.exe'",
    ],
)
def test_what_installers_print(monkeypatch: pytest.MonkeyPatch, printed: str) -> None:
    assert not advice(printed)  # on Linux `os error 5` is another error
    monkeypatch.setattr("sys.platform", "win32")
    assert advice(printed) == CLOSE
    assert not advice("ERROR: No matching distribution found for numpy")
