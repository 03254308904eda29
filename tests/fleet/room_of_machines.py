"""The machines of a room: one for each way in which a machine answers, or does not."""

from __future__ import annotations

import re
import secrets
import subprocess
from pathlib import Path

from tests.fleet.hosts import HOME, Host, Room
from tests.stories.machine import clone

NO_PYTHON = """
mkdir /run/bin
mount --bind /usr/bin /run/bin
mount -t tmpfs tmpfs /usr/bin
/run/bin/ln -s /run/bin/* /usr/bin
rm /usr/bin/python*
"""
CHATTY = "echo 'echo Welcome to room 7' > /root/.bashrc"
BRACES = "echo 'echo {}' > /root/.bashrc"
MUTE = "/usr/bin/python3 -c 'import socket, time; s = socket.create_server((\"\", 22)); time.sleep(9999)'"
LONG = 30_000 + secrets.randbelow(1_000_000)  # seconds, as no other run of the tests says
FULL = "mount -t tmpfs -o size=1m,uid=4001,mode=755 tmpfs /home/learner; mkdir /home/learner/ml"
MARKUP = "<b>pc & 9</b>"


def furnish(room: Room, healthy: Path) -> None:
    """All of them. Those that can do the course have the environment of the healthy one."""
    able(room.host("healthy", lab_words=[]), healthy)
    broken = able(room.host("broken"), healthy)
    broken.write("ml/numpy.py", "mine = 1\n")
    room.host("down", runs="sleep infinity")
    room.host("mute", runs=MUTE)
    room.host("stranger", trusts=False)
    room.host("bare", before=NO_PYTHON)
    path = room.host("path", ansible_user="learner", lab_user="learner")
    clone(healthy, path.home / "stack", f"{HOME}/stack")
    path.write("ml/notes.txt", "")
    path.write(".profile", 'PATH="$HOME/stack/bin:$PATH"\n')
    slow = room.host("slow", lab_timeout=4)
    slow.write(".profile", f"sleep {LONG}\n")
    chatty = able(room.host("chatty", before=CHATTY), healthy)
    chatty.write(".profile", 'echo \'{"verdict": "ready"}\'\n. ~/.bashrc\n')
    chatty.write(".bashrc", "echo Welcome; echo to room 7 >&2\n")
    room.host("braces", before=BRACES)
    room.host("full", before=FULL)
    able(room.host("older"), healthy)
    able(room.host(MARKUP), healthy).write(
        ".profile", "export LANG=xx_XX.UTF-8 LC_ALL=xx_XX.UTF-8\n"
    )


def able(host: Host, healthy: Path) -> Host:
    """A machine whose learner has the course's packages, in an environment that is active for them."""
    clone(healthy, host.home / "ml" / ".venv", f"{HOME}/ml/.venv")
    host.write(".profile", ". ~/ml/.venv/bin/activate\n")
    return host


def spread(room: Room, names: list[str]) -> None:
    """The room's image: what the first machine has got, the others have from the start."""
    first = room.hosts["healthy"].home / ".cache"
    for name in names:
        host = room.hosts[name]
        subprocess.run(["cp", "-al", str(first), str(host.home / ".cache")], check=True)
        host.own()


def age(host: Host) -> None:
    """This machine has an envcheck of its own on its PATH, of another version."""
    [made] = (host.home / ".cache" / "envcheck").iterdir()
    own = host.home / "own"
    clone(made, own, f"{HOME}/own")
    subprocess.run(["rm", "-rf", str(host.home / ".cache")], check=True)
    [version] = own.glob("lib/python3*/site-packages/envcheck/__init__.py")
    text = re.sub(r'__version__ = ".*"', '__version__ = "0.0.9"', version.read_text("utf-8"))
    version.unlink()
    version.write_text(text, encoding="utf-8")
    host.write(".profile", 'PATH="$HOME/own/bin:$PATH"\n')
