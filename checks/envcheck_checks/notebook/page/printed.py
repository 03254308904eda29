"""The address that Jupyter prints first, for the learner to copy: `custom_display_url` makes it
another than the one that opens.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from envcheck import Diagnosis, Environment, Severity, warn
from envcheck.fixes.advice import tell
from envcheck_checks.jupyter.settings import in_force
from envcheck_checks.notebook.codes import JUPYTER_PRINTS_DEAD_ADDRESS
from envcheck_checks.notebook.page import kernels_elsewhere
from envcheck_checks.notebook.page.opened import Opened, within
from envcheck_checks.notebook.server.client import Client
from envcheck_checks.notebook.settings import address, config

OPTION = "custom_display_url"
ALONE = re.compile(r"^(?:\[[^\]]*\])?\s*(https?://[^\s'\"<>]+)$", re.MULTILINE)


async def trouble_of_printed(client: Client, opened: Opened) -> str:
    """Why the address that is printed first shows no page, without its token; empty where it shows
    one, or where that cannot be tried from here.

    A word of the server's is followed on this machine alone, and its token goes to itself only: of
    any other host it is looked whether somebody is there.
    """
    server = client.server
    # All that is asked before took a second since it was printed: nothing is waited for
    first = ALONE.search(server.running.stderr.text())
    if first is None:
        return ""
    plain = first[1].partition("?")[0]
    parts, own = urlsplit(plain), urlsplit(server.address)
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return f"{plain} is no address"
    ours = port in (own.port, opened.port) and bool(host) and not address.leads_elsewhere(host)
    if not ours:
        return await kernels_elsewhere.not_there(plain, kernels_elsewhere.ports_from(opened.port))
    answer = await client.answer("print an address", "GET", within(server, parts.path) or "/")
    return "" if answer.code == 200 else f"{plain}: status {answer.code} {answer.reason}"


def warnings(env: Environment, trouble: str) -> list[Diagnosis]:
    """What opens works, and so does the address that is printed beside it. `trouble` is empty where
    the first does too.
    """
    if not trouble:
        return []
    setting = in_force(env, OPTION)
    summary = "the page that opens works, and the address that Jupyter prints first does not"
    wanted = "an address that shows Jupyter's page"
    if setting is not None:
        diagnosis = config.stops(env, setting.file, summary, trouble, wanted)
    else:
        other = tell("take the other address", "Copy the second address that Jupyter prints.")
        diagnosis = warn(
            JUPYTER_PRINTS_DEAD_ADDRESS,
            summary,
            other,
            found=trouble,
            wanted=wanted,
            looked_in="what Jupyter prints",
        )
    return [replace(diagnosis, code=JUPYTER_PRINTS_DEAD_ADDRESS, severity=Severity.WARNING)]
