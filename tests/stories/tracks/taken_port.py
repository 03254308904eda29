"""envcheck's command where somebody else has taken the first port that was free, by the time a server
of a tool comes to it.
"""

from __future__ import annotations

import sys

TAKEN_FIRST = """
import socket
import sys

from envcheck.command.main import main
from envcheck_checks.machine import loopback

held, free = socket.create_server(("127.0.0.1", 0)), loopback.free_port
taken = [held.getsockname()[1]]
loopback.free_port = lambda: taken.pop() if taken else free()
sys.argv[0] = "envcheck"
main()
"""
FIRST_PORT_TAKEN = [sys.executable, "-I", "-X", "utf8", "-c", TAKEN_FIRST]
