# Starts all of Airflow in a network that is empty but for itself, and says when every part of it is
# healthy. Started as `unshare ... python -c SOURCE MARKER SECONDS`, the first process of a private
# namespace: what is left when it ends, ends with it.
from __future__ import annotations

import fcntl
import json
import os
import socket
import struct
import subprocess  # noqa: TID251  # runs in the target, where our process.py is not
import sys
import time
import urllib.error
import urllib.request

ADDRESSES = (
    "http://127.0.0.1:8080/api/v2/monitor/health",
    "http://127.0.0.1:8080/health",
)  # Airflow 3; Airflow 2
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1


def say(**values):
    os.write(
        1, (sys.argv[1] + json.dumps(values, default=str) + sys.argv[1] + "\n").encode("ascii")
    )


def loopback_up():
    with socket.socket() as any_socket:
        flags = fcntl.ioctl(any_socket, SIOCGIFFLAGS, struct.pack("16sH14x", b"lo", 0))
        up = struct.unpack("16sH14x", flags)[1] | IFF_UP
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", up))


def health():
    """What each part says of itself. In Airflow 2 a part that is not asked for says nothing, in
    Airflow 3 one that is not up.
    """
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for address in ADDRESSES:
        try:
            with opener.open(address, timeout=5) as answer:
                state = json.loads(answer.read().decode())  # noqa: TID251  # runs in the target
        except (OSError, ValueError):
            continue
        stated = {
            name: part.get("status") for name, part in state.items() if isinstance(part, dict)
        }
        return {
            name: status or "not up"
            for name, status in stated.items()
            if status or address == ADDRESSES[0]
        }
    return {}


def memory():
    """Megabytes of all processes of this namespace, what they share counted once."""
    total = 0
    for name in os.listdir("/proc"):
        try:
            with open("/proc/%s/smaps_rollup" % name) as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except (OSError, ValueError):
            continue
    return total // 1024


def follow(seconds):
    begun = time.monotonic()
    with open("standalone.log", "wb") as log:
        command = [sys.executable, "-m", "airflow", "standalone"]
        program = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
    parts = {}
    while time.monotonic() - begun < seconds and program.poll() is None:
        parts = health() or parts
        if len(parts) >= 3 and set(parts.values()) == {"healthy"}:
            break
        time.sleep(0.5)  # noqa: TID251  # nothing tells us when a part becomes healthy
    took, code = time.monotonic() - begun, program.poll()
    with open("standalone.log", "rb") as log:
        words = log.read().decode("utf-8", "replace").splitlines()
    say(parts=parts, seconds=took, code=code, megabytes=memory(), words=words[-12:])


if __name__ == "__main__":
    loopback_up()
    follow(float(sys.argv[2]))
