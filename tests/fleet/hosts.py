"""Machines of a lab room: each an sshd in namespaces of its own, all of them in one network that is
not this machine's. When the processes end, the namespaces and all in them are gone.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import textwrap
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.pace import within

UID = 4001
HOME = "/home/learner"
CONTROLLER = "10.77.0.1"
BEHIND = ["unshare", "--fork", "--kill-child", "--pid", "--mount", "--mount-proc"]
# What a host's init does: accounts and a home of its own; then it runs sshd, or what stands in its place.
INIT = """
set -e
mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs /run
for name in passwd group shadow; do mount --bind {root}/etc/$name /etc/$name; done
mkdir -p /run/sshd /run/pyenv
cp {root}/authorized_keys /run/sshd/keys
if [ -d /root/.pyenv ]; then mount --bind /root/.pyenv /run/pyenv; fi
mount -t tmpfs -o mode=755 tmpfs /root
mkdir /root/.pyenv
mount --bind /run/pyenv /root/.pyenv
mount --bind {root}/home /home
{before}
ip link set lo up
until ip addr add {address}/16 dev eth0 2>/dev/null; do sleep 0.05; done
ip link set eth0 up
hostname lab
touch {root}/up
"""
SSHD = "/usr/sbin/sshd -D -e -f {root}/sshd_config"


@dataclass(frozen=True)
class Host:
    """One machine. `root` holds what only it has; `before` is done in its namespaces first."""

    name: str
    root: Path
    address: str
    variables: dict[str, Any] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        """The learner's."""
        return self.root / "home" / "learner"

    def write(self, place: str, text: str, mode: int = 0o644) -> Path:
        """A file of the learner's."""
        file = self.home / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text), encoding="utf-8")
        file.chmod(mode)
        self.own()
        return file

    def own(self) -> None:
        """All in the home is the learner's, but for files that other machines share."""
        shared = ["(", "-type", "d", "-o", "-links", "1", ")"]
        chown = ["-exec", "chown", "-h", f"{UID}:{UID}", "{}", "+"]
        subprocess.run(["find", str(self.home), *shared, *chown], check=True)


@dataclass
class Room:
    """The network of a controller and its machines. Commands of the controller go through `inside`."""

    root: Path
    hosts: dict[str, Host] = field(default_factory=dict)
    _processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Room:
        self._keys()
        bridge = (
            "ip link set lo up && ip link add lab type bridge && "
            f"ip addr add {CONTROLLER}/16 dev lab && ip link set lab up && "
            f"touch {self.root}/up && exec sleep infinity"
        )
        self._start([*BEHIND, "--net", "sh", "-c", bridge])
        wait_for(self.root / "up")
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._processes):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(within(10))
        self._stack.close()

    @property
    def inside(self) -> list[str]:
        """What goes before a command of the controller: all that it starts ends with the room."""
        return [*self.network, "--pid", "--mount"]

    @property
    def network(self) -> list[str]:
        """What goes before a command that is only in the same network."""
        return ["nsenter", "-t", str(child_of(self._processes[0].pid)), "--net"]

    @property
    def key(self) -> Path:
        """The controller's key, which every host but one lets in."""
        return self.root / "key"

    def host(
        self,
        name: str,
        *,
        runs: str = SSHD,
        trusts: bool = True,
        before: str = "",
        **variables: Any,
    ) -> Host:
        """A new machine that answers at its address, with variables of its own in the inventory."""
        number = len(self.hosts) + 2
        host = Host(
            name,
            self.root / f"host{number}",
            f"10.77.{number // 250}.{number % 250 + 2}",
            variables,
        )
        self.hosts[name] = host
        host.home.mkdir(parents=True)
        (host.root / "etc").mkdir()
        host.own()
        self._accounts(host)
        self._let_in(host, trusts)
        self._boot(host, number, before, runs)
        return host

    def _boot(self, host: Host, number: int, before: str, runs: str) -> None:
        init = INIT.format(root=host.root, before=before, address=host.address)
        script = host.root / "init"
        script.write_text(f"{init}exec {runs.format(root=host.root)}\n", encoding="utf-8")
        process = self._start(
            [*self.network, *BEHIND, "--net", "--uts", "sh", str(script)], host.root / "log"
        )
        inner = str(child_of(process.pid))
        link = f"ip link add lab{number} type veth peer name eth0 netns {inner}".split()
        subprocess.run([*self.network, *link], check=True)
        plug = f"ip link set lab{number} master lab up".split()
        subprocess.run([*self.network, *plug], check=True)
        wait_for(host.root / "up")

    def _accounts(self, host: Host) -> None:
        for name, line in (
            ("passwd", f"learner:x:{UID}:{UID}:A learner:{HOME}:/bin/bash"),
            ("group", f"learner:x:{UID}:"),
            ("shadow", "learner:*:20000:0:99999:7:::"),
        ):
            own = Path("/etc", name).read_text(encoding="utf-8").rstrip("\n")
            file = host.root / "etc" / name
            file.write_text(f"{own}\n{line}\n", encoding="utf-8")
            file.chmod(0o640 if name == "shadow" else 0o644)

    def _let_in(self, host: Host, trusts: bool) -> None:
        keys = host.root / "authorized_keys"
        keys.write_text(
            self.key.with_suffix(".pub").read_text() if trusts else "", encoding="utf-8"
        )
        config = f"""
            HostKey {self.root}/hostkey
            AuthorizedKeysFile /run/sshd/keys
            PidFile none
            Subsystem sftp internal-sftp
            UsePAM yes
            StrictModes no
            PermitRootLogin yes
            PasswordAuthentication no
            KbdInteractiveAuthentication no
        """
        (host.root / "sshd_config").write_text(textwrap.dedent(config), encoding="utf-8")

    def _keys(self) -> None:
        for name in ("key", "hostkey"):
            words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.root / name)]
            subprocess.run(words, check=True)

    def _start(self, words: Sequence[str], log: Path | None = None) -> subprocess.Popen[bytes]:
        out = self._stack.enter_context((log or self.root / "log").open("ab"))
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
        self._processes.append(process)
        return process


def child_of(pid: int) -> int:
    """The one child of a process, as soon as there is one."""
    deadline = time.monotonic() + within(10)
    while time.monotonic() < deadline:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if children:
            return int(children[0])
        time.sleep(0.02)
    raise AssertionError(f"process {pid} has started nothing")


def wait_for(file: Path) -> None:
    """Until a file is there."""
    deadline = time.monotonic() + within(10)
    while not file.exists():
        assert time.monotonic() < deadline, (file.parent / "log").read_text()
        time.sleep(0.02)


def is_possible() -> bool:
    """Whether this machine lets us make such hosts."""
    return os.geteuid() == 0 and all(
        map(shutil.which, ("unshare", "nsenter", "ip", "sshd", "ssh-keygen"))
    )
