"""envcheck's command, which notes every program that it starts: a line of JSON each, in the file that
`ENVCHECK_STORY_STARTED` names, with its words, its folder and its variables.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from envcheck.command.main import main
from envcheck.processes.exit import without_waiting
from envcheck.processes.process import Processes


def noting(start: Callable[..., Any]) -> Callable[..., Any]:
    def noted(
        self: Processes, argv: Sequence[str], *, env: Mapping[str, str], cwd: Path, **how: Any
    ) -> Any:
        row = {"argv": list(map(str, argv)), "cwd": str(cwd), "env": dict(env)}
        with Path(os.environ["ENVCHECK_STORY_STARTED"]).open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps(row)}\n")
        return start(self, argv, env=env, cwd=cwd, **how)

    return noted


if __name__ == "__main__":
    for name in ("run", "start"):
        setattr(Processes, name, noting(getattr(Processes, name)))
    without_waiting(main)
