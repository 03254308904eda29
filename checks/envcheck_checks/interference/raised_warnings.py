"""A warning that ends what was begun: a variable makes an error of every warning."""

from __future__ import annotations

import re
from collections.abc import Mapping

from envcheck import Fix
from envcheck_checks.interference.variables import unset

NAME = "PYTHONWARNINGS"
WARNING = re.compile(r"(?:\w+\.)*\w*Warning(?::|$)")
WHY = "PYTHONWARNINGS makes an error of what is only a warning"


def unset_filter(variables: Mapping[str, str], error: str) -> Fix | None:
    """What takes the filter away that raised this error; None where it is no warning, or nothing in
    these variables raises warnings. `error` is the last line of a traceback.

    An action may be shortened (`-W e`): https://docs.python.org/3/using/cmdline.html#cmdoption-W
    """
    actions = [part.partition(":")[0].strip() for part in variables.get(NAME, "").split(",")]
    raising = any(action and "error".startswith(action) for action in actions)
    return unset(NAME) if raising and WARNING.match(error) else None
