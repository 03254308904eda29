"""Which Python a stand-in of pyenv's, asdf's or mise's starts: by a file of the folder in which it is
started (`.python-version`, `.tool-versions`, `mise.toml`), so it is asked in the learner's own.
"""

from __future__ import annotations

import os
from pathlib import Path

from envcheck.environment import Environment
from envcheck.processes.process import Finished
from envcheck.target.terminal import SHIMS

SECONDS = 20.0
# Nothing that a file in the folder could hide is imported: `sys` is in the program itself.
SOURCE = "import sys; sys.stdout.write('\\n' + sys.executable)"


def behind(env: Environment, command: tuple[str, ...]) -> tuple[str, ...] | Finished:
    """The Python that the learner's command starts in their folder; the command itself where it is no
    stand-in, or tells of no program. How it ended, where it starts none there.
    """
    if len(command) != 1 or Path(command[0]).parent.name != SHIMS:
        return command
    finished = env.run([command[0], "-c", SOURCE], cwd=env.folder, timeout=SECONDS)
    if not finished.ok:
        return finished
    started = finished.stdout.rpartition("\n")[2]
    return (started,) if os.path.isabs(started) and os.path.isfile(started) else command  # noqa: PTH117
