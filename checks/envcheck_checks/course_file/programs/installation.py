"""How a program that a course uses is installed on this machine. A person does it: it changes the
system.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from envcheck import Environment, Fix, path_lists
from envcheck.fixes.advice import tell, typed
from envcheck.target.interpreter import Unusable, target
from envcheck_checks.tools.framework.program import MANAGERS, find

# Packages by manager, where the name was looked up there; of others nothing is guessed.
PACKAGES = {
    "dot": {"apt": "graphviz", "dnf": "graphviz", "pacman": "graphviz", "zypper": "graphviz", "brew": "graphviz", "winget": "Graphviz.Graphviz", "choco": "graphviz"},
    "ffmpeg": {"apt": "ffmpeg", "pacman": "ffmpeg", "zypper": "ffmpeg", "brew": "ffmpeg", "winget": "Gyan.FFmpeg", "choco": "ffmpeg"},
    "git": {"apt": "git", "dnf": "git", "pacman": "git", "zypper": "git", "brew": "git", "winget": "Git.Git", "choco": "git"},
    "make": {"apt": "make", "dnf": "make", "pacman": "make", "zypper": "make", "brew": "make", "choco": "make"},
    "node": {"apt": "nodejs", "dnf": "nodejs", "pacman": "nodejs", "brew": "node", "winget": "OpenJS.NodeJS.LTS", "choco": "nodejs"},
}  # fmt: skip
PAGES = {
    "docker": "https://docs.docker.com/get-started/get-docker/",
    "dot": "https://graphviz.org/download/",
    "ffmpeg": "https://ffmpeg.org/download.html",
    "git": "https://git-scm.com/downloads",
    "java": "https://adoptium.net",
    "node": "https://nodejs.org/en/download",
}


def _of_environment(env: Environment, command: str) -> str:
    """Where the learner's Python has it, in an environment that need not be active; empty when
    nowhere.
    """
    python = target(env)
    if isinstance(python, Unusable):
        return ""
    of_conda = (("bin",), ("Library", "bin"), ("Scripts",)) if "conda" in python.kind else ()
    folders = [Path(python.scripts), *(Path(python.prefix, *names) for names in of_conda)]
    return shutil.which(command, path=path_lists.joined(folders)) or ""


def path_of(env: Environment, command: str) -> str:
    """The one that is met when the course's environment is active; empty when there is none."""
    own, typed_here = _of_environment(env, command), find(env, command)
    return own or typed_here if env.located.inactive else typed_here or own


def get(env: Environment, command: str, versions: str) -> Fix:
    """What a person does: the line of this system's package manager where any version will do, else
    the page where the program comes from.
    """
    wanted = f"{command} {versions}".strip()
    names = PACKAGES.get(command, {})
    manager = next((name for name in MANAGERS if name in names and find(env, name)), "")
    again = "Then open a new terminal and run envcheck again."
    if manager and not versions:
        line = MANAGERS[manager].format(names[manager])
        return tell(f"install {command}", typed(line), again)
    where = f" from {PAGES[command]}" if command in PAGES else ", as the course says"
    return tell(f"install {wanted}", f"Install {wanted}{where}.", again)
