"""A notebook server that did not come up, or did not do what a page asks: what stands behind it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from envcheck import Diagnosis, Environment, fail
from envcheck.fixes.advice import ask_teacher, tell
from envcheck.processes.process import Ending, Finished, how_it_ended
from envcheck.target.interpreter import interpreter
from envcheck_checks.installed import (
    dependencies,
    files,
    modified,
    old_on_windows,
    permissions,
    pywin32,
)
from envcheck_checks.installed.reinstall import reinstall, unlisted
from envcheck_checks.interference import settings, trials, variables
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.jupyter.config_files import config_files
from envcheck_checks.machine import limits, loopback
from envcheck_checks.notebook import config, mime_type, network_disk, port
from envcheck_checks.notebook.codes import (
    JUPYTER_CONFIG_NAMES_MISSING_FILE,
    JUPYTER_PORT_INVALID,
    SERVER_DOES_NOT_START,
    SERVER_HANGS,
    SERVER_STEP_FAILS,
    WEBSOCKET_BLOCKED,
)
from envcheck_checks.notebook.server import Server, ServerTrouble
from envcheck_checks.stack import Stack

# Starts the same server with these changes and says whether it came up and ran a cell.
Attempt = Callable[[Sequence[Removed]], bool]


def before_launch(env: Environment) -> Diagnosis | None:
    """What would stop the learner's own launch, and ours would not meet: the port and the token are ours."""
    return _port(env) or port.diagnose(env) or _token_file(env) or mime_type.diagnose(env)


def _token_file(env: Environment) -> Diagnosis | None:
    named = env.variables.get("JUPYTER_TOKEN_FILE", "")
    if not named or env.variables.get("JUPYTER_TOKEN") or os.access(named, os.R_OK):
        return None
    return fail(
        JUPYTER_CONFIG_NAMES_MISSING_FILE,
        "JUPYTER_TOKEN_FILE names a file that does not exist or that you may not read: Jupyter cannot start",
        variables.unset("JUPYTER_TOKEN_FILE"),
        found=f"JUPYTER_TOKEN_FILE={named}",
        wanted="a file that can be read, or JUPYTER_TOKEN_FILE not set",
        looked_in="the variables of this terminal",
    )


def _port(env: Environment) -> Diagnosis | None:
    port = env.variables.get("JUPYTER_PORT", "")
    if not port or port.isdigit():
        return None
    return fail(
        JUPYTER_PORT_INVALID,
        "JUPYTER_PORT is set and is not a port number: Jupyter cannot start",
        variables.unset("JUPYTER_PORT"),
        found=f"JUPYTER_PORT={port}",
        wanted="a number, or JUPYTER_PORT not set",
        looked_in="the variables of this terminal",
    )


def diagnose(
    env: Environment, stack: Stack, server: Server | None, attempt: Attempt, trouble: str
) -> Diagnosis:
    """Why the server did not come up; when nothing is known, its own last words."""
    running = server.running if server is not None else None
    stderr = running.stderr.text() if running is not None else ""
    code = running.code if running is not None else None
    said = Finished((), Ending.EXITED, code, "", stderr, 0.0)
    names = dependencies.closure(
        interpreter(env),
        [name for name in stack.launchers if name in interpreter(env).installed][:1],
    )
    hangs = running is not None and code is None
    known = (
        limits.diagnose()
        or loopback.diagnose()
        or permissions.no_programs(env)
        or _setting(env, attempt, "the notebook server does not start", stderr)
        or files.diagnose(env, names)
        or dependencies.diagnose(env, names, "the notebook server does not start")
        or pywin32.incomplete(env, "the notebook server does not start")
        or old_on_windows.diagnose(env, ["notebook"], "the notebook server does not start")
        or (network_disk.hangs(env) if hangs else None)
        or modified.diagnose(env, names, "the notebook server does not start")
        or (
            None
            if hangs
            else settings.other(
                env, attempt, "the notebook server does not start", stderr, at_once=2
            )
        )
    )
    return known or _unexplained(env, names or stack.launchers, said, hangs=hangs, trouble=trouble)


