"""A Jupyter server of the learner's, started on a free loopback port, until it listens."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from envcheck import Environment
from envcheck.processes.running import Patience, Running
from envcheck_checks import overrides
from envcheck_checks.interference.trials import Removed, folder_of
from envcheck_checks.jupyter.check import LaunchWay
from envcheck_checks.jupyter.settings import in_force, may_set
from envcheck_checks.machine.loopback import free_port
from envcheck_checks.notebook.server import kernel_sockets, runtime_file, server_variables
from envcheck_checks.notebook.settings import address
from envcheck_checks.overrides import Program

if TYPE_CHECKING:
    import ssl

UP_SECONDS = 45.0
LISTEN_SECONDS = 8.0
TWICE = re.compile(r"\w+ only accepts one value, got \d+[^\n]*")  # traitlets' words


class ServerTrouble(Exception):
    """A step that did not give what it should: `step` is what was tried, `actual` what came back
    instead, `late` that it was nothing until the deadline.
    """

    def __init__(self, step: str, actual: str, *, late: bool = False) -> None:
        super().__init__(f"{step}: {actual}")
        self.step = step
        self.actual = actual
        self.late = late


class Spoiled(ServerTrouble):
    """It does not work as the learner starts it, by a script with words of its own; `late` that it
    was still at work.
    """


class AddsWords(ServerTrouble):
    """The command that the learner types adds words of its own: ours are refused or not heard."""


@dataclass
class Server:
    """A running server, its address and its token. `root` is the folder that it serves, as it says
    itself; `open_to_all` that it asks for no token and no password, as many courses once told their
    learners to set it. `typed` is what root types to start it; empty for everybody else. `elsewhere`
    is the folder in which a script between may have it say its address.
    """

    running: Running
    folder: Path
    ipython: Path
    address: str = ""
    token: str = ""
    root: str = ""
    seconds: float = 0.0
    open_to_all: bool = False
    xsrf: str = ""
    secure: ssl.SSLContext | None = None
    typed: str = ""
    elsewhere: str = ""

    def wait_up(self, deadline: float) -> bool:
        """Wait for its runtime file, and then a little for its socket; False when it ended or the
        time is over. Raises AddsWords.
        """
        patience = Patience(deadline - time.monotonic())
        while not patience.is_over:
            if runtime := self._runtime():
                self._end_where_others_reach(runtime)
                self._reach(runtime)
                self._wait_listening(min(patience.left, LISTEN_SECONDS))
                self.seconds = patience.spent
                return True
            if self.running.wait(0.03):
                self._refuse_own_words()
                return False
        return False

    def _refuse_own_words(self) -> None:
        if match := TWICE.search(self.running.settled_log()):
            raise AddsWords("start with words of ours", match[0])

    def _wait_listening(self, seconds: float) -> None:
        """The file can come before the socket: on a busy machine the first request would be
        refused. Whatever else keeps us from connecting is left to that request to tell.
        """
        parts, patience = urlsplit(self.address), Patience(seconds)
        while not patience.is_over:
            with (
                contextlib.suppress(OSError),
                socket.create_connection((parts.hostname, parts.port), timeout=1),
            ):
                return
            if self.running.wait(0.03):
                return

    def _end_where_others_reach(self, runtime: Mapping[str, Any]) -> None:
        """The file is written when the socket is bound, and just before the first answer."""
        if place := address.reachable_at(runtime.get("pid") or self.running.pid, runtime["port"]):
            self.running.end()
            raise AddsWords("listen to this machine alone", f"it listens to others at {place}")

    def _runtime(self) -> Mapping[str, Any] | None:
        own = runtime_file.read(self.folder / "runtime")
        return own or runtime_file.read_of(self.elsewhere, self.running.pid)

    def _reach(self, runtime: Mapping[str, Any]) -> None:
        scheme = "http"
        if runtime.get("secure"):
            scheme, self.secure = "https", _any_certificate()
        host = address.reached_at(str(runtime.get("hostname") or ""))
        self.address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{runtime['port']}{runtime.get('base_url') or '/'}".rstrip(
            "/"
        )
        self.token = self.token if runtime.get("token") is None else runtime["token"]
        self.open_to_all = not self.token and not runtime.get("password")
        self.root = str(runtime.get("root_dir") or runtime.get("notebook_dir") or "")


def _any_certificate() -> ssl.SSLContext:
    """The learner's own server on loopback shows a certificate of its own making: nobody vouches
    for it.
    """
    import ssl

    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def start(
    env: Environment,
    way: LaunchWay,
    folder_name: str = "server",
    changes: Sequence[Removed] = (),
) -> Server:
    """Launch it as the learner would, in their folder. Ours: port, browser, token, runtime
    folder, the place where JupyterLab keeps its window. The rest, their configuration above all, is
    the learner's. Two servers of one run have two folders; `changes` are those of a trial.
    Raises OSError when it cannot be started.
    """
    folder = env.new_folder(folder_name)
    for name in ("runtime", "data"):
        (folder / name).mkdir(exist_ok=True)
    # Not there yet when the server starts: Jupyter would take it for a folder to migrate into the
    # learner's home.
    ipython = folder / "ipython"
    root = _roots_word(env, changes)
    running = env.start(
        [*way.argv, *_options(env, folder, way.runtime), *root, *address.options(env, changes)],
        cwd=folder_of(env, changes),
        variables=server_variables.of(env, folder, ipython, changes),
    )
    typed = way.spoken if way.spoken.startswith("jupyter") else shlex.join(way.argv)
    typed = " ".join([typed, *root]) if root else ""
    return Server(running, folder, ipython, typed=typed, elsewhere=way.runtime)


def _roots_word(env: Environment, changes: Sequence[Removed]) -> list[str]:
    """The option without which Jupyter does not start for root; none where a file of the learner's
    allows it, which a trial may take away.
    """
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return []
    setting = in_force(env, "allow_root") if may_set(env, "allow_root") and not changes else None
    allowed = setting is not None and setting.value is True
    return [] if allowed else overrides.options(Program.SERVER, "--allow-root")


def _options(env: Environment, folder: Path, theirs: str) -> list[str]:
    # If it is not free any more, Jupyter takes the next one. Port 0 is no way: servers before
    # jupyter_server 2.21 then write `"port": 0` into their runtime file.
    return overrides.options(
        Program.SERVER,
        "--no-browser",
        f"--port={free_port()}",
        f"--NotebookNotary.data_dir={folder / 'data'}",
        *(f"{option}={folder / 'cookie'}" for option in overrides.COOKIES if theirs),
        *kernel_sockets.options(env, folder / "runtime"),
    )
