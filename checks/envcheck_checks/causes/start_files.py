"""The file that Python runs by itself when it starts, and that ends it or holds it up: found by leaving files out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, Rename, fail
from envcheck.inside import Answer, ask, source_of
from envcheck.process import how_it_ended
from envcheck.python import Trouble, Unusable
from envcheck_checks.causes.folders import free_backup

LIST_SECONDS = 8.0
TRIAL_SECONDS = 3.0  # a Python without its start-up files is up in a moment, and the run has waited long already


def diagnose(env: Environment, dead: Unusable, instead: Callable[[], tuple[Fix, ...]]) -> Diagnosis | None:
    """The one start-up file without which this Python starts."""
    listed = _ask(env, dead, [], LIST_SECONDS).first
    files = [str(file) for file in listed.get("files") or ()]
    found = culprit(files, lambda left_out: bool(_ask(env, dead, left_out, TRIAL_SECONDS).objects))
    if found is None:
        return None
    hangs = dead.trouble is Trouble.HANGS
    name = Path(found).name
    said = dead.finished.last_words
    ended = f"no answer within {dead.finished.seconds:.0f} s" if hangs else how_it_ended(dead.finished.code)
    own = bool(listed.get("environment")) and Path(str(listed.get("prefix"))) in Path(found).parents
    aside = Fix(
        f"move {name} aside, so that this Python starts without it",
        (Rename(found, free_backup(Path(found))),),
        Confidence.SURE if own else Confidence.ASK,
    )
    return fail(
        "python-hangs" if hangs else "python-does-not-start",
        f"this Python {'starts and then gives no answer' if hangs else 'ends as soon as it is started'}: the file {name} does that",
        *((aside,) if own else (*instead(), aside)),
        found=f"{ended}: {said}" if said and not hangs else ended,
        wanted="a Python that starts",
        looked_in=found,
        note=f"Python runs {name} by itself each time it starts; without that file it starts",
    )


def culprit(files: Sequence[str], starts: Callable[[Sequence[str]], bool]) -> str | None:
    """The file that alone must be left out, found by halves; None when there is none, or when several do it."""
    if not files or not starts(files):
        return None
    left = list(files)
    while len(left) > 1:
        half = left[: len(left) // 2]
        left = half if starts(half) else left[len(left) // 2 :]
    return left[0] if len(files) == 1 or starts(left) else None


def _ask(env: Environment, dead: Unusable, left_out: Sequence[str], timeout: float) -> Answer:
    return ask(env, [*dead.command, "-S"], source_of("envcheck_checks.inside", "start_files.py"), *left_out, timeout=timeout)
