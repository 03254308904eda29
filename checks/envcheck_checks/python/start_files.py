"""The file that Python runs by itself when it starts, and that ends it, holds it up or misleads it:
found by leaving files out.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from envcheck import Confidence, Diagnosis, Environment, Fix, fail, foreign_file, places
from envcheck.fixes.backup import move_aside
from envcheck.processes.process import how_it_ended
from envcheck.target.interpreter import Interpreter, Trouble, Unusable, interpreter
from envcheck.target.script import Answer, ask, source_of
from envcheck_checks.interference.trials import told_by
from envcheck_checks.python.blamed_file import Starts, find_blamed_file
from envcheck_checks.python.codes import PYTHON_DOES_NOT_START, PYTHON_HANGS, START_FILE_MISLEADS

PACKAGES = ("site-packages", "dist-packages")
# Of setuptools and virtualenv, in many environments: they serve installing, or say where a package is
PACKAGING = ("distutils-precedence.pth", "_virtualenv.pth", "__editable__")
SAID = {
    **{"files?": [str], "prefix?": str, "environment?": bool, "started?": bool, "path?": [str]},
    **{"folder?": str, "umask?": int},
}
LIST_SECONDS = 8.0
# A Python without its start-up files is up in a moment, and the run has waited long already
TRIAL_SECONDS = 3.0
AS_THE_LIST = 5.0  # times what the list of them took: a busy machine is slow at all


def diagnose(
    env: Environment, dead: Unusable, instead: Callable[[], tuple[Fix, ...]]
) -> Diagnosis | None:
    """The one start-up file without which this Python starts."""
    listing = _ask(env, dead.command, [], LIST_SECONDS)
    listed = listing.first
    seconds = max(TRIAL_SECONDS, AS_THE_LIST * listing.finished.seconds)
    files = [str(file) for file in listed.get("files") or ()]

    def starts(left_out: Sequence[str]) -> bool | None:
        answer = _ask(env, dead.command, left_out, seconds)
        return True if answer.objects else told_by(answer.finished, works=False)

    # It hangs where it was waited for in vain twice, and far longer than a trial is.
    start_file = find_blamed_file(files, starts, late=dead.finished.late)
    if start_file is None:
        return None
    hangs = dead.trouble is Trouble.HANGS
    name = Path(start_file).name
    last_words = dead.finished.last_words
    ended = (
        f"no answer within {dead.finished.seconds:.0f} s"
        if hangs
        else how_it_ended(dead.finished.code)
    )
    own = bool(listed.get("environment")) and places.lies_in(start_file, str(listed.get("prefix")))
    aside = _aside(start_file, own)
    return fail(
        PYTHON_HANGS if hangs else PYTHON_DOES_NOT_START,
        f"this Python {'starts and then gives no answer' if hangs else 'ends as soon as it is started'}: the file {name} does that",
        *((aside,) if own else (*instead(), aside)),
        found=f"{ended}: {last_words}" if last_words and not hangs else ended,
        wanted="a Python that starts",
        looked_in=start_file,
        note=f"Python runs {name} by itself each time it starts; without that file it starts",
    )


def takes_packages_away(env: Environment) -> Diagnosis | None:
    """The start-up file because of which this Python does not look into its own folder
    of packages.
    """
    python = interpreter(env)
    own = python.paths.get("purelib", "")
    if not own or _is_on(own, python.path) or not foreign_file.matching(own, "*.dist-info"):
        return None
    return _misled(
        env,
        lambda path: _is_on(own, path),
        "takes the folder of this Python's packages away: none of them is found",
        f"a path without {own}",
        own,
    )


def puts_others_first(env: Environment, files: Sequence[str] = ()) -> Diagnosis | None:
    """The start-up file because of which this Python takes the packages of another before its own,
    or those of a folder from which `files`, of a traceback, were taken.
    """
    python = interpreter(env)
    own = python.paths.get("purelib", "")
    others = [
        folder
        for folder in _before(own, python.path)
        if own
        and not python.owns(folder)
        and folder != python.user_site
        and (Path(folder).name in PACKAGES or _gave(folder, files, python))
    ]
    if not others:
        return None
    other = others[0]
    what = "puts the packages of another Python before this one's"
    if Path(other).name not in PACKAGES:
        what = "puts other files before the packages of this Python"
    return _misled(
        env,
        lambda path: _is_on(own, path) and other not in _before(own, path),
        what,
        f"{other} before {own}",
        own,
    )


def _gave(folder: str, files: Sequence[str], python: Interpreter) -> bool:
    """Whether one of these files was taken from there; its own library comes first by right."""
    return not places.lies_in(folder, python.base_prefix) and any(
        places.lies_in(file, folder) for file in files
    )


def _misled(
    env: Environment, right: Callable[[Sequence[str]], bool], what: str, actual: str, own: str
) -> Diagnosis | None:
    start_file = find_changing_file(env, lambda answer: right(answer.get("path") or ()))
    if start_file is None:
        return None
    return fail(
        START_FILE_MISLEADS,
        f"the file {Path(start_file).name}, which Python runs by itself when it starts, {what}",
        without(env, start_file),
        found=actual,
        wanted=f"{own} as the first folder of packages",
        looked_in=start_file,
        note="without that file it looks where it should",
    )


def keeps_from_working(
    env: Environment, works: Starts, what: str, actual: str, *, late: bool = False
) -> Diagnosis | None:
    """The start-up file without which it works, whatever that file does: a variable that it sets, a
    module that it changes. `works` tries it without these files; those that only say where packages
    are stay. `late` says that the failure was a wait in vain.
    """
    start_file = find_blamed_file(_files_with_code(interpreter(env)), works, late=late)
    if start_file is None:
        return None
    return fail(
        START_FILE_MISLEADS,
        f"the file {Path(start_file).name}, which Python runs by itself when it starts, is the reason that {what}",
        without(env, start_file),
        found=actual[:300],
        wanted="start-up files that change nothing of that",
        looked_in=start_file,
        note="without that file it works",
    )


def without_files(
    start: tuple[str, ...], files: Sequence[str], module: tuple[str, ...]
) -> tuple[str, ...]:
    """The command that runs a module with its words, while these start-up files are left out; `start`
    is a Python with its options.
    """
    source = source_of("envcheck_checks.in_target", "start_files.py")
    return (*start, "-S", "-c", source, "", *files, "--", *module)


def _files_with_code(python: Interpreter) -> list[str]:
    """The start-up files that do more than add folders, as they lie there."""
    own = python.paths.get("purelib", "")
    folders = [own, *(place for place in python.path if Path(place).name in PACKAGES)]
    sites = {places.key(place): place for place in reversed(folders) if place}  # `lib64` is `lib`
    files = [
        str(file)
        for place in reversed(sites.values())
        for file in foreign_file.matching(place, "*.pth")
    ]
    for name in ("sitecustomize.py", "usercustomize.py"):
        places_of = (str(Path(place, name)) for place in (*python.path, own) if place)
        files += [file for file in places_of if os.path.isfile(file)][:1]
    return [file for file in files if _runs_code(Path(file))]


def _runs_code(file: Path) -> bool:
    """More than adding folders: those are where packages are."""
    if file.name.startswith(PACKAGING):
        return False
    lines = foreign_file.text_or_nothing(file).splitlines()
    return file.suffix == ".py" or any(line.startswith(("import ", "import\t")) for line in lines)


def find_changing_file(env: Environment, right: Callable[[Mapping[str, Any]], bool]) -> str | None:
    """The start-up file without which this Python starts as it should, by what it says then."""
    command = (interpreter(env).executable,)
    files = [str(file) for file in _ask(env, command, [], LIST_SECONDS).first.get("files") or ()]

    def starts(left_out: Sequence[str]) -> bool | None:
        answer = _ask(env, command, left_out, LIST_SECONDS)
        works = right(answer.first)
        return works if answer.objects else told_by(answer.finished, works=works)

    return find_blamed_file(files, starts)


def without(env: Environment, start_file: str) -> Fix:
    """Move that file aside; sure where it belongs to the environment alone."""
    python = interpreter(env)
    return _aside(start_file, python.is_environment and python.owns(start_file))


def _aside(file: str, own: bool) -> Fix:
    """Where it belongs to more than this environment, a person decides."""
    title = f"move {Path(file).name} aside, so that this Python starts without it"
    return Fix(title, (move_aside(file),), Confidence.SURE if own else Confidence.ASK)


def _before(own: str, path: Sequence[str]) -> list[str]:
    """What stands before a folder on the path: all, where it is not there."""
    return list(itertools.takewhile(lambda folder: not places.same(folder, own), path))


def _is_on(folder: str, path: Sequence[str]) -> bool:
    return any(places.same(folder, other) for other in path)


def _ask(
    env: Environment, command: Sequence[str], left_out: Sequence[str], timeout: float
) -> Answer:
    return ask(
        env,
        [*command, "-S"],
        source_of("envcheck_checks.in_target", "start_files.py"),
        *left_out,
        shape=SAID,
        timeout=timeout,
    )
