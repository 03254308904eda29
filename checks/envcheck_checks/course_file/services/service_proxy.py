"""A service that only a proxy leads to: whether it passes a connection on."""

from __future__ import annotations

import base64
import http.client
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote

from envcheck.course_file.asked import Service
from envcheck_checks.index.settings import no_proxy_of, proxies_of
from envcheck_checks.network.session import hop_of, is_left_out, port_of

LIMIT = 4.0  # seconds for each step
STAYS = 0.4  # seconds that a connection must last: some proxies say yes before they asked
TUNNEL = re.compile(r"Tunnel connection failed: (\d+)")
# Mail's, remote shells', and those of databases and queues: their programs take no proxy from variables.
DIRECT = {22, 25, 587, 1433, 1521, 3306, 5432, 5672, 6379, 7687, 9042, 9092, 27017}


@dataclass(frozen=True)
class Way:
    """What came of it through the proxy at `place`; `why` it does not lead there, empty where it does."""

    place: str
    why: str = ""


def by_proxy(variables: Mapping[str, str], service: Service) -> Way | None:
    """None where programs that talk to it take no proxy."""
    proxies = proxies_of(variables)
    order = ("http", "all") if service.port == 80 else ("https", "all", "http")
    proxy = next((proxies[scheme] for scheme in order if scheme in proxies), None)
    left_out = is_left_out(service.host, service.port, no_proxy_of(variables))
    if proxy is None or left_out or service.port in DIRECT:
        return None
    hop = hop_of(proxy)
    return Way(proxy.place, _trouble(hop, service))


def _trouble(hop: SplitResult, service: Service) -> str:
    if hop.scheme != "http" or not hop.hostname:
        return f"was not tried: it is a proxy of {hop.scheme}"
    connection = http.client.HTTPConnection(hop.hostname, port_of(hop), timeout=LIMIT)
    connection.set_tunnel(service.host, service.port, _password(hop))
    try:
        connection.connect()
        return "" if _stays(connection.sock) else "ends the connection at once"
    except TimeoutError:
        return "does not answer in time"
    except (OSError, http.client.HTTPException, ValueError) as error:
        refused = TUNNEL.search(str(error))
        return f"does not pass it on (HTTP {refused[1]})" if refused else "does not answer"
    finally:
        connection.close()


def _stays(tunnel: socket.socket) -> bool:
    tunnel.settimeout(STAYS)
    try:
        return bool(tunnel.recv(1))
    except TimeoutError:
        return True


def _password(hop: SplitResult) -> dict[str, str]:
    if hop.username is None:
        return {}
    both = f"{unquote(hop.username)}:{unquote(hop.password or '')}".encode()
    return {"Proxy-Authorization": f"Basic {base64.b64encode(both).decode('ascii')}"}
