"""Whether anybody listens at an address: a connection is opened and closed again, and nothing is
sent but a greeting.
"""

from __future__ import annotations

import socket
import ssl
from enum import Enum
from urllib.parse import urlsplit

SECONDS = 5.0
LOOPBACK = ("localhost", "127.0.0.1", "::1", "host.docker.internal", "kubernetes.docker.internal")


class Reach(str, Enum):
    """Whether something answers at an address, by one connection."""

    ANSWERS = "it answers"
    REFUSED = "nothing listens there"
    ABSENT = "there is no such file"
    FORBIDDEN = "this user may not use it"
    NO_NAME = "its name leads to no address"
    SILENT = "no answer came"
    UNKNOWN = "it could not be tried"


def is_local(host: str) -> bool:
    """Whether the address never leaves this machine."""
    return host in LOOPBACK or host.startswith("127.")


def reach(address: str) -> Reach:
    """What is at an address: `unix:///a/socket`, or `tcp://`, `http://`, `https://` with a host."""
    parts = urlsplit(address)
    if parts.scheme == "unix":
        return _unix(parts.path)
    host = parts.hostname
    if parts.scheme not in ("tcp", "http", "https") or not host:
        return Reach.UNKNOWN
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 2375)
    try:
        socket.create_connection((host, port), timeout=SECONDS).close()
    except OSError as error:
        return _why(error)
    return Reach.ANSWERS


def _unix(path: str) -> Reach:
    family = getattr(socket, "AF_UNIX", None)
    if family is None:
        return Reach.UNKNOWN
    with socket.socket(family, socket.SOCK_STREAM) as connection:
        connection.settimeout(SECONDS)
        try:
            connection.connect(path)
        except OSError as error:
            return _why(error)
    return Reach.ANSWERS


def _why(error: OSError) -> Reach:
    match error:
        case ConnectionRefusedError():
            return Reach.REFUSED
        case FileNotFoundError():
            return Reach.ABSENT
        case PermissionError():
            return Reach.FORBIDDEN
        case socket.gaierror():
            return Reach.NO_NAME
    return Reach.SILENT


def distrusted(address: str, authority: str) -> int:
    """OpenSSL's number for why the server's certificate is not accepted, 0 when it is or when that
    cannot be told. `authority` is the certificate, as text, of who vouches for it; empty where this
    system's are asked.
    """
    parts = urlsplit(address)
    try:
        context = ssl.create_default_context(cadata=authority or None)
        with (
            socket.create_connection(
                (parts.hostname or "", parts.port or 443), timeout=SECONDS
            ) as plain,
            context.wrap_socket(plain, server_hostname=parts.hostname),
        ):
            return 0
    except ssl.SSLCertVerificationError as error:
        return int(error.verify_code)
    except (OSError, ValueError):
        return 0
