"""A password that nobody can type: ours goes in by a token and would not meet it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from envcheck import Diagnosis, fact
from envcheck.testing import described, interpreter
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook.settings import password

SHA1 = "sha1:0e112c3ddfce:a68df677475c2b47b6e86d0467eec97ac5f4b85a"
ARGON2 = "argon2:$argon2id$v=19$m=10240,t=10,p=8$JdAN3fe9J45NvK/EPuGCvA$O/tbxglbwRpOFuBNTYrymAE"


def asked(home: Path, settings: Mapping[str, Any], **variables: str) -> Diagnosis | None:
    """What is said of a file with these settings; argon2 is there where `home/site/argon2` is."""
    file = home / ".jupyter" / "jupyter_server_config.py"
    file.parent.mkdir(exist_ok=True)
    file.write_text("import os\n")  # it may set anything
    facts: dict[fact[Any], object] = {
        config_files: (ConfigFile(str(file), settings),),
        learners_jupyter: LearnersJupyter({}, None, user_config=str(file.parent)),
    }
    env = described(
        variables={"HOME": str(home), **variables},
        facts=facts,
        python=replace(interpreter(), path=(str(home / "site"),)),
    )
    return password.diagnose(env, Failure("the notebook server does not start"))


@pytest.mark.parametrize(
    ("server", "option"),
    [
        ("ServerApp", "password"),
        ("NotebookApp", "password"),
        ("PasswordIdentityProvider", "hashed_password"),
        ("IdentityProvider", "hashed_password"),
    ],
)
@pytest.mark.parametrize(
    "value", ["geheim", "a:b", "sha1:0e112c3ddfce:", "argon2:$argon2id$v=19$m=10240", "rot13:a:b"]
)
def test_a_password_that_nothing_matches(
    tmp_path: Path, server: str, option: str, value: str
) -> None:
    """By each name that it ever had; the text itself, which may be the password, is not shown."""
    said = asked(tmp_path, {server: {option: value}})
    assert said is not None and said.code == "jupyter-config-breaks"
    assert value not in f"{said.summary} {said.evidence.found} {said.note}"


def test_a_hash(tmp_path: Path) -> None:
    """Of any kind that Python knows; an empty one is no password."""
    (tmp_path / "site" / "argon2").mkdir(parents=True)
    for value in (SHA1, ARGON2, ""):
        assert asked(tmp_path, {"ServerApp": {"password": value}}) is None
    assert asked(tmp_path, {}) is None


def test_the_newer_name_wins(tmp_path: Path) -> None:
    both = {"ServerApp": {"password": "geheim"}, "IdentityProvider": {"hashed_password": SHA1}}
    assert asked(tmp_path, both) is None


def test_what_compares_it_is_missing(tmp_path: Path) -> None:
    """It is loaded when somebody logs in: the server starts without it."""
    said = asked(tmp_path, {"ServerApp": {"password": ARGON2}})
    assert said is not None and "argon2-cffi" in said.summary
    assert "argon2-cffi" in str(said.fixes[0].steps)
    assert asked(tmp_path, {"ServerApp": {"password": SHA1}}) is None


def test_another_way_in(tmp_path: Path) -> None:
    """A token of the learner's opens the page; who asks for no password at all is no matter of it."""
    plain = {"ServerApp": {"password": "geheim"}}
    assert asked(tmp_path, plain, JUPYTER_TOKEN="abc") is None
    assert asked(tmp_path, {"ServerApp": {"password": "geheim", "token": "abc"}}) is None
    other = {"ServerApp": {"password": "geheim", "identity_provider_class": "hub.Provider"}}
    assert asked(tmp_path, other) is None
    assert asked(tmp_path, {"ServerApp": {"password": "geheim", "token": ""}}) is not None
