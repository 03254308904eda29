"""What ends a run before it begins. UsageProblem is for the learner or the author to put right; its
exit code is 2. NoRoom, NoPlace and NotWritten are about the machine; their exit code is 3.
"""

from __future__ import annotations

from collections.abc import Iterable


class UsageProblem(Exception):
    """The command asks for something that cannot be had: an unknown name, an unusable course, an
    unwritable file.
    """


class NoRoom(Exception):
    """There is no folder on this machine in which a run could keep its own files, none that it could
    use again, or no memory in which it could do anything.
    """


class NoPlace(Exception):
    """The folder in which the learner stands is gone or closed: nothing can be started in it."""


class NotWritten(Exception):
    """What the run had to say is not where it should be: the disk behind stdout, or behind a report, is
    full.
    """


class RunIsOver(RuntimeError):
    """A check that was given up asks for something after its run has been closed."""


def unknown(kind: str, name: str, available: Iterable[str]) -> UsageProblem:
    """`there is no chapter "chaptr2"; the nearest is "chapter2"`, with all names when they
    are few.
    """
    from difflib import get_close_matches

    names = sorted(set(available))
    near = (
        get_close_matches(name, names, n=1, cutoff=0.5)
        or [other for other in names if other.rpartition(".")[2] == name][:1]
    )
    nearest = f"; the nearest is `{near[0]}`" if near else ""
    listing = f"\nThere are: {', '.join(names)}" if 0 < len(names) <= 30 else ""
    return UsageProblem(f"there is no {kind} `{name}`{nearest}{listing}")
