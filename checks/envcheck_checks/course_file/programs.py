"""How a program that a course uses is installed on this machine. A person does it: it changes the
system.
"""

from __future__ import annotations

from envcheck import Environment, Fix
from envcheck.fixes.advice import tell, typed
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
