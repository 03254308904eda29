"""envcheck in a process that has imported it before: one for each worker, which forks for each run.

To start Python and import nine hundred modules is a third of a second of the processor's, in thousands of
runs, and no story's subject but those of the start itself. Those have the command as it is installed: what
a starting Python, libc or OpenSSL would read, in variables, in the folder or in a user's own packages, is
never asked for here (`nothing_is_read_at_the_start`).
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import re
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

READ_AT_THE_START = re.compile(
    r"(PYTHON|__PYVENV|LC_|LD_|DYLD_|MALLOC_|GLIBC_|OPENSSL_)\w*|LANGUAGE|LOCPATH|TZ|TZDIR"
    r"|PWD|OLDPWD|ENVCHECK_(COMMAND|KEEP_\w*)"
)
PROGRAM = Path(__file__).with_name("forks_for_each.py")
MOST = 100_000  # bytes of one request
ONE_AT_A_TIME = threading.Lock()
# The launcher's own (launcher/envcheck), and its shell's
GIVEN = {"ENVCHECK_COMMAND": str(Path(sys.executable).parent / "envcheck"), "MALLOC_ARENA_MAX": "1"}


def takes(variables: Mapping[str, str], folder: Path) -> bool:
    """Whether this learner's run in this folder may be started so, now: one after the other."""
    return nothing_is_read_at_the_start(variables, folder) and not ONE_AT_A_TIME.locked()


def nothing_is_read_at_the_start(variables: Mapping[str, str], folder: Path) -> bool:
    """Whether a run of this learner's in this folder starts as every other one."""
    return (
        sys.platform == "linux"
        and variables.get("LANG") == "C.UTF-8"
        and not [*filter(READ_AT_THE_START.fullmatch, variables)]
        and not Path(variables.get("HOME", "/"), ".local/lib").exists()
        and not [entry for entry in folder.iterdir() if entry.is_dir() or entry.suffix == ".py"]
    )


def run(
    words: list[str],
    variables: Mapping[str, str],
    folder: Path,
    timeout: float,
    *,
    program: str = "",
) -> subprocess.CompletedProcess[str]:
    """`envcheck` with these words, or this program of the tests in its place."""
    request = json.dumps([words, {**variables, **GIVEN, "PWD": str(folder)}, program]).encode()
    read_out, out = os.pipe()
    read_err, err = os.pipe()
    with ONE_AT_A_TIME, socket.socket(fileno=os.dup(_server(_namespace()).fileno())) as server:
        nothing = os.open(os.devnull, os.O_RDONLY)
        here = os.open(folder, os.O_RDONLY)
        socket.send_fds(server, [request], [nothing, out, err, here])
        for number in (nothing, out, err, here):
            os.close(number)
        child = int(server.recv(MOST))
        try:
            said = _all_of([read_out, read_err], time.monotonic() + timeout)
        except TimeoutError:
            os.kill(child, signal.SIGKILL)
            raise subprocess.TimeoutExpired(words, timeout) from None
        finally:
            code = int(server.recv(MOST))
            os.close(read_out)
            os.close(read_err)
    return subprocess.CompletedProcess(words, code, *said)


def _all_of(pipes: list[int], end: float) -> list[str]:
    """What is written to these, up to their ends."""
    read = {pipe: b"" for pipe in pipes}
    with selectors.DefaultSelector() as waiting:
        for pipe in pipes:
            waiting.register(pipe, selectors.EVENT_READ)
        while waiting.get_map():
            ready = waiting.select(max(0.0, end - time.monotonic()))
            if not ready:
                raise TimeoutError
            for key, _ in ready:
                data = os.read(key.fd, MOST)
                read[key.fd] += data
                if not data:
                    waiting.unregister(key.fd)
    texts = [read[pipe].decode("utf-8", "replace") for pipe in pipes]
    return [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]


def _namespace() -> str:
    return str(Path("/proc/self/ns/mnt").readlink())


@functools.cache
def _server(namespace: str) -> socket.socket:
    """The one that sees what is mounted in this namespace: a worker has another once it has mounted."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    plain = {name: os.environ[name] for name in os.environ if not READ_AT_THE_START.fullmatch(name)}
    argv = [sys.executable, "-I", "-X", "utf8", str(PROGRAM), str(its.fileno())]
    popen = subprocess.Popen(
        argv,
        env={**plain, **GIVEN, "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[its.fileno()],
    )
    its.close()
    atexit.register(popen.wait, 10)
    atexit.register(ours.close)  # what is registered last comes first: it ends by this
    return ours
