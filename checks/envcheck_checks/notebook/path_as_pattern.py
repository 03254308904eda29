"""An environment below a folder whose name is a pattern to `glob`: Jupyter looks for its own files
by such patterns and finds none of them, `ml[2026]` being `ml2`, `ml0` or `ml6`.
"""

from __future__ import annotations

import glob
import os
from pathlib import Path

from envcheck import Diagnosis, Environment, fail
from envcheck.fixes.advice import tell
from envcheck.target.interpreter import interpreter
from envcheck_checks.notebook.codes import PATH_AS_PATTERN

FILES = ("share", "jupyter")  # where an environment keeps its pages' files


def diagnose(env: Environment) -> Diagnosis | None:
    """None where Jupyter's files are found under the path as it is, and where they are not there."""
    place = Path(interpreter(env).prefix, *FILES)
    if glob.glob(str(place / "*")) or not _holds_any(place):  # noqa: PTH207  # as Jupyter does
        return None
    folder = next(
        (part for part in (place, *place.parents) if glob.escape(part.name) != part.name), place
    )
    return fail(
        PATH_AS_PATTERN,
        f"the environment lies below the folder `{folder.name}`: Jupyter takes that name for a pattern and does not find its own files there, so its page cannot show a notebook",
        tell(
            "give the folder another name",
            "Rename the folder, without [ ] * ? in its new name. Then open a new terminal in your course's folder and run envcheck again: the environment must be made anew.",
        ),
        found=str(folder),
        wanted="a path without [ ] * ?",
        looked_in=interpreter(env).prefix,
    )


def _holds_any(place: Path) -> bool:
    return os.path.isdir(place) and any(place.iterdir())
