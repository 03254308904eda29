"""A package that looks by itself for another one beside it, and says in red that it does not take the
version that is there: pandas of numexpr and bottleneck, SciPy of numpy, requests of urllib3.
"""

from __future__ import annotations

import re

from envcheck import Confidence, Diagnosis, Environment, Fix, warn
from envcheck.fixes.advice import install
from envcheck.target.interpreter import Distribution, Interpreter, interpreter
from envcheck.versions import normal_name
from envcheck_checks.cells.codes import CELL_SHOWS_ERROR_TEXT
from envcheck_checks.installed.blame import distribution_of

WARNING = re.compile(r"^(?P<file>\S.*?):\d+: \w*Warning: (?P<words>.+)$", re.MULTILINE)
OF_VERSIONS = re.compile(
    r"\b(?:requires?|required|needs?|supported|compatible|incompatible)\b", re.I
)
WORD = re.compile(r"[A-Za-z][\w.-]*\w")
LOWEST = re.compile(r"version '?(?P<lowest>\d+(?:\.\d+)+)'? or (?:newer|higher|later|above)")


def warnings(env: Environment, red: str) -> list[Diagnosis]:
    """One for each package that is refused so; `red` is what cells showed."""
    python = interpreter(env)
    refused: dict[str, Diagnosis] = {}
    for match in WARNING.finditer(red):
        there = _refused(python, match["words"]) if OF_VERSIONS.search(match["words"]) else None
        if there is not None:
            refused.setdefault(there.name, _told(env, there, match["file"], match["words"]))
    return [*refused.values()]


def _refused(python: Interpreter, words: str) -> Distribution | None:
    """The installed package that the words name together with its version."""
    for word in WORD.findall(words):
        there = python.installed.get(normal_name(word))
        version = re.escape(there.version) if there and there.version else ""
        if version and re.search(rf"(?<![\d.]){version}(?![\d.]*\d)", words):
            return there
    return None


def _told(env: Environment, there: Distribution, file: str, words: str) -> Diagnosis:
    python = interpreter(env)
    who = python.installed.get(distribution_of(python, file), there)
    others = f"{who.name} {who.version}" if who is not there else "what stands beside it"
    return warn(
        CELL_SHOWS_ERROR_TEXT,
        f"{there.name} {there.version} does not fit {others}, and notebooks show a warning in red although their cells work",
        _fitting(env, there, who, words),
        found=words[:300],
        wanted="cells that show their results alone",
        looked_in="a running kernel",
    )


def _fitting(env: Environment, there: Distribution, who: Distribution, words: str) -> Fix:
    """What the words themselves ask for; else a newer one of the package that said them, if it is
    another, which a person agrees to.
    """
    python = interpreter(env)
    if lowest := LOWEST.search(words):
        title = f"bring {there.name} up to date"
        return install(env, python, [f"{there.name}>={lowest['lowest']}"], title=title)
    fix = install(env, python, ["--upgrade", who.name], title=f"try a newer {who.name}")
    return Fix(fix.title, fix.steps, Confidence.LIKELY)
