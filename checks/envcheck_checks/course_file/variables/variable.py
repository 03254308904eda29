"""A variable that a course needs: it has a value of the learner's own, where the course's programs
look for it. The value is never shown.
"""

from __future__ import annotations

from pathlib import Path

from envcheck import (
    Check,
    Cost,
    Diagnosis,
    Environment,
    Fine,
    Fix,
    Outcome,
    fail,
    ok,
    warn,
)
from envcheck.course_file.asked import Variable
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.codes import (
    ENV_FILE_MISNAMED,
    ENV_FILE_MISPLACED,
    ENV_FILE_NOT_READ,
    VARIABLE_EMPTY,
    VARIABLE_ODD_ENDS,
    VARIABLE_PLACEHOLDER,
    VARIABLE_UNSET,
)
from envcheck_checks.course_file.key_page import page
from envcheck_checks.course_file.variables import env_file_places as env_places
from envcheck_checks.course_file.variables import variable_fixes as fixes
from envcheck_checks.course_file.variables.no_env_file import TERMINAL, without_file
from envcheck_checks.machine.system import system

PRINTED = "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\xab\xbb"  # quotes that no program takes for quotes
CAUSES: dict[str, str] = {
    VARIABLE_UNSET: "it is nowhere",
    VARIABLE_EMPTY: "it is there, with nothing in it",
    VARIABLE_PLACEHOLDER: "it still has the value of an example",
    VARIABLE_ODD_ENDS: "quotes or blanks are a part of it (a warning)",
    ENV_FILE_MISNAMED: "its file has another name, such as `.env.txt`",
    ENV_FILE_MISPLACED: "its file lies in another folder",
    ENV_FILE_NOT_READ: "its file cannot be read by programs",
}


def variable_set(name: str, wanted: Variable, place: ChapterPlace) -> Check:
    """The variable has a value that is no placeholder."""

    def examine(env: Environment) -> Outcome:
        return _examine(env, name, wanted, place)

    where = f" or in `{wanted.file}`" if wanted.file else ""
    return Check(
        id=f"env.{name}",
        title=name[:40],
        examine=examine,
        timeout=10,
        proves=f"{name} has a value, in this terminal{where}, that is no placeholder",
        cost=Cost(0.1, 5),
        scope=place.scope,
        page=page(
            f"The variable `{name}`",
            f"The course's programs read {name} from the variables of the terminal{where}.",
            "Without it they stop, often far into a chapter.",
            "It is looked up where the programs do. Its value is never shown, sent or kept.",
            f"Linux, macOS: `echo ${{#{name}}}` says how many characters it has",
            CAUSES,
        ),
    )


def _examine(env: Environment, name: str, wanted: Variable, place: ChapterPlace) -> Outcome:
    of_terminal = _in_terminal(env, name)
    if of_terminal is not None:  # python-dotenv puts no other value over it
        return _judge(env, name, wanted, of_terminal, TERMINAL)
    if not wanted.file:
        return _unset(env, name)
    folders = env_places.upwards(place.folder, place.root)
    try:
        file = env_places.first(wanted.file, folders, env.variables)
    except OSError as error:
        return _not_read(folders[0] / wanted.file, error.strerror or str(error))
    if file is None:
        return _above(env, name, wanted, place) or without_file(env, name, wanted.file, place)
    if file.trouble:
        return _not_read(file.path, file.trouble)
    if name in file.values:
        return _judge(env, name, wanted, file.values[name], str(file.path))
    return fail(
        VARIABLE_UNSET,
        f"{name} is not set, and not in `{wanted.file}`",
        fixes.write_line(name, file.path),
        found=file.odd_line(name),
        wanted=f"a line {name}=, with your own value behind it",
        looked_in=file.path,
    )


def _above(env: Environment, name: str, wanted: Variable, place: ChapterPlace) -> Outcome | None:
    """By a file above the course's folder, which programs find too: where it lies is told."""
    file = env_places.above(wanted.file, name, place.root, env.variables)
    if file is None:
        return None
    outcome = _judge(env, name, wanted, file.values[name], str(file.path))
    if not isinstance(outcome, Fine):
        return outcome
    return ok(f"it has a value, in {file.path}, above the course's folder", *outcome.warnings)


def _in_terminal(env: Environment, name: str) -> str | None:
    if not system(env).is_windows:
        return env.variables.get(name)
    same = (value for key, value in env.variables.items() if key.upper() == name.upper())
    return next(same, None)


def _judge(env: Environment, name: str, wanted: Variable, value: str, where: str) -> Outcome:
    """What this value is good for; the value itself is not told."""
    terminal = where == TERMINAL
    again = fixes.set_in_terminal(env, name) if terminal else fixes.own_value(name, Path(where))
    bare = value.strip().strip(f"\"'{PRINTED}").strip()
    if not bare:
        return fail(
            VARIABLE_EMPTY,
            f"{name} is there, and empty",
            again,
            found=f"{name} with nothing in it",
            wanted=f"{name} with your own value",
            looked_in=where,
        )
    if bare.casefold() in {text.strip().casefold() for text in wanted.placeholders}:
        return fail(
            VARIABLE_PLACEHOLDER,
            f"{name} still has the value of the example, in place of your own",
            again,
            found="the placeholder that the course names",
            wanted=f"{name} with your own value",
            looked_in=where,
        )
    odd = _odd_ends(name, value, where, again)
    return ok(f"it has a value, in {where if terminal else Path(where).name}", *odd)


def _odd_ends(name: str, value: str, where: str, again: Fix) -> list[Diagnosis]:
    """`set KEY="x"` of Windows' cmd keeps the quotes; a file with Windows' ends of lines that a shell
    reads leaves one at the end; an editor of letters writes quotes as they are printed. What else
    stands between the quotes of a file is meant.
    """
    printed = value[0] in PRINTED or value[-1] in PRINTED
    of_shell = where == TERMINAL and len(value) > 1
    quoted = printed or (of_shell and value[0] == value[-1] and value[0] in "\"'")
    if not quoted and (where != TERMINAL or value == value.strip()):
        return []
    ends = "quotes at its ends" if quoted else "a blank or an end of line at one end"
    return [
        warn(
            VARIABLE_ODD_ENDS,
            f"{name} has {ends}, which programs take for a part of it",
            again,
            found=ends,
            wanted="the value alone",
            looked_in=where,
        )
    ]


def _unset(env: Environment, name: str) -> Diagnosis:
    return fail(
        VARIABLE_UNSET,
        f"{name} is not set",
        fixes.set_in_terminal(env, name),
        wanted=f"{name} with your own value",
        looked_in=TERMINAL,
    )


def _not_read(file: Path, reason: str) -> Diagnosis:
    return fail(
        ENV_FILE_NOT_READ,
        f"`{file.name}` cannot be read by the programs that need it",
        fixes.save_as_utf8(file),
        found=reason,
        wanted="a text file in UTF-8",
        looked_in=file,
    )
