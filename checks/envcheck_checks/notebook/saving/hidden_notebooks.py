"""Notebooks that lie in the folder and that its page does not show: the setting that hides them."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch

from envcheck import Diagnosis, Environment
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.notebook.saving.save import NotListed
from envcheck_checks.notebook.server.learners_server import ServerTrouble
from envcheck_checks.notebook.settings import config

OPTION = "hide_globs"  # of each class that keeps a server's files


def diagnose(env: Environment, trouble: ServerTrouble) -> Diagnosis | None:
    """The file whose patterns fit what is hidden; None of another trouble, and where no file has
    such a pattern.
    """
    if not isinstance(trouble, NotListed):
        return None
    for file in reversed(config_files(env)):
        patterns = list(_patterns(file))
        hiding = [glob for glob in patterns if any(fnmatch(name, glob) for name in trouble.names)]
        if hiding:
            return config.stops(
                env,
                file,
                "your Jupyter config keeps notebooks out of the list that the page shows",
                f"{OPTION} has {', '.join(hiding)}",
                "a list that shows the notebooks of your folder",
            )
    return None


def _patterns(file: ConfigFile) -> Iterator[str]:
    for options in file.settings.values():
        patterns = options.get(OPTION)
        if isinstance(patterns, list):
            yield from (pattern for pattern in patterns if isinstance(pattern, str))
