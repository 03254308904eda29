"""What each key of an `envcheck.toml` says, in a sentence: editors show it. docs/authors.md says more."""

from __future__ import annotations

from collections.abc import Mapping

# By the keys that lead to it; `*` stands for a name of the author's. What a chapter and the course both
# have is said once, of the chapter.
MEANINGS: Mapping[str, str] = {
    "course": "The course's id, which reports have.",
    "title": "What people read.",
    "help": "Where learners ask: an address that is shown to who is not ready.",
    "pins": "What an exact version in the lists means: a newer one will do, or it is taken literally.",
    "chapters": "Chapters by their folders.",
    "chapters.from": "A pattern such as ch*/: every such folder with notebooks is a chapter.",
    "chapter": "The chapters, by the names that are typed.",
    "waive": "Checks that do not count for a while, such as week1.packages.",
    "waive.*.why": "Why it does not count; reports show it.",
    "waive.*.until": "The last day on which it does not count.",
    "folder": "Where the chapter's notebooks lie; a folder of the chapter's name, unless said.",
    "notebooks": "The chapter's notebooks, by their paths from its folder; all that lie there, unless said.",
    "requires": "Files that list packages, read at every run, such as requirements.txt.",
    "python": "Versions of Python, such as >=3.9,<3.14; otherwise what the lists say.",
    "conda": "The environment of conda's that learners were told to make.",
    "packages": "Packages that no list names, such as torch>=1.9.",
    "commands": "Programs with their versions; * takes any.",
    "jupyter": "Whether there are notebooks; otherwise the folder tells.",
    "env": "Variables that must have a value, by name; * for one of the terminal alone.",
    "env.*.file": "The file that may set it, such as .env.",
    "env.*.not": "Placeholders that are no value.",
    "files": "Files that notebooks read, by their paths from the notebook.",
    "files.path": "The file's path from the notebook.",
    "files.columns": "Columns that its table must have.",
    "files.separator": "The sign between its columns, where that is another than its ending says.",
    "files.encoding": "How its letters are written, where that is not UTF-8, such as latin-1.",
    "ports": "Ports that must be free, or held by the course's own containers.",
    "tools": "Checks of the bundled course's tracks, by their ids.",
    "services": "Addresses that must answer, by name: a port of this machine, or host:port.",
    "proof": "Programs, and what they print where the chapter can be done.",
    "proof.code": "A program of Python, run in a throw-away folder.",
    "proof.prints": "All that it must print.",
    "links": "Addresses that must be reachable.",
    "gpu": "A graphics card on which the learner's library computes.",
    "disk": "Free disk, such as 5 GB.",
    "memory": "Memory of the machine, such as 8 GB.",
    "checks": "Checks in Python: a file of the course and a name in it, such as my_checks.py:CHECKS.",
    "hint": "Words for who is not ready, by system.",
    "hint.windows": "Words for learners on Windows.",
    "hint.macos": "Words for learners on a Mac.",
    "hint.linux": "Words for learners on Linux, and in WSL where that has none.",
    "hint.wsl": "Words for learners in WSL.",
    "only": "The systems that the chapter, or some of its checks, is for.",
    "only.on": "The systems.",
    "only.checks": "The checks that this is about, by their own ids; all of them, unless said.",
}


def meaning(path: str) -> str:
    """Of the key at this path from the top of the file. Raises LookupError."""
    if path.startswith("chapter.*."):
        path = path.removeprefix("chapter.*.")
    return MEANINGS[path]
