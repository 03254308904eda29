"""The file with which Jupyter's page opens, as `default_url` may name one: it is there, or the page
opens with an error.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote, unquote

from envcheck import Diagnosis, Environment, Severity, warn
from envcheck.fixes.advice import tell
from envcheck_checks.jupyter.settings import settings_of
from envcheck_checks.notebook.codes import JUPYTER_PRINTS_DEAD_ADDRESS
from envcheck_checks.notebook.page.opened import Opened
from envcheck_checks.notebook.server.client import Client
from envcheck_checks.notebook.settings import config

OPTION = "default_url"
# Whoever opens the page has an address of its own
OF_PAGES = ("ServerApp", "LabApp", "JupyterNotebookApp", "NotebookApp")
# As JupyterLab, Notebook 7 and the older Notebook write a place in their addresses
NAMED = re.compile(
    r"^/(?:(?:lab|doc)(?:/workspaces/[^/]+)?/tree|notebooks|edit|tree|files)/(?P<file>.+)$"
)


async def missing_file(client: Client, opened: Opened) -> str:
    """The file or folder that the page opens with, where the server has none; else empty."""
    hit = NAMED.match(opened.path)
    if hit is None:
        return ""
    file = unquote(hit["file"]).rstrip("/")
    if ":" in file.partition("/")[0]:
        return ""  # of a drive that an extension brings (`RTC:a.ipynb`): the page asks that one
    place = f"/api/contents/{quote(file)}?content=0"
    answer = await client.answer("look for the file that opens", "GET", place)
    return file if answer.code == 404 else ""


def warnings(env: Environment, file: str) -> list[Diagnosis]:
    """`file` is what is named, and not there; empty where nothing is."""
    if not file:
        return []
    summary = f"Jupyter's page opens with an error: it is to show {file}, and no such file is there"
    wanted = "a page that opens without naming a file, or the file"
    addresses = settings_of(env, OPTION, *OF_PAGES)
    naming = [each for each in addresses if file in unquote(str(each.value))]
    if naming:
        actual = f"{OPTION} = {naming[-1].value!r}"
        diagnosis = config.stops(env, naming[-1].file, summary, actual, wanted)
    else:
        diagnosis = warn(
            JUPYTER_PRINTS_DEAD_ADDRESS,
            summary,
            tell("close the message", "Close the message: the page works, and shows your folder."),
            found=f"no {file}",
            wanted=wanted,
            looked_in="the folder that Jupyter shows",
        )
    return [replace(diagnosis, code=JUPYTER_PRINTS_DEAD_ADDRESS, severity=Severity.WARNING)]
