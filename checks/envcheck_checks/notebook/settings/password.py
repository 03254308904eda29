"""A password in the learner's configuration that nobody can type: beside one, Jupyter makes no token, and
the page that opens asks for it. Ours goes in by a token.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from envcheck import Diagnosis, Environment
from envcheck.fixes.advice import install
from envcheck.target.interpreter import interpreter
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference.importable import is_importable
from envcheck_checks.jupyter.settings import SERVERS, Setting, in_force, may_set
from envcheck_checks.notebook.settings import config

# The newer name first: a server hands the older one on to it, where that stands alone.
PROVIDERS = ("PasswordIdentityProvider", "IdentityProvider")
ARGON2 = "argon2:"


def diagnose(env: Environment, _failure: Failure) -> Diagnosis | None:
    """A text that is no hash, of which Jupyter keeps the hash alone, or one that it cannot compare."""
    setting = password(env)
    if setting is None or _has_another_way_in(env):
        return None
    trouble = _unusable(str(setting.value))
    if trouble:
        return config.stops(
            env,
            setting.file,
            "your Jupyter config sets a password that nobody can log in with: the page that opens asks for it",
            trouble,  # never the value: it may be the password itself
            "what `jupyter server password` writes, or no password",
        )
    return _not_read(env, setting)


def password(env: Environment) -> Setting | None:
    """The one in force, whichever class it stands in; an empty one is none."""
    newer = (
        in_force(env, "hashed_password", *PROVIDERS) if may_set(env, "hashed_password") else None
    )
    setting = newer or (in_force(env, "password") if may_set(env, "password") else None)
    return setting if setting is not None and setting.value else None


def _has_another_way_in(env: Environment) -> bool:
    """A token that the learner set goes in beside any password; another provider asks otherwise."""
    own = ("JUPYTER_TOKEN", "JUPYTER_TOKEN_FILE")
    return any(env.variables.get(name) for name in own) or any(
        (setting := in_force(env, option, *SERVERS, *PROVIDERS)) is not None and setting.value
        for option in ("token", "identity_provider_class", "login_handler_class")
    )


def _unusable(text: str) -> str:
    """Why no typed word matches, by Jupyter's own rule; empty where one may."""
    if text.startswith(ARGON2):
        whole = text.removeprefix(ARGON2).startswith("$argon2") and text.count("$") >= 5
        return "" if whole else "a hash of argon2 that is cut off"
    algorithm, _, rest = text.partition(":")
    digest = rest.partition(":")[2]
    if not digest:
        return "a text that is no hash"
    return (
        "" if _is_known(algorithm) else f"a hash of a kind that Python does not know: {algorithm}"
    )


def _is_known(algorithm: str) -> bool:
    try:
        hashlib.new(algorithm, usedforsecurity=False)
    except ValueError:
        return False
    return True


def _not_read(env: Environment, setting: Setting) -> Diagnosis | None:
    """It is loaded when somebody logs in, and not before."""
    python = interpreter(env)
    if not str(setting.value).startswith(ARGON2) or is_importable(python, "argon2"):
        return None
    stopped = config.stops(
        env,
        setting.file,
        "nobody can log in with the password of your Jupyter config: argon2-cffi, which compares it, is not installed",
        "no module argon2",
        "argon2-cffi",
    )
    return replace(stopped, fixes=(install(env, python, ["argon2-cffi"]), *stopped.fixes))
