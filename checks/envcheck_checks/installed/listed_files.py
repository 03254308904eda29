"""Files in the course's folder that list what it needs: offered whole where they name what is
missing. Nobody but a person installs from them: they may name anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from envcheck import Confidence, Environment, Fix, Run, foreign_file, places
from envcheck.declared import misnamed
from envcheck.declared.conda_names import on_index
from envcheck.fixes.advice import install, install_command, manager_of, new_environment, typed
from envcheck.foreign_file import matching
from envcheck.sentences import listed
from envcheck.target.conda import find_command
from envcheck.target.course_folder import course_folders
from envcheck.target.interpreter import Interpreter
from envcheck.versions import allows, name_of, normal_name

NAME = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*([^;#]*)")
ENTRY = re.compile(
    r"^[^\S\n]*-[^\S\n]+['\"]?(?:[\w./-]+::)?([A-Za-z0-9][A-Za-z0-9._-]*)([^:'\"#]*)$", re.MULTILINE
)
FILES = ("requirements.txt", "requirements/*.txt", "requirements-*.txt", "requirements_*.txt")
OF_CONDA = ("environment.yml", "environment.yaml")
KINDS_OF_CONDA, KINDS_OF_PIP = (".yml", ".yaml"), (".txt", ".in")
CALLED = re.compile(r"^name:\s*['\"]?([A-Za-z0-9][\w.-]*)['\"]?\s*(?:#.*)?$", re.MULTILINE)
LARGEST = 100_000  # bytes: what is larger is no list that somebody wrote


def offers(
    env: Environment, python: Interpreter, wanted: Sequence[str], lists: Sequence[str] = ()
) -> tuple[Fix, ...]:
    """A fix from the file that names most of `wanted`, which are requirements; none where no file
    names any, or where a project's manager has lists of its own. `lists` are files that the course
    names, by their paths: where there are any, no other file is looked at, and all that name some of
    `wanted` are installed from.
    """
    if manager_of(env, python):
        return ()
    if not python.is_environment and (by_conda := _made_by_conda(env, lists)):
        return by_conda
    places = _files(env, python, lists)
    naming = [
        (file, named)
        for file, named in places
        if _names_some(named, wanted) and not misnamed.told_of(file)
    ]
    if not naming:
        return ()
    chosen = _covering(naming, wanted)[: None if lists else 1]
    files = [file for file, _ in chosen]
    rest = [word for word in wanted if not any(_name(word) in named for _, named in chosen)]
    if python.kind == "conda-env":
        return _by_conda(env, python, files, rest)
    words = [*(word for file in files for word in ("--requirement", str(file))), *rest]
    asked = _all_that(env, files)
    if not python.is_environment:
        made = new_environment(env, python, words)
        return (Fix(f"{made.title}, with {asked}", made.steps, Confidence.ASK),)
    return (
        Fix(f"install {asked}", (Run(install_command(env, python, words)),), Confidence.LIKELY),
    )


def not_offered(env: Environment, python: Interpreter, lists: Sequence[str] = ()) -> str:
    """Why a list is not installed from that would be offered otherwise, in a sentence; empty where none is
    refused.
    """
    every = (file for file, _ in _files(env, python, lists))
    return next(filter(None, map(misnamed.told_of, every)), "")


def _covering(
    naming: Sequence[tuple[Path, Mapping[str, str]]], wanted: Sequence[str]
) -> list[tuple[Path, Mapping[str, str]]]:
    """The lists that name all of these that any does, the one that names most first."""
    rest, chosen = {*map(_name, wanted)}, []
    while rest:
        best = max(naming, key=lambda row: len(rest & row[1].keys()))
        if not rest & best[1].keys():
            break
        chosen.append(best)
        rest -= best[1].keys()
    return chosen


def _by_conda(
    env: Environment, python: Interpreter, files: Sequence[Path], rest: Sequence[str]
) -> tuple[Fix, ...]:
    conda = find_command(env.variables, python.prefix)
    if not conda:
        return ()
    micro = Path(conda).stem == "micromamba"  # it has no `env update`
    verb = ("install", "--yes") if micro else ("env", "update")
    where = ("--prefix", python.prefix, "--file")
    lines = (Run((conda, *verb, *where, str(file))) for file in files)
    more = install(env, python, rest).steps if rest else ()
    return (Fix(f"install {_all_that(env, files)}", (*lines, *more), Confidence.LIKELY),)


def _made_by_conda(env: Environment, lists: Sequence[str]) -> tuple[Fix, ...]:
    """The environment of a course whose list is conda's, where conda is there and no list is pip's."""
    command = find_command(env.variables)
    file = next((path for path in lists if path.endswith(KINDS_OF_CONDA)), "")
    if not command or not file or any(path.endswith(KINDS_OF_PIP) for path in lists):
        return ()
    if misnamed.told_of(Path(file)):
        return ()
    text = foreign_file.text_or_nothing(file, LARGEST)
    name = CALLED.search(text)
    if name is None:
        return ()
    program = Path(command).stem
    verb = ("create", "--yes") if program == "micromamba" else ("env", "create")
    then = typed(f"{program} activate {name[1]}", "Then type", "and run envcheck again.")
    title = f"make the environment `{name[1]}`, as {_spoken(env, Path(file))} says"
    return (Fix(title, (Run((command, *verb, "--file", file)), then), Confidence.ASK),)


def _files(
    env: Environment, python: Interpreter, lists: Sequence[str]
) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """The lists that the course names, or those in its folders, nearest first, with what each names
    and in which version.
    """
    of_conda = python.kind == "conda-env"
    kinds = KINDS_OF_CONDA if of_conda else KINDS_OF_PIP
    places = [Path(path) for path in lists if path.endswith(kinds)]
    for file in places if lists else _in_folders(env, OF_CONDA if of_conda else FILES):
        text = foreign_file.text_or_nothing(file, LARGEST)
        yield file, dict(_of_conda(text) if of_conda else _of_pip(text))


def _in_folders(env: Environment, patterns: Sequence[str]) -> Iterator[Path]:
    for folder in course_folders(env.folder, env.variables):
        for pattern in patterns:
            yield from matching(folder, pattern)


def _of_pip(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if hit := NAME.match(line):
            yield normal_name(hit[1]), hit[2].strip()


def _of_conda(text: str) -> Iterator[tuple[str, str]]:
    for name, version in ENTRY.findall(text.partition("dependencies:")[2]):
        yield normal_name(on_index(name) or name), version.strip()


def _names_some(named: Mapping[str, str], wanted: Sequence[str]) -> bool:
    """Whether a list names any of these, and none in a version that the chapter cannot use."""
    there = [word for word in wanted if _name(word) in named]
    return bool(there) and all(_fits(named[_name(word)], word) for word in there)


def _fits(version: str, requirement: str) -> bool:
    pinned = re.fullmatch(r"={1,3}\s*([0-9][^\s,=*]*).*", version)
    return pinned is None or allows(requirement[len(name_of(requirement)) :], pinned[1])


def _name(requirement: str) -> str:
    return normal_name(name_of(requirement))


def _all_that(env: Environment, files: Sequence[Path]) -> str:
    verb = "asks" if len(files) == 1 else "ask"
    return f"all that {listed([_spoken(env, file) for file in files])} {verb} for"


def _spoken(env: Environment, file: Path) -> str:
    inside = places.within(file, env.folder)
    return inside.as_posix() if inside else str(file)
