"""The one file among those that Python runs as it starts without which something works."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from envcheck_checks.interference.trials import fails_again

NONE = ("",)  # leaves out no file, and starts all
# Tries it without these files; None where the answer was not waited for to the end.
Starts = Callable[[Sequence[str]], "bool | None"]


def find_blamed_file(files: Sequence[str], starts: Starts, *, late: bool = False) -> str | None:
    """The file that alone must be left out, found by halves; None when there is none, when several
    do it, or when it starts with all of them too. With all of them it must fail: an answer that is
    waited for in vain is no failure, unless the first was `late` as well.
    """
    if not files or not starts(files):
        return None
    left = list(files)
    while len(left) > 1:
        half = left[: len(left) // 2]
        left = half if starts(half) else left[len(left) // 2 :]
    if len(files) > 1 and not starts(left):
        return None
    return left[0] if fails_again(starts(NONE), late=late) else None