def in_use(
    env: Environment, stack: Stack, server: Server, attempt: Attempt, trouble: ServerTrouble
) -> Diagnosis:
    """The server is up and one step with it failed."""
    names = dependencies.closure(interpreter(env), [*stack.launchers, stack.kernel])
    blocked = "websocket" in trouble.step
    known = (
        None
        if blocked
        else _setting(env, attempt, f"this did not work: {trouble.step}", trouble.came)
    )
    known = known or (None if blocked else files.diagnose(env, names, data=True))
    known = known or dependencies.diagnose(
        env, names, f"the notebook server runs, and this did not work: {trouble.step}"
    )
    known = known or (
        None
        if blocked
        else settings.other(
            env, attempt, f"this did not work: {trouble.step}", trouble.came, at_once=2
        )
    )
    if known is not None:
        return known
    return _websocket(env, trouble, attempt) if blocked else _step(server, trouble)


def _setting(env: Environment, attempt: Attempt, what: str, said: str) -> Diagnosis | None:
    """The one setting without which the same server starts: Jupyter's configuration, one of its variables, or a general one."""
    ours = {"JUPYTER_RUNTIME_DIR", "JUPYTER_TOKEN"}
    own = [
        Removed(SettingKind.VARIABLE, name, {name: None})
        for name in sorted(env.variables)
        if name.startswith("JUPYTER") and name not in ours
    ]
    found = trials.find_cause_by_removal(
        [*without_config(env), *own, *trials.general(env)], attempt, at_once=2
    )
    if found is None:
        return None
    if found.kind is not SettingKind.CONFIG:
        return settings.diagnose(env, found, what, said)
    return config.breaks_start(env, said, _with_variables(attempt))


def _with_variables(attempt: Attempt) -> config.Works:
    """The same trial, for those who lead Jupyter to other configuration files."""
    return lambda variables: attempt([Removed(SettingKind.CONFIG, "some of the files", variables)])


def without_config(env: Environment) -> list[Removed]:
    """The learner's configuration files, when there are any."""
    if not config_files(env):
        return []
    nowhere = str(env.new_folder("config-none"))
    return [
        Removed(
            SettingKind.CONFIG,
            nowhere,
            {"JUPYTER_CONFIG_DIR": nowhere, "JUPYTER_NO_CONFIG": "1", "JUPYTER_CONFIG_PATH": None},
        )
    ]


def _unexplained(
    env: Environment, names: Sequence[str], said: Finished, *, hangs: bool, trouble: str
) -> Diagnosis:
    if hangs:
        return fail(
            SERVER_HANGS,
            "the notebook server starts and does not come up (timeout)",
            ask_teacher(),
            found=said.last_words or "it printed nothing",
            wanted="a server that listens",
            looked_in="a running server",
        )
    python = interpreter(env)
    again = dict.fromkeys([*names[:1], *unlisted(python, names)])
    return fail(
        SERVER_DOES_NOT_START,
        "the notebook server ends while it starts",
        reinstall(env, python, list(again), "reinstall Jupyter"),
        found=trouble or f"{how_it_ended(said.code)}: {said.last_words}",
        wanted="a server that listens",
        looked_in="the server's own error output",
    )


def _websocket(env: Environment, trouble: ServerTrouble, attempt: Attempt) -> Diagnosis:
    """Jupyter's configuration is the cause only where the same server works without it."""
    without = without_config(env)
    by_config = bool(without) and attempt(without)
    breaking = (
        config.breaks_start(env, trouble.came, _with_variables(attempt)) if by_config else None
    )
    return fail(
        WEBSOCKET_BLOCKED,
        "the notebook page is served, and the WebSocket to its kernel is blocked: the page would say `connecting to kernel` for ever",
        *(breaking.fixes if breaking is not None else ()),
        tell(
            "let it through",
            "Allow connections to localhost in your antivirus or security program. If that does not help, show this report to your teacher.",
        ),
        found=trouble.came,
        wanted="a WebSocket to the kernel",
        looked_in=breaking.evidence.looked_in if breaking is not None else "a running server",
    )


def _step(server: Server, trouble: ServerTrouble) -> Diagnosis:
    return fail(
        SERVER_STEP_FAILS,
        f"the notebook server runs, and this did not work: {trouble.step}",
        ask_teacher(),
        found=f"{trouble.came} {server.running.stderr.text().strip()[-300:]}",
        wanted=trouble.step,
        looked_in="a running server",
    )


def warnings(env: Environment) -> list[Diagnosis]:
    """What trips the learner although everything worked."""
    return config.warnings(env)
