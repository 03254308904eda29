"""A token of ours where the learner has a password and no token."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import file_at

from envcheck import Environment, fact
from envcheck.testing import described, interpreter
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.notebook.settings import own_token

PASSWORD = "sha1:0e112c3ddfce:a68df677475c2b47b6e86d0467eec97ac5f4b85a"
REFUSED = "status 403 Forbidden: '_xsrf' argument missing from POST"
Settings = Mapping[str, Mapping[str, Any]]


def learner(folder: Path, settings: Settings, **variables: str) -> Environment:
    """One file with these settings, that may set anything by its text."""
    file = file_at(folder / "home" / ".jupyter" / "jupyter_server_config.py", "import os\n")
    facts: dict[fact[Any], object] = {config_files: (ConfigFile(str(file), settings),)}
    return described(
        python=interpreter(), variables={"HOME": str(folder / "home"), **variables}, facts=facts
    )


@pytest.mark.parametrize(
    ("settings", "classes"),
    [
        ({"ServerApp": {"token": "", "password": PASSWORD}}, ["ServerApp"]),
        ({"NotebookApp": {"token": "", "password": PASSWORD}}, ["NotebookApp"]),
        (
            {
                "IdentityProvider": {"token": ""},
                "PasswordIdentityProvider": {"hashed_password": PASSWORD},
            },
            ["IdentityProvider"],
        ),
        ({"ServerApp": {"token": "", "password": ""}}, []),
        ({"ServerApp": {"token": "abc", "password": PASSWORD}}, []),
        ({"ServerApp": {"password": PASSWORD}}, []),
        ({"ServerApp": {"token": ""}}, []),
    ],
)
def test_a_token_where_the_password_alone_lets_in(
    tmp_path: Path, settings: Settings, classes: list[str]
) -> None:
    """Before all folders of theirs, in files; who asks nobody, or has a token, is left alone."""
    env = learner(tmp_path, settings, JUPYTER_CONFIG_PATH="/school")
    led = own_token.variables(env, tmp_path, ())
    assert bool(led) is bool(classes)
    if led:
        first, *others = str(led["JUPYTER_CONFIG_PATH"]).split(os.pathsep)
        assert others == ["/school"]
        told = json.loads(Path(first, "jupyter_server_config.json").read_text())
        assert list(told) == classes
        assert all(len(options["token"]) == 48 for options in told.values())


def test_a_trial_keeps_the_way_in(tmp_path: Path) -> None:
    """It leads Jupyter to copies of some files; without any, nothing empties the token."""
    env = learner(tmp_path, {"ServerApp": {"token": "", "password": PASSWORD}})
    copies = Removed(SettingKind.VARIABLE, "copies", {"JUPYTER_CONFIG_PATH": "/copies"})
    led = own_token.variables(env, tmp_path, [copies])
    assert str(led["JUPYTER_CONFIG_PATH"]).endswith(f"{os.pathsep}/copies")
    assert not own_token.variables(env, tmp_path, [Removed(SettingKind.CONFIG, "nowhere")])


@pytest.mark.parametrize("option", own_token.DECIDERS)
def test_who_is_not_let_in_blames_nobody(tmp_path: Path, option: str) -> None:
    """A setting of the learner's decides it; what a server does once we are in is another matter."""
    env = learner(tmp_path, {"ServerApp": {option: "campus.Login"}})
    assert option in own_token.nobody_knows(env, REFUSED)
    assert not own_token.nobody_knows(env, "status 500 Internal Server Error: no space left")
    assert not own_token.nobody_knows(learner(tmp_path, {}), REFUSED)
