# Carries out one function of a check in the target and reports the result. Started as `python -c
# SOURCE MARKER FOLDER`: this text, the function's own source, and a line that calls `carry_out`.
from __future__ import annotations

import json
import os
import sys
import traceback


def say(**values):
    sys.stdout.flush()
    os.write(
        1, (sys.argv[1] + json.dumps(values, default=str) + sys.argv[1] + "\n").encode("ascii")
    )


def missing(error):
    # A tool that rewords the failed import of a part that it needs keeps it as the cause.
    while error is not None:
        if isinstance(error, ImportError) and getattr(error, "name", None):
            return error.name
        error = error.__cause__ or error.__context__
    return None


def carry_out(work):
    try:
        say(values=work(sys.argv[2]))
    except BaseException as error:
        frames = traceback.extract_tb(sys.exc_info()[2])
        say(
            error=type(error).__name__,
            message=str(error)[:1500],
            missing=missing(error),
            files=[frame[0] for frame in frames if not frame[0].startswith("<")][-8:],
        )
        sys.exit(1)
