"""A kernel of the learner's, started and spoken to: ready, executing, interrupted, ended. One for
all kernel checks.
"""

from __future__ import annotations

import json
import math
import queue
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from envcheck import Environment
from envcheck.processes.running import Patience, Running
from envcheck_checks import overrides
from envcheck_checks.kernel import interrupt_event
from envcheck_checks.kernel.answers import FLOOD, Answer, End, Execution, Start
from envcheck_checks.kernel.idle import Idle
from envcheck_checks.kernel.interrupt_event import InterruptEvent
from envcheck_checks.kernel.ports import KernelPorts
from envcheck_checks.overrides import Program

if TYPE_CHECKING:
    from jupyter_client.blocking.client import BlockingKernelClient

START_SECONDS = 45.0
REPLY_SECONDS = 1.0  # after a kernel said that it is idle again
NUDGE = 0.1  # seconds between requests: a first one can be lost while the kernel's sockets come up


@dataclass
class Kernel:
    """A running kernel. Not for two threads at once; checks that share it are ordered by their
    needs. The lock is held while somebody waits on its sockets: closing a socket under a thread
    that polls it ends the whole process.
    """

    running: Running
    client: BlockingKernelClient
    ports: KernelPorts
    interrupt_mode: str = "signal"
    event: InterruptEvent | None = None
    started: Start = field(default_factory=lambda: Start(End.SILENT, 0.0))
    _in_use: threading.Lock = field(default_factory=threading.Lock)

    def wait_ready(self, timeout: float, idle: float = math.inf) -> Start:
        """How the start went. Ready is a shell reply and any iopub message: on either alone the
        first output can be lost. `idle` is how many seconds without work by the processor are
        waited out.
        """
        with self._in_use:
            patience = Patience(timeout)
            end = self._nudge(patience, Idle(self.running, idle))
            seconds, running = patience.spent, self.running
            log = running.stderr.text() if end is End.REPLIED else running.settled_log()
            self.started = Start(end, seconds, running.code, log)
        self.ports.let_go()
        return self.started

    def _nudge(self, patience: Patience, idle: Idle) -> End:
        replied = heard = False
        asked = 0.0
        while not patience.is_over:
            if time.monotonic() - asked >= NUDGE:
                self.client.kernel_info()
                asked = time.monotonic()
            replied = replied or _message(self.client.shell_channel, 0.02) is not None
            heard = heard or _message(self.client.iopub_channel, 0.02) is not None
            if replied and heard:
                return End.REPLIED
            if self.running.code is not None:
                return End.DIED
            if idle.too_long():
                return End.SILENT
        return End.SILENT

    def execute(
        self, code: str, timeout: float, on_text: Callable[[str], None] = lambda text: None
    ) -> Execution:
        """What came back of a cell, gathered until it is idle again. `timeout` is in seconds."""
        with self._in_use:
            patience = Patience(timeout)
            # After an error a kernel drops what comes next ("aborted"), unless it is told that
            # nobody minds.
            request = self.client.execute(
                code, store_history=False, allow_stdin=False, stop_on_error=False
            )
            answer = Answer(request, on_text)
            end = self._gather(answer, patience)
            done = answer.execution(end, patience.spent)
            return replace(done, at_work=end is End.SILENT and self.running.is_at_work())

    def complete(self, code: str, timeout: float) -> Sequence[str] | None:
        """What the Tab key offers after this code. None: the kernel is done with it and gave no
        answer, as one does whose completion raises. Raises TimeoutError after `timeout` seconds.
        """
        with self._in_use:
            answer = Answer(self.client.complete(code, len(code)), lambda text: None)
            patience = Patience(timeout)
            while not answer.status and not patience.is_over:
                answer.hear(_message(self.client.shell_channel, 0.02))
                was_idle = answer.idle
                answer.hear(_message(self.client.iopub_channel, 0.0))
                if answer.idle and not was_idle:  # the reply is on its way, or there is none
                    patience = Patience(REPLY_SECONDS)
            answer.hear(_message(self.client.shell_channel, 0.0))  # we may have been held up
        if not answer.status and not answer.idle:
            raise TimeoutError(f"no answer in {timeout:.0f} s")
        return answer.matches if answer.status == "ok" else None

    def _gather(self, answer: Answer, patience: Patience) -> End:
        while not patience.is_over:
            message = _message(self.client.iopub_channel, 0.0 if answer.idle else 0.1)
            reply = _message(self.client.shell_channel, 0.1 if answer.idle else 0.0)
            answer.hear(reply)
            answer.hear(message)
            if answer.complete:
                return End.REPLIED
            if answer.size > FLOOD:
                return End.FLOODED
            if message is None and self.running.code is not None:
                return End.DIED
        return End.SILENT

    def interrupt(self) -> None:
        """What the stop button does, in the way that the kernel's spec asks for."""
        if self.interrupt_mode == "message":
            self.client.control_channel.send(self.client.session.msg("interrupt_request", {}))
        elif self.event is not None:
            self.event.send()
        else:
            self.running.interrupt()

    def close(self) -> None:
        """End the kernel; whoever still waits on its sockets then sees that it died, and lets go of
        them.
        """
        self.running.end()
        self.ports.let_go()
        if self.event is not None:
            self.event.close()
        if not self._in_use.acquire(timeout=3):
            return  # left open: the process that holds them is about to end
        try:
            self.client.stop_channels()
        except Exception:  # noqa: BLE001  # sockets of a dead kernel may refuse to close in any way they like
            self.client.context.linger = 0
        finally:
            self._in_use.release()


