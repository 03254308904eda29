"""A Python whose OpenSSL cannot do what its settings ask for: it opens no https address, and pip none
either. `OPENSSL_CONF` is left behind by a VPN, and by advice for old certificates that was followed by half.
"""

from __future__ import annotations

from dataclasses import replace

from envcheck import Diagnosis, Environment, Severity, fact, fail
from envcheck.fixes.advice import tell
from envcheck.target.interpreter import Interpreter, interpreter, question
from envcheck_checks.interference.shown import shown
from envcheck_checks.interference.variables import unset
from envcheck_checks.python.codes import PYTHON_OPENS_NO_HTTPS

LEADS_ELSEWHERE = (
    "OPENSSL_CONF", "OPENSSL_CONF_INCLUDE", "OPENSSL_MODULES", "OPENSSL_ENGINES", "LD_LIBRARY_PATH", "LD_PRELOAD",
    "DYLD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES",
)  # fmt: skip
FILE = tell(
    "correct OpenSSL's settings",
    "Show this line to whoever looks after this machine: OpenSSL's own file of settings (openssl.cnf) asks for something that is not here.",
)


def warnings(env: Environment) -> list[Diagnosis]:
    """A warning where all that the chapter needs is there already."""
    diagnosis = diagnose(env, "pip installs nothing, and no `https` address can be opened")
    return [] if diagnosis is None else [replace(diagnosis, severity=Severity.WARNING)]


def diagnose(env: Environment, what: str) -> Diagnosis | None:
    """None where a connection can be made ready; `what` does not work otherwise."""
    refused = interpreter(env).no_https
    if not refused:
        return None
    name = led_by(env)
    because = f"{name} leads this Python's OpenSSL to settings that it refuses"
    return fail(
        PYTHON_OPENS_NO_HTTPS,
        f"{because if name else 'the OpenSSL of this Python refuses its settings'}, so {what}",
        unset(name) if name else FILE,
        found=f"{shown(name, env.variables[name])} ({refused})" if name else refused,
        wanted=f"{name} not set" if name else "settings that OpenSSL can follow",
        looked_in="the variables of this terminal" if name else interpreter(env).executable,
    )


@fact
def led_by(env: Environment) -> str:
    """The variable without which this Python makes connections; empty where none is the reason."""

    def works_without(name: str) -> bool:
        answer = question(env, env.located.command, {name: None})
        return isinstance(answer, Interpreter) and not answer.no_https

    names = [name for name in LEADS_ELSEWHERE if env.variables.get(name)]
    return next((name for name in names if works_without(name)), "")
