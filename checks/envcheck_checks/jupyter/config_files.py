"""Facts: the learner's Jupyter configuration files, each loaded by itself inside the target."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from envcheck import Environment, fact
from envcheck.foreign_file import matching
from envcheck.target.interpreter import interpreter
from envcheck.target.script import ask, source_of
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.jupyter.what_is_read import Read, what_is_read


@dataclass(frozen=True)
class ConfigFile:
    """One file. `settings` by class and option; `error` is why it does not load, empty when it
    does.
    """

    path: str
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    error: str = ""

    def __hash__(self) -> int:
        return hash(self.path)

    def get(self, option: str, *classes: str) -> object:
        """The value of an option in the first of these classes that sets it, or None."""
        return next(
            (
                self.settings[name][option]
                for name in classes
                if option in self.settings.get(name, {})
            ),
            None,
        )


SAID = {"file": str, "begun?": bool, "config?": {}, "error?": str, "message?": str}


@fact
def config_files(env: Environment) -> tuple[ConfigFile, ...]:
    """Every settings file that the learner's Jupyter reads, with what it takes from it, those that win
    last. A folder without any costs nothing.
    """
    read = what_is_read(env)
    folders = map(Path, reversed(learners_jupyter(env).config))
    paths = [path for folder in folders for path in files_in(folder, read)]
    if not paths:
        return ()
    answer = ask(
        env,
        [interpreter(env).executable],
        source_of("envcheck_checks.in_target", "config.py"),
        *map(str, paths),
        shape=SAID,
        timeout=15,
    )
    rows = [row for row in answer.objects if not row.get("begun")]
    files = [
        ConfigFile(row["file"], read.meant(_classes(row.get("config"))), _error(row))
        for row in rows
    ]
    begun = [row["file"] for row in answer.objects if row.get("begun")]
    dead = [path for path in begun if path not in {row["file"] for row in rows}]
    return (
        *files,
        *(
            ConfigFile(path, error=f"Python ends or hangs in it ({answer.finished.ending.value})")
            for path in dead
        ),
    )


def files_in(folder: Path, read: Read) -> list[Path]:
    """The files of a folder that are read, those that win last."""
    try:
        plain = [folder / f"{name}{suffix}" for name in read.names for suffix in (".json", ".py")]
        parts = [path for name in read.names for path in matching(folder / f"{name}.d", "*.json")]
        return [path for path in (*parts, *plain) if os.path.isfile(path)]
    except OSError:
        return []


def _classes(config: object) -> Mapping[str, Mapping[str, Any]]:
    return (
        {name: options for name, options in config.items() if isinstance(options, dict)}
        if isinstance(config, dict)
        else {}
    )


def _error(row: Mapping[str, Any]) -> str:
    return f"{row['error']}: {row.get('message') or ''}".strip(": ") if row.get("error") else ""