def start(
    env: Environment,
    argv: Sequence[str],
    variables: Mapping[str, str | None],
    interrupt_mode: str = "signal",
    cwd: Path | None = None,
) -> Kernel:
    """Start a kernel in the learner's folder from a spec's argv. Raises OSError when the program
    cannot be started.
    """
    ports = KernelPorts()
    file = str(_connection_file(env.new_folder("kernel"), ports.numbers))
    event = interrupt_event.for_this_system()
    ours: dict[str, str | None] = {"JPY_PARENT_PID": None, **(event.variables if event else {})}
    words = [word.replace("{connection_file}", file) for word in argv]
    more = {**variables, **overrides.variables(Program.KERNEL, ours)}
    handles = (event.handle,) if event else ()
    try:
        running = env.start(words, cwd=cwd or env.folder, variables=more, handles=handles)
    except BaseException:
        ports.let_go()
        raise
    # Imported while the kernel comes up: it takes as long as half of that.
    from jupyter_client.blocking.client import BlockingKernelClient

    client = BlockingKernelClient(connection_file=file)
    client.load_connection_file()
    client.start_channels(shell=True, iopub=True, stdin=False, hb=False, control=True)
    kernel = Kernel(running, client, ports, interrupt_mode, event)
    env.on_close(kernel.close)
    return kernel


def _connection_file(folder: Path, ports: Mapping[str, int]) -> Path:
    """The file with ports and a key, as jupyter_client writes it: for the owner's eyes only."""
    how = {
        "ip": "127.0.0.1",
        "transport": "tcp",
        "signature_scheme": "hmac-sha256",
        "key": secrets.token_hex(16),
        "kernel_name": "python3",
    }
    file = folder / f"kernel-{secrets.token_hex(6)}.json"
    file.touch(mode=0o600)
    file.write_text(json.dumps({**ports, **how}), encoding="utf-8")
    return file


def _message(channel: Any, timeout: float) -> dict[str, Any] | None:
    try:
        message: dict[str, Any] = channel.get_msg(timeout=timeout)
    except (
        queue.Empty,
        ValueError,
    ):  # nothing came; or what another kernel says, signed with another key
        return None
    return message
