"""The folders of the learner's Jupyter configuration: what lies in them beside the servers' own files,
and copies of them in which something is missing.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from envcheck import Environment, places
from envcheck.path_lists import joined
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.machine.system import listed_folders, system

# What Jupyter's pages are made from: the settings that were changed in JupyterLab
# (jupyterlab_server's settings_handler), what overrides its defaults and turns its parts off
# (labconfig), and the same for the pages of Notebook 6 and nbclassic.
OF_PAGES = ("lab/user-settings", "labconfig", "nbconfig", "custom")
MOST = 200  # files; a page has some dozens of parts


def own_places(env: Environment) -> list[str]:
    """The folders of configuration that variables choose: those of JUPYTER_CONFIG_PATH, and the
    learner's own.
    """
    return [*listed_folders(env, "JUPYTER_CONFIG_PATH"), learners_jupyter(env).user_config]


def led_to_copies(env: Environment, left_out: Sequence[ConfigFile]) -> Mapping[str, str | None]:
    """Variables that lead Jupyter to copies of the learner's own folders, in which some files are
    missing.
    """
    absent = {Path(file.path) for file in left_out}
    kept = [*(Path(file.path) for file in config_files(env)), *_of_pages(env)]
    copies = [
        env.new_folder(f"config-{time.monotonic_ns()}-{threading.get_ident()}-{number}")
        for number, _ in enumerate(own_places(env))
    ]
    for place, copy in zip(own_places(env), copies, strict=True):
        for path in (file for file in kept if file not in absent):
            if inside := places.within(path, place):
                to = copy / inside
                with contextlib.suppress(OSError):
                    to.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, to)
                    env.copies[to] = path
    named = joined(copies[:-1], system(env).name)
    return {"JUPYTER_CONFIG_DIR": str(copies[-1]), "JUPYTER_CONFIG_PATH": named or None}


def page_files(env: Environment) -> list[ConfigFile]:
    """What Jupyter's pages read from these folders."""
    return [ConfigFile(str(path)) for path in _of_pages(env)]


def plugin_of(file: ConfigFile) -> str:
    """How JupyterLab names the part whose settings a file holds: `@scope/extension:plugin`, here
    without the scope.
    """
    path = Path(file.path)
    return f"{path.parent.name}:{path.stem}"


def _of_pages(env: Environment) -> list[Path]:
    return [*itertools.islice(_below(own_places(env)), MOST)]


def _below(folders: Sequence[str]) -> Iterator[Path]:
    for folder, part in itertools.product(folders, OF_PAGES):
        for inside, _, names in os.walk(Path(folder, part)):
            yield from (Path(inside, name) for name in sorted(names))
