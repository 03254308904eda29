"""A tool that fails in a package which has another version than the tool, or something under it,
asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from envcheck import Diagnosis, Environment
from envcheck.target.interpreter import interpreter
from envcheck.versions import name_of, normal_name
from envcheck_checks.installed import dependencies
from envcheck_checks.installed.codes import DEPENDENCY_WRONG_VERSION
from envcheck_checks.tools.framework.remote_call import Work


def diagnose(
    env: Environment, title: str, requirements: Sequence[str], done: Work
) -> Diagnosis | None:
    """Metadata alone does not tell: many conflicts disturb nobody. The failure must name that
    package.
    """
    if not done.error:
        return None
    names = [name_of(requirement) for requirement in requirements]
    diagnosis = dependencies.diagnose(env, names, f"{title} does not work")
    if diagnosis is None or diagnosis.code != DEPENDENCY_WRONG_VERSION:
        return None
    blamed = normal_name(diagnosis.evidence.found.partition(" ")[0])
    return diagnosis if blamed in names_in_failure(env, done) else None


def names_in_failure(env: Environment, done: Work) -> set[str]:
    """What the failure names, as distributions: the module that is missing, the words of the
    message, the files on the way.
    """
    python = interpreter(env)
    words = {done.missing.partition(".")[0], *_words(done.message)}
    for place in {python.paths.get("purelib", ""), python.paths.get("platlib", "")} - {""}:
        words |= {
            "-".join(PurePath(file).relative_to(place).parts[:depth])
            for file in done.files
            for depth in (1, 2)
            if file.startswith(place)
        }
    return {normal_name(word) for word in words if word}


def _words(message: str) -> set[str]:
    """The names in what was said. `google.protobuf` is protobuf and google-protobuf; quotes and
    brackets are no part of a word.
    """
    words = {word.strip("'\"`()[],:;.") for word in message.split()}
    return {
        part
        for word in words
        for part in (word, word.partition(".")[0], *word.split(".")[1:2])
        if part
    }
