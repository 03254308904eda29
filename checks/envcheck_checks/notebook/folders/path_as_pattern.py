"""An environment below a folder whose name is a pattern to `glob`: Jupyter looks for its own files
by such patterns and finds none of them, `ml[2026]` being `ml2`, `ml0` or `ml6`.
"""

from __future__ import annotations

import fnmatch
from pathlib import Path

from envcheck import Diagnosis, Environment, fail
from envcheck.fixes.advice import tell
from envcheck.target.interpreter import interpreter
from envcheck_checks.notebook.codes import PATH_AS_PATTERN


def diagnose(env: Environment) -> Diagnosis | None:
    """None where the path, as a pattern, finds itself."""
    prefix = Path(interpreter(env).prefix)
    folder = next((part for part in (prefix, *prefix.parents) if _is_another(part.name)), None)
    if folder is None:
        return None
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


def _is_another(name: str) -> bool:
    """Whether the name, as a pattern, stands for others than itself: `what?` finds `what?`."""
    return not fnmatch.fnmatchcase(name, name)
