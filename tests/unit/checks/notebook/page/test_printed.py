"""The address that Jupyter prints first: whether it shows a page, asked on this machine alone."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from envcheck import fact
from envcheck.testing import described, interpreter
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook.page import printed
from envcheck_checks.notebook.page.opened import Opened
from envcheck_checks.notebook.server.client import Client

OWN = "http://127.0.0.1:40123"
LOG = """[I 2026-11-30 08:00:00.1 ServerApp] Jupyter Server 2.17.0 is running at:
[I 2026-11-30 08:00:00.1 ServerApp] {}/tree?token=abc
[I 2026-11-30 08:00:00.1 ServerApp]     http://127.0.0.1:40123/tree?token=abc
[C 2026-11-30 08:00:00.2 ServerApp]

    Or copy and paste one of these URLs:
        {}/tree?token=abc
"""


class Site:
    """A server that says this as it starts; what it was asked for, and what it answers."""

    def __init__(self, log: str, code: int = 200) -> None:
        running = SimpleNamespace(stderr=SimpleNamespace(text=lambda: log))
        self.server = SimpleNamespace(address=OWN, running=running)
        self.code = code
        self.asked: list[str] = []

    async def answer(self, _step: str, _method: str, path: str) -> object:
        self.asked.append(path)
        return SimpleNamespace(code=self.code, reason="Not Found")

    @property
    def trouble(self) -> str:
        client = cast(Client, cast(Any, self))
        return asyncio.run(printed.trouble_of_printed(client, Opened("/tree", "localhost:40123")))


@pytest.mark.parametrize("place", ["http://localhost:40123", "http://localhost:8888", OWN])
def test_its_own_address_or_the_learners(place: str) -> None:
    """The learner's own server would be at another port than ours."""
    site = Site(LOG.replace("{}", place))
    assert site.trouble == ""
    assert site.asked == ["/tree"]
    missing = Site(LOG.replace("{}", place), 404)
    assert missing.trouble == f"{place}/tree: status 404 Not Found"


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("https://hub.no-such-name.invalid", ": no such name"),
        ("http://localhost:999999", " is no address"),
    ],
)
def test_another_address(place: str, reason: str) -> None:
    """It is not asked for its page, and its token stays here."""
    site = Site(LOG.replace("{}", place))
    assert site.trouble == f"{place}/tree{reason}"
    assert site.asked == []


def test_one_that_cannot_be_tried() -> None:
    assert Site("").trouble == ""
    assert Site("see https://jupyter.org for more\n").trouble == ""


@pytest.mark.parametrize("set_", [True, False])
def test_what_is_said(set_: bool) -> None:
    """The file that sets it is moved aside; where none does, the other address is named."""
    settings = {"ServerApp": {"custom_display_url": "https://hub.invalid"}} if set_ else {}
    facts: dict[fact[Any], object] = {
        config_files: (ConfigFile("/home/ada/.jupyter/jupyter_server_config.json", settings),),
        learners_jupyter: LearnersJupyter({}, None, user_config="/home/ada/.jupyter"),
    }
    env = described(variables={"HOME": "/home/ada"}, facts=facts, python=interpreter())
    assert printed.warnings(env, "") == []
    (warned,) = printed.warnings(env, "https://hub.invalid/tree: no such name")
    assert (warned.code, warned.severity) == ("jupyter-prints-dead-address", "warning")
    assert warned.evidence.found == "https://hub.invalid/tree: no such name"
    assert warned.fixes[0].automatic is set_
