"""What a kernel must do that the learner's own server starts: answer, and show a picture. A settings
file of Jupyter's is a program, and what it sets for itself its kernels have too: no other kernel of
ours shows that.
"""

from __future__ import annotations

import asyncio
import math
import time

from envcheck import Environment
from envcheck.processes.reason import reason
from envcheck.target.allowance import allowance
from envcheck.target.interpreter import interpreter
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.kernel.answers import Answer
from envcheck_checks.kernel.client import Kernel
from envcheck_checks.kernel.results import is_picture
from envcheck_checks.kernel.shared import shared_kernel, works_in_fresh_kernel
from envcheck_checks.notebook.server import websocket
from envcheck_checks.notebook.server.learners_server import Server, ServerTrouble
from envcheck_checks.notebook.settings.packages_own import is_of_a_package

STEP = "show a picture in a notebook"
# As a learner ends a cell: what it prints, its last value and the picture are three messages.
CELL = "import matplotlib.pyplot as plt\nprint('squares')\nplt.plot([1, 4, 9])"
EXTENSIONS = {("ServerApp", "jpserver_extensions"), ("NotebookApp", "nbserver_extensions")}
PICTURE_SECONDS = ALONE_SECONDS = 20.0
ANSWER_SECONDS = 12.0
SLOWER = 6.0  # times: it starts beside a server, on a busy machine


async def prove_kernel(
    env: Environment, server: Server, kernel: str, seconds: float
) -> tuple[str, str]:
    """Its sys.prefix and sys.executable, after it did both. Raises ServerTrouble."""
    begun = time.monotonic()
    answer = await websocket.ask_kernel(server, kernel, min(seconds, answers_within(env)))
    await _prove_picture(env, server, kernel, max(seconds - (time.monotonic() - begun), 0.1))
    return answer


def answers_within(env: Environment) -> float:
    """How many seconds it is waited for: it is the same kernel as the one that all kernel checks
    share, whose start was seen. Who waits longer has no time left to look for the cause.
    """
    shared = shared_kernel.already(env)  # none is started for this question
    if shared is None or shared.kernel is None:
        return math.inf
    return max(ANSWER_SECONDS, SLOWER * shared.start.seconds)


async def _prove_picture(env: Environment, server: Server, kernel: str, seconds: float) -> None:
    """Asked only where somebody has settings, and there is memory for it beside envcheck; what no
    kernel shows is the snippets' to say.
    """
    if not (_has_settings(env) and allowance(env).draws_beside_server):
        return
    if "matplotlib" not in interpreter(env).installed:
        return
    try:
        answer = await websocket.answer_of(server, kernel, CELL, min(seconds, PICTURE_SECONDS))
    except ServerTrouble as trouble:
        if trouble.late:  # slow is not broken, and the snippets wait longer
            return
        raise
    if any(map(is_picture, answer.bundles)):
        return
    if await asyncio.to_thread(works_in_fresh_kernel, env, (), _shows_one):
        text = _in_a_line(answer)
        raise ServerTrouble(
            STEP,
            text or "the cell ended and showed nothing, and in a kernel without the server it does",
        )


def _has_settings(env: Environment) -> bool:
    """Whether a file of settings is more than what every installation of Jupyter has: files by which its
    packages list their extensions, and which say nothing else.
    """
    return not all(is_of_a_package(env, file) and _only_lists(file) for file in config_files(env))


def _only_lists(file: ConfigFile) -> bool:
    named = {(kind, option) for kind, options in file.settings.items() for option in options}
    return not file.error and named <= EXTENSIONS


def _in_a_line(answer: Answer) -> str:
    """What it says instead, by the line with the reason; empty where it says nothing."""
    if answer.error:
        return reason(": ".join(answer.error))[:300]
    return "".join(answer.red).strip().partition("\n")[0][:300]


def _shows_one(kernel: Kernel) -> bool:
    return any(map(is_picture, kernel.execute(CELL, ALONE_SECONDS).bundles))
