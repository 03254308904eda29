"""From the words of the command line to those that ask the same again, the way in which they are
shown to the learner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from envcheck.run.again import Again
from envcheck.run.plan import Selection
from envcheck.run.plugins import RESERVED

VALUES = ("python", "course")
FLAGS = ("quick", "deep", "offline", "strict")
USUAL_SECONDS = 90.0  # the default of --timeout


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
