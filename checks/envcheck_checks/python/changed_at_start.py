"""What a start-up file has changed before the first line of the learner's: the folder in which Python
stands, and who may read what it writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from envcheck import Diagnosis, Environment, fact, places, warn
from envcheck.target.interpreter import interpreter
from envcheck_checks.python.codes import START_FILE_MISLEADS
from envcheck_checks.python.start_files import find_changing_file, without

OWNERS = 0o700  # of a umask: what the learner may do with files of their own


@fact
def folder_changer(env: Environment) -> str:
    """The start-up file that leads this Python out of the folder in which it is started; empty where
    it stays there.
    """
    folder, started_in = interpreter(env).folder, env.neutral_folder
    if not folder or places.same(folder, started_in):
        return ""
    return (
        find_changing_file(env, lambda answer: places.same(answer.get("folder") or "/", started_in))
        or ""
    )


@fact
def closing_file(env: Environment) -> str:
    """The start-up file because of which the learner may not use what Python writes; empty where
    they may.
    """
    if not interpreter(env).umask & OWNERS:
        return ""
    return find_changing_file(env, lambda answer: not answer.get("umask", OWNERS) & OWNERS) or ""


def warnings(env: Environment) -> Iterator[Diagnosis]:
    python = interpreter(env)
    if start_file := folder_changer(env):
        yield _changes(
            env,
            start_file,
            "goes to another folder: your notebooks and their files are looked for there",
            python.folder,
            "the folder in which Python is started",
        )
    if start_file := closing_file(env):
        yield _changes(
            env,
            start_file,
            "takes your own permissions away from what is written then: a notebook that you save may not open again",
            f"umask {python.umask:03o}",
            "files that you may read and write, as with umask 022",
        )


def _changes(env: Environment, start_file: str, what: str, actual: str, wanted: str) -> Diagnosis:
    return warn(
        START_FILE_MISLEADS,
        f"the file {Path(start_file).name}, which Python runs by itself when it starts, {what}",
        without(env, start_file),
        found=actual,
        wanted=wanted,
        looked_in=start_file,
    )
