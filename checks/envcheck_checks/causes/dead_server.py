"""A notebook server that did not come up, or did not do what a page asks: what stands behind it."""

from __future__ import annotations

from envcheck import Diagnosis, Environment, fail
from envcheck.advice import install, tell
from envcheck.process import Ending, Finished
from envcheck.python import interpreter

from envcheck_checks.causes import limits, variables
from envcheck_checks.server import Server, ServerTrouble
from envcheck_checks.stack import Stack


def before_launch(env: Environment) -> Diagnosis | None:
    """What would stop the learner's own launch, and ours would not meet: the port is ours."""
    port = env.variables.get("JUPYTER_PORT", "")
    if not port or port.isdigit():
        return None
    return fail(
        "jupyter-port-invalid",
        "JUPYTER_PORT is set and is not a port number: Jupyter cannot start",
        variables.unset("JUPYTER_PORT"),
        found=f"JUPYTER_PORT={port}",
        wanted="a number, or JUPYTER_PORT not set",
        looked_in="the variables of this terminal",
    )


def diagnose(env: Environment, stack: Stack, server: Server | None, trouble: str) -> Diagnosis:
    """Why the server did not come up; when nothing is known, its own last words."""
    running = server.running if server is not None else None
    stderr = running.stderr.text() if running is not None else ""
    code = running.code if running is not None else None
    said = Finished((), Ending.EXITED, code, "", stderr, 0.0)
    known = limits.diagnose(env) or variables.library_path(env, said)
    if known is not None:
        return known
    if running is not None and code is None:
        return fail(
            "server-hangs",
            "the notebook server starts and does not come up (timeout)",
            tell("show this page to your teacher", "Show this page to your teacher."),
            found=said.last_words or "it printed nothing",
            wanted="a server that listens",
            looked_in="a running server",
        )
    return fail(
        "server-does-not-start",
        "the notebook server ends while it starts",
        install(env, interpreter(env), ["--upgrade", "--force-reinstall", stack.launchers[0]], title="reinstall Jupyter"),
        found=f"exit code {code}: {said.last_words}" if running is not None else trouble,
        wanted="a server that listens",
        looked_in="the server's own error output",
    )


def in_use(env: Environment, server: Server, trouble: ServerTrouble) -> Diagnosis:
    """The server is up and one step with it failed."""
    if "websocket" in trouble.step or "WebSocket" in trouble.came:
        return fail(
            "websocket-blocked",
            "the notebook page is served, and the WebSocket that connects it to its kernel is blocked: it would say `connecting to kernel`",
            tell(
                "let it through",
                "Allow connections to localhost in your antivirus or security program, or look for what changes the server in your Jupyter "
                "configuration. If neither helps, show this page to your teacher.",
            ),
            found=trouble.came,
            wanted="a WebSocket to the kernel",
            looked_in="a running server",
        )
    return fail(
        "server-step-fails",
        f"the notebook server runs, and this did not work: {trouble.step}",
        tell("show this page to your teacher", "Show this page to your teacher."),
        found=f"{trouble.came} {server.running.stderr.text().strip()[-300:]}",
        wanted=trouble.step,
        looked_in="a running server",
    )


def warnings(env: Environment, server: Server) -> list[Diagnosis]:
    """What the server complained about while everything worked."""
    return []
