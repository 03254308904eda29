"""Package indexes on loopback that have envcheck as it was built, what it needs as `envcheck.lock` has it, and
what pipx, a build and the plug-in need. No other index is asked then: to read the long pages of a public one is most of the time
that pip takes.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import metadata
from pathlib import Path

from packaging.utils import canonicalize_name
from tests.bootstrap.machine import BASE, REPOSITORY, checkout
from tests.kept import kept
from tests.pace import within

# Of the group dev: a machine whose PATH has none plays these tests too.
UV = Path(sys.executable).parent / "uv"
LOCK = REPOSITORY / "envcheck.lock"
BY_LOCK = ("--no-deps", "--require-hashes", "-r", str(LOCK))
TOOLS = ("pip", "pipx", "hatchling", "pytest")
OF_A_CLASS = re.compile(r"""([^;]+?) *;.*extra == ["']class["']""")


def built(folder: Path) -> None:
    """Makes two indexes: `simple`, where envcheck is a wheel and an sdist from a clone, and `others`, which has never
    heard of it.
    """
    source = checkout(folder / "clone").parent
    project = folder / "simple" / "envcheck-course"
    project.mkdir(parents=True)
    run(UV, "build", "--quiet", "--out-dir", project, source)
    for wheel in needed().glob("*.whl"):
        for index in ("simple", "others"):
            page = folder / index / canonicalize_name(wheel.name.partition("-")[0])
            page.mkdir(parents=True, exist_ok=True)
            shutil.copy(wheel, page)


def needed() -> Path:
    """The folder with the wheels of what is locked, and of `TOOLS` and a class's server with what they need."""
    requires = metadata.requires("envcheck-course") or []
    server = [hit[1] for hit in map(OF_A_CLASS.match, requires) if hit]

    def download(folder: Path) -> None:
        for words in (BY_LOCK, (*TOOLS, *server)):
            options = ("-q", "--disable-pip-version-check", "--only-binary", ":all:")
            run(BASE, "-m", "pip", "download", *options, "--dest", folder, *words)

    key = hashlib.sha256(
        f"{LOCK.read_text('utf-8')} {TOOLS} {server} {sys.version}".encode()
    ).hexdigest()
    return kept(f"locked-wheels-{key[:12]}", download)


def run(*words: object) -> None:
    """Has to end well."""
    argv = list(map(str, words))
    done = subprocess.run(argv, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"{argv}: {done.stderr[-2000:]}"


def file_of(project: Path, kind: str) -> Path:
    """The one file of that kind, `whl` or `tar.gz`."""
    (file,) = project.glob(f"*.{kind}")
    return file


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what is printed belongs to the test."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the index that this folder is."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(within(10))
