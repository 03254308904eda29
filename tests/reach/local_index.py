"""A package index on loopback that has envcheck, as it was built; what it needs comes from the index of
this machine.
"""

from __future__ import annotations

import contextlib
import functools
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.bootstrap.machine import checkout

# Of the group dev: a machine whose PATH has none plays these tests too.
UV = Path(sys.executable).parent / "uv"


def built(folder: Path) -> None:
    """Makes the folder `simple/envcheck-course` with a wheel and an sdist, from a clone."""
    source = checkout(folder / "clone").parent
    project = folder / "simple" / "envcheck-course"
    project.mkdir(parents=True)
    subprocess.run(
        [UV, "build", "--quiet", "--out-dir", project, source],
        check=True,
        capture_output=True,
        timeout=300,
    )


def file_of(project: Path, kind: str) -> Path:
    """The one file of that kind, `whl` or `tar.gz`."""
    (file,) = project.glob(f"*.{kind}")
    return file


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what is printed belongs to the test."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the index that a folder with `simple/` is."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/simple"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
