"""What the options ask for, and the commands that answer it."""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import shlex
import shutil
import site
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

# They are the plug-in's: it says what is run, and reads the report.
OURS = ("--format", "--output", "--report", "--only", "--skip", "--fix", "--dry-run", "--yes")
PERSONS = ("--as", "--join", "--submit", "--send-without-asking")
UNTIL_IT_SAYS_SO = 900.0  # seconds of the longest run without --timeout
MAKING = 600.0  # seconds that its own environment may take to be made


@dataclass(frozen=True)
class Asked:
    """`command` starts envcheck, `chapters` and `options` follow it. `listing` are those of the
    options that decide which checks there are; `seconds` is what a run may take, with all around it.
    """

    command: tuple[str, ...]
    chapters: tuple[str, ...]
    options: tuple[str, ...]
    listing: tuple[str, ...]
    seconds: float

    def list_command(self) -> list[str]:
        """Which checks a run has."""
        return [*self.command, "list", *self.chapters, *self.listing, "--format", "json"]

    def run_command(self, only: Sequence[str], json: str, junit: str) -> list[str]:
        """The run, of all checks where `only` is empty; its reports go to these two files."""
        chosen = [word for name in only for word in ("--only", name)]
        reports = ["--report", f"json={json}", "--report", f"junit={junit}"]
        return [*self.command, "run", *self.chapters, *self.options, *chosen, *reports]


def ids(config: pytest.Config) -> list[str]:
    """The arguments that are ids of checks, as pytest prints them and people paste them: with `../`
    where it is typed below its own file's folder.
    """
    return [word for word in config.args if re.match(r"(\.\.[\\/])*envcheck::", word)]


def folder(config: pytest.Config) -> Path:
    """Where envcheck is started: in the folder of pytest's own file where words come from it, since
    they are meant there; else where pytest is typed.
    """
    written = any(
        config.getini(name) and config.getoption(name) is None
        for name in ("envcheck_options", "envcheck_command")
    )
    typed_in = Path(config.invocation_params.dir)
    return config.inipath.parent if written and config.inipath else typed_in


def read(config: pytest.Config, node_ids: Sequence[str] = ()) -> Asked:
    """What the command line and pytest's own file ask for; without a chapter, those of these ids.
    Raises pytest.UsageError.
    """
    named = [one.split("::")[1] for one in node_ids if one != "envcheck::verdict"]
    chapters = config.getoption("envcheck") or config.getini("envcheck") or [*dict.fromkeys(named)]
    if not chapters:
        raise pytest.UsageError(f"{node_ids[0]}: name the chapter, too, such as --envcheck ch01")
    options = _words(config, "envcheck_options")
    _refuse_ours(options)
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--course")
    parser.add_argument("--with", dest="tracks", action="append", default=[])
    parser.add_argument("--python")
    parser.add_argument("--timeout", type=float, default=UNTIL_IT_SAYS_SO)
    try:
        known, _ = parser.parse_known_args(options)
    except SystemExit:
        raise pytest.UsageError(f"--envcheck-options {shlex.join(options)}: see above") from None
    listing = [] if known.course is None else ["--course", known.course]
    listing += [word for track in known.tracks for word in ("--with", track)]
    if known.python is None:
        options = [*options, "--python", sys.executable]
    return Asked(
        command=tuple(_words(config, "envcheck_command") or _command()),
        chapters=tuple(chapters),
        options=tuple(options),
        listing=tuple(listing),
        seconds=known.timeout + MAKING,
    )


def _words(config: pytest.Config, name: str) -> list[str]:
    given: str | None = config.getoption(name)
    if given is None:
        return [*config.getini(name)]
    return [_from_there(word, config) for word in shlex.split(given)]


def _from_there(word: str, config: pytest.Config) -> str:
    """A word of the command line that names a file or a folder there, for another folder."""
    typed_in = Path(config.invocation_params.dir)
    name, equals, value = word.rpartition("=")
    if folder(config) == typed_in or not value or not os.path.lexists(typed_in / value):
        return word
    is_path = os.sep in value or value in (os.curdir, os.pardir) or os.path.isfile(typed_in / value)
    return f"{name}{equals}{os.path.normpath(typed_in / value)}" if is_path else word


def _refuse_ours(options: Sequence[str]) -> None:
    for option in options:
        if option.partition("=")[0] in (*OURS, *PERSONS):
            raise pytest.UsageError(
                f"--envcheck-options: {option.partition('=')[0]} cannot be given here. "
                "pytest's -k says which checks run, and --junitxml where a report goes; "
                "fixes and handing in are for a person: type `envcheck` itself"
            )


def _command() -> list[str]:
    """envcheck beside us, else the one that PATH has. There is another program of its name, which
    has no `envcheck_checks`.
    """
    spec = importlib.util.find_spec("envcheck_checks")
    if spec is not None and spec.origin:
        persons = spec.origin.startswith(site.getusersitepackages())
        return [sys.executable, "-E" if persons else "-I", "-X", "utf8", "-m", "envcheck"]
    command = shutil.which("envcheck")
    if command is None:
        raise pytest.UsageError(
            "--envcheck: envcheck is neither installed in this Python nor on PATH. Say how it is "
            'started: --envcheck-command "python3 run-envcheck.py", or envcheck_command in pytest.ini'
        )
    return [command]
