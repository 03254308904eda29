"""The scripts that a page's own scripts load, against the list of files that they were installed
with: over HTTP only a browser asks for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from envcheck import Environment
from envcheck.target.interpreter import Distribution, interpreter
from envcheck_checks.installed.record_file import recorded
from envcheck_checks.notebook.page.shown import Page

OF_PAGES = ("notebook", "jupyterlab")  # the distributions that bring pages
SERVED = "share/jupyter/lab/"  # JupyterLab has its scripts a second time, and serves these


def lost_script(env: Environment, page: Page) -> str:
    """Which script is not there, or not as long as it was installed, in words; empty where all are.
    Of pages that no distribution brought nothing is known: `jupyter lab build` makes others.
    """
    own = {PurePosixPath(urlsplit(script).path).name for script in page.scripts}
    installed = interpreter(env).installed
    for distribution in filter(None, map(installed.get, OF_PAGES)):
        for relative, size in _beside(distribution, own):
            if trouble := _trouble(Path(distribution.folder, relative), size):
                return f"{relative}: {trouble}"
    return ""


def _beside(distribution: Distribution, own: set[str]) -> Iterator[tuple[str, int]]:
    """The scripts, with their sizes, of the folder from which one of these is served."""
    scripts = [(file, size) for file, size in recorded(distribution) if file.endswith(".js")]
    folders = {_folder(file) for file, _ in scripts if file.rpartition("/")[2] in own}
    served = {folder for folder in folders if SERVED in folder} or folders
    return ((file, size) for file, size in scripts if _folder(file) in served)


def _folder(file: str) -> str:
    return file.rpartition("/")[0] + "/"


def _trouble(path: Path, size: int) -> str:
    try:
        there = path.stat().st_size
    except OSError:
        return "it is missing"
    return f"{there} of {size} bytes" if there < size else ""
