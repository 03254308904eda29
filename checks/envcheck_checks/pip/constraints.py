"""A constraints file that allows no version which the chapter can work with."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from envcheck import Environment, foreign_file
from envcheck.target.fulfilled import marker_variables
from envcheck.target.interpreter import interpreter
from envcheck.versions import normal_name, requirement
from envcheck_checks.index.config_files import Setting

if TYPE_CHECKING:
    from packaging.requirements import Requirement
    from packaging.specifiers import SpecifierSet

LARGEST = 200_000  # bytes; the longest known lists have a fifth of that
NUMBER = re.compile(r"\d+(?:\.\d+)*")


def forbidding(
    env: Environment, settings: Mapping[str, Setting], wanted: Sequence[str]
) -> list[Setting]:
    """The setting that names constraints under which one of these requirements has no version at
    all.
    """
    setting = settings.get("constraint")
    markers = marker_variables(interpreter(env))
    asked = [need for word in wanted if (need := requirement(word, markers)) is not None]
    for file in setting.value.split() if setting else ():
        for bound in _bounds(env, file, markers):
            if any(
                normal_name(need.name) == normal_name(bound.name)
                and is_impossible(need.specifier & bound.specifier)
                for need in asked
            ):
                return [setting] if setting else []
    return []


def are_all_there(env: Environment, settings: Mapping[str, Setting]) -> bool:
    """Whether each file that the setting names can be read here; a remote one cannot."""
    setting = settings.get("constraint")
    files = setting.value.split() if setting else []
    return all(os.access(_place(env, file), os.R_OK) for file in files)


def _place(env: Environment, file: str) -> Path:
    return Path(unquote(urlsplit(file).path)) if file.startswith("file:") else env.folder / file


def _bounds(env: Environment, file: str, markers: Mapping[str, str]) -> Iterator[Requirement]:
    try:
        lines = foreign_file.text(_place(env, file), LARGEST).splitlines()
    except OSError:  # one that is gone is met by trying
        return
    for line in lines:
        words = line.partition("#")[0].strip()
        bound = requirement(words, markers) if words else None
        if bound is not None:
            yield bound


def is_impossible(both: SpecifierSet) -> bool:
    """Whether no version at all fits: neither one that is named, nor one beside it, nor the first
    or the last of all.
    """
    named = NUMBER.findall(str(both))
    beside = [
        text for name in named for text in (name, f"{name}.0.1", f"{name}.dev0", _before(name))
    ]
    return not any(both.contains(version, prereleases=True) for version in ("0", "99999", *beside))


def _before(version: str) -> str:
    *head, last = version.split(".")
    return ".".join([*head, str(int(last) - 1), "9999"]) if int(last) else version
