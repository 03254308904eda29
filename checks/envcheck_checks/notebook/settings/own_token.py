"""The way into a server of ours where the learner's configuration has a password and no token: nobody but
them can type it, so a token of ours is put before theirs. And who else decides there who comes in.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from envcheck import Environment
from envcheck.path_lists import joined
from envcheck_checks import overrides
from envcheck_checks.interference.trials import Removed, SettingKind, variables_of
from envcheck_checks.jupyter.config_files import config_files
from envcheck_checks.jupyter.settings import SERVERS, in_force, may_set
from envcheck_checks.jupyter.what_is_read import NAMES
from envcheck_checks.notebook.settings.password import PROVIDERS, password
from envcheck_checks.overrides import Program

FOLDERS = "JUPYTER_CONFIG_PATH"  # what stands first in it wins over every other folder
DECIDERS = ("identity_provider_class", "login_handler_class", "authorizer_class")
NOT_LET_IN = ("status 401", "status 403", "status 302", "/login", "it answered what it should not")


def variables(
    env: Environment, folder: Path, changes: Sequence[Removed]
) -> Mapping[str, str | None]:
    """What leads Jupyter to our token, where no word in a variable is one: a file that empties it wins
    over that. In a file of ours, since a command line is read by everybody on this machine. `changes`
    are those of a trial, which may take the files away.
    """
    emptied = _emptied(env)
    taken_away = any(change.kind is SettingKind.CONFIG for change in changes)
    if not emptied or taken_away or password(env) is None:
        return {}
    place = folder / "config"
    place.mkdir(mode=0o700, exist_ok=True)
    token = secrets.token_hex(24)
    for name in NAMES:
        settings = {server: {"token": token} for server in emptied}
        (place / f"{name}.json").write_text(json.dumps(settings), encoding="utf-8")
    theirs = {**env.variables, **variables_of(changes)}.get(FOLDERS)
    led = joined([place, *([theirs] if theirs else [])])
    return overrides.variables(Program.SERVER, {FOLDERS: led})


def _emptied(env: Environment) -> list[str]:
    """The classes for which some file sets a token that is none."""
    if not may_set(env, "token"):
        return []
    return [
        name
        for name in (*SERVERS, *PROVIDERS)
        if any(file.settings.get(name, {}).get("token") == "" for file in config_files(env))
    ]


def nobody_knows(env: Environment, actual: str) -> str:
    """Why nothing is known of a server that did not let us in: a setting of the learner's decides who
    comes in, and has its own way. Empty where none does, or we were let in.
    """
    if not any(words in actual for words in NOT_LET_IN):
        return ""
    for option in DECIDERS:
        setting = in_force(env, option, *SERVERS) if may_set(env, option) else None
        if setting is not None and setting.value:
            name = Path(setting.file.path).name
            return f"your Jupyter config has its own way to let people in ({option} in {name}), and envcheck was not let in"
    return ""
