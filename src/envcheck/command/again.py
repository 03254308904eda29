"""From the words of the command line to those that ask the same again, the way in which they are
shown to the learner.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from envcheck.command import started
from envcheck.environment import Located
from envcheck.run.again import Again
from envcheck.run.plan import Selection
from envcheck.run.plugins import RESERVED
from envcheck.target import shells
from envcheck.target.locate import is_nowhere

VALUES = ("python", "course")
FLAGS = ("quick", "deep", "notebooks", "offline", "strict")
USUAL_SECONDS = 90.0  # the default of --timeout


def as_started(
    selection: Selection, words: Mapping[str, Any], variables: Mapping[str, str]
) -> Again:
    """The same by the program that the learner started, in their shell."""
    return again(started_words(variables), selection, words, shells.learners(variables))


def once_more(
    selection: Selection, words: Mapping[str, Any], variables: Mapping[str, str], located: Located
) -> Again:
    """The same, as it was started; of a Python that is nowhere nothing can be asked a second time."""
    same = as_started(selection, words, variables)
    return same.about_the_usual() if is_nowhere(located) else same


def started_words(variables: Mapping[str, str]) -> tuple[str, ...]:
    """The words that the learner types before their own to start envcheck."""
    return started.program(variables, sys.argv, sys.orig_argv)


def again(
    program: Sequence[str], selection: Selection, words: Mapping[str, Any], shell: str
) -> Again:
    """The same question once more: what was examined, of which Python, by which course. Where the
    report goes and how it looks is left out, and so is whether to fix. `words` are the values of
    the options that every run takes; `shell` is the learner's.
    """
    tracks = [*selection.tracks]
    names = [*selection.chapters] or ["track", tracks.pop(0)]
    if selection.chapters and names[0] in RESERVED and names[0] != "all":
        names.insert(0, "run")
    options = [("--with", track) for track in tracks]
    options += [(f"--{name}", words[name]) for name in VALUES if words[name]]
    if words["alias"]:
        options.append(("--as", words["alias"]))
    options += [("--only", check) for check in selection.only]
    options += [("--skip", check) for check in selection.skip]
    flags = [(f"--{name}",) for name in FLAGS if words[name]]
    if words["timeout"] != USUAL_SECONDS:
        options.append(("--timeout", f"{words['timeout']:g}"))
    return Again(tuple(program), tuple(names), (*options, *flags), shell)
