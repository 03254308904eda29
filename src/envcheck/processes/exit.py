"""The way out: not held up by a check that was given up."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable


def without_waiting(main: Callable[[], None]) -> None:
    """Run `main` and end with its exit code. The thread of a check that was given up may wait for
    ever, or fall over half an interpreter on the way out: with such a thread about, the process
    ends at once.
    """
    try:
        main()
    except SystemExit as end:
        given_up = [
            thread for thread in threading.enumerate() if thread is not threading.main_thread()
        ]
        if given_up and isinstance(end.code, int):
            for stream in (sys.stdout, sys.stderr):
                with contextlib.suppress(OSError, ValueError):
                    stream.flush()
            os._exit(end.code)
        raise
