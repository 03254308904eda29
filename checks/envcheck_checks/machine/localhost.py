"""The name `localhost`, at which Jupyter listens and browsers ask: it must lead to this machine."""

from __future__ import annotations

import socket

from envcheck import Diagnosis, Severity
from envcheck.fixes.advice import tell, typed
from envcheck.model import Evidence
from envcheck_checks.machine.codes import LOCALHOST_ELSEWHERE


def addresses() -> tuple[str, ...]:
    """The addresses that this machine takes `localhost` for; none where the name is not known."""
    try:
        return tuple(
            dict.fromkeys(str(entry[4][0]) for entry in socket.getaddrinfo("localhost", None))
        )
    except OSError:
        return ()


def leads_elsewhere(resolved: tuple[str, ...], severity: Severity, why: str) -> Diagnosis | None:
    """Names that are not found at all are nothing: Jupyter takes 127.0.0.1 then, and browsers know
    localhost by themselves. `why` is what follows from it.
    """
    if not resolved or any(
        address == "::1" or address.startswith(("127.", "::ffff:127.")) for address in resolved
    ):
        return None
    return Diagnosis(
        LOCALHOST_ELSEWHERE,
        f"the name localhost leads to another machine: {why}",
        Evidence(
            f"localhost is {', '.join(resolved)}",
            "127.0.0.1 or ::1",
            r"the hosts file: /etc/hosts, or C:\Windows\System32\drivers\etc\hosts",
        ),
        (
            tell(
                "mend the hosts file",
                typed(
                    "127.0.0.1 localhost",
                    "As an administrator, take the lines with localhost out of the hosts file and put this one in:",
                ),
            ),
        ),
        severity,
    )
