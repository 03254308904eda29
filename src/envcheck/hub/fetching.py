"""What envcheck needs on another kind of machine than this: the versions of the lock, by their hashes,
from the package index of this machine.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

from packaging.markers import Marker

from envcheck import foreign_file
from envcheck.hub.host import Host
from envcheck.processes.process import Finished, Processes
from envcheck.sending.trouble import Trouble
from envcheck.target import typed_path
from envcheck.vendoring.installed import DISTRIBUTION, LOCK

REQUIREMENT = re.compile(r"(?m)^(\w[\w.-]*)==[^\s;]+(?: *; *([^\\\n]+?))? *\\\n(?:.*\\\n)*.*\n?")
SECONDS = 300.0
LAST = 200  # characters of what was said
# uv knows these of glibc's, and one of another library
OF_GLIBC = (40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 28, 17)
OF_MUSL = "unknown-linux-musl"


@dataclass(frozen=True)
class Fetching:
    """Into a folder that is gone afterwards."""

    folder: Path
    processes: Processes
    variables: Mapping[str, str]

    def fetched(self, host: Host) -> Path:
        """A folder with the packages for this host. Raises Trouble."""
        name = "-".join(map(str, (*host.minor, host.machine, host.libc)))
        target, listed = self.folder / name, self.folder / f"{name}.txt"
        listed.write_text("".join(wanted(lock(), host)), encoding="utf-8")
        argv = next(filter(None, (_by_uv(host, self.variables), _by_pip(host))), None)
        if argv is None:
            raise Trouble(
                f"{_needs(host)}, and neither uv nor pip is on this machine to get them: install uv"
            )
        argv = [*argv, "--target", str(target), "--no-deps", "--only-binary", ":all:"]
        argv += ["--quiet", "--require-hashes", "-r", str(listed)]
        done = self.processes.run(argv, env=self.variables, cwd=self.folder, timeout=SECONDS)
        if not done.ok:
            raise Trouble(f"{_needs(host)}, which could not be got: {_words(done)}")
        return target


def lock() -> str:
    """The lock of this envcheck. Raises Trouble."""
    for file in metadata.distribution(DISTRIBUTION).files or ():
        if file.name == LOCK:
            return foreign_file.content(str(file.locate())).decode("utf-8")
    raise Trouble("this envcheck has no lock: install it anew")


def wanted(text: str, host: Host) -> Iterator[str]:
    """The lock's requirements that count on this host, with their hashes."""
    words = {
        "python_full_version": host.version,
        "python_version": "{}.{}".format(*host.minor),
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "sys_platform": "linux",
        "platform_machine": host.machine,
        "platform_system": "Linux",
        "os_name": "posix",
    }
    for hit in REQUIREMENT.finditer(text):
        if hit[1] != DISTRIBUTION and (not hit[2] or Marker(hit[2]).evaluate(words)):
            yield _without_marker(hit[0])


def _without_marker(requirement: str) -> str:
    """pip would judge it by its own Python."""
    first, _, rest = requirement.partition("\n")
    bare = first.partition(";")[0].removesuffix("\\").rstrip()
    return bare + " \\\n" + rest


def _by_uv(host: Host, variables: Mapping[str, str]) -> list[str] | None:
    uv = typed_path.which(variables, "uv")
    if uv is None:
        return None
    glibc = next((minor for minor in OF_GLIBC if minor <= host.libc), 0)
    system = f"manylinux_2_{glibc}" if glibc else OF_MUSL
    version = "{}.{}".format(*host.minor)
    words = ["--python-version", version, "--python-platform", f"{host.machine}-{system}"]
    return [uv, "pip", "install", "--python", sys.executable, *words]


def _by_pip(host: Host) -> list[str] | None:
    if util.find_spec("pip") is None:
        return None
    name = "cp{}{}".format(*host.minor)
    words = ["--python-version", "{}.{}".format(*host.minor), "--implementation", "cp"]
    words += [word for abi in (name, "abi3", "none") for word in ("--abi", abi)]
    words += [word for platform in host.platforms() for word in ("--platform", platform)]
    return [sys.executable, "-m", "pip", "install", "--no-compile", "--no-input", *words]


def _needs(host: Host) -> str:
    version = "{}.{}".format(*host.minor)
    return f"a server with Python {version} on {host.machine} needs other packages than are installed here"


def _words(done: Finished) -> str:
    return " ".join(done.last_words.split())[-LAST:]
