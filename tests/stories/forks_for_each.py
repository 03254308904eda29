"""A program: envcheck, all of it imported, which forks for each run that tests/stories/started_before.py asks for.

python -I -X utf8 forks_for_each.py SOCKET
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import runpy
import socket
import sys
from pathlib import Path

MOST = 100_000  # bytes of a request
Job = tuple[list[str], dict[str, str], str]


def serve(asked: socket.socket) -> tuple[Job, list[int]]:
    """In each child what it is to do, and its streams and folder; ends where nobody is left to ask."""
    while True:
        request, handles, _, _ = socket.recv_fds(asked, MOST, 4)
        if not request:
            raise SystemExit
        if not (child := os.fork()):
            return json.loads(request), handles
        for handle in handles:
            os.close(handle)
        asked.send(str(child).encode())
        _, status = os.waitpid(child, 0)
        asked.send(str(os.waitstatus_to_exitcode(status)).encode())


def import_all() -> None:
    """Importing does nothing (tests/guards), so that no run sees that it was done before."""
    for name in ("envcheck", "envcheck_checks"):
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if "in_target" not in module.name and not module.name.endswith("__main__"):
                importlib.import_module(module.name)


def become(job: Job, handles: list[int]) -> str:
    """As if this process had been started so; gives the file that Python would run."""
    words, variables, program = job
    for number, handle in enumerate(handles[:3]):
        os.dup2(handle, number)
    os.fchdir(handles[3])
    for handle in handles:
        os.close(handle)
    os.environ.clear()
    os.environ.update(variables)
    own = Path(str(importlib.import_module("envcheck").__file__)).with_name("__main__.py")
    start = [program] if program else ["-m", "envcheck"]
    sys.orig_argv[:] = [sys.executable, "-I", "-X", "utf8", *start, *words]
    sys.argv[:] = [program or str(own), *words]
    return sys.argv[0]


if __name__ == "__main__":
    import_all()
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as asked_by_tests:
        given = serve(asked_by_tests)
    runpy.run_path(become(*given), run_name="__main__")
