"""The way out is not held up by a check that was given up."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from tests.pace import within

from envcheck.processes.exit import without_waiting

FOR_EVER = "import threading; threading.Thread(target=threading.Event().wait).start();"


@pytest.mark.parametrize("code", [0, 1, 3])
@pytest.mark.parametrize("given_up", [FOR_EVER, ""], ids=["a thread waits", "no thread"])
def test_the_exit_code_is_kept(code: int, given_up: str) -> None:
    """With a thread that waits for ever, and without; what was printed is not lost."""
    source = (
        "from envcheck.processes.exit import without_waiting\n"
        f"def main():\n    {given_up}print('said')\n    raise SystemExit({code})\n"
        "without_waiting(main)"
    )
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (code, "said\n")
    assert time.monotonic() - begun < within(50)


def test_an_error_is_shown() -> None:
    """What is not an exit is raised as ever."""

    def broken() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        without_waiting(broken)
