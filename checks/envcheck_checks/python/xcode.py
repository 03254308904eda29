"""Apple's developer tools are there, and macOS does not use them: their licence waits for somebody to
agree, or Xcode was chosen and has been thrown away since. `/usr/bin/python3` then only says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from envcheck import Diagnosis, Environment, Fix, fail
from envcheck.fixes.advice import tell, typed
from envcheck_checks.machine.system import system
from envcheck_checks.python.codes import PYTHON_XCODE_STUB

# What xcrun says (exit code 69, and 1), and what is to be typed.
STATES = (
    (
        re.compile(r"agree\w* to the Xcode", re.IGNORECASE),
        "nobody has agreed to the licence of Xcode on this Mac: Apple's `python3` does not start before that",
        "agree to it: sudo xcodebuild -license accept",
    ),
    (
        re.compile(r"invalid active developer path"),
        "macOS looks for its `python3` in an Xcode that is no longer there, and its other developer tools are installed",
        "have macOS use the tools that are there: sudo xcode-select --reset",
    ),
)


def not_in_force(
    env: Environment, output: str, instead: Callable[[], tuple[Fix, ...]]
) -> Diagnosis | None:
    """`output` is what the stub said; asked where the tools are there."""
    hit = next((state for state in STATES if state[0].search(output)), None)
    if not system(env).is_macos or hit is None:
        return None
    _, summary, line = hit
    first = next(text for text in output.splitlines() if hit[0].search(text))
    return fail(
        PYTHON_XCODE_STUB,
        summary,
        *(fix for fix in instead() if fix.automatic),
        tell(line.partition(":")[0], typed(line.partition(": ")[2])),
        found=first.strip(),
        wanted="a Python that starts",
        looked_in="/usr/bin/python3",
        note="a Python from https://www.python.org/downloads/ needs none of Apple's tools",
    )
