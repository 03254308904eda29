"""The file with which Jupyter's page opens: asked for where the address names one."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from envcheck import fact
from envcheck.testing import described, interpreter
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook.page import opened_file
from envcheck_checks.notebook.page.opened import Opened
from envcheck_checks.notebook.server.client import Client


class Site:
    """A server that answers with this code; what it was asked for."""

    def __init__(self, code: int) -> None:
        self.code = code
        self.asked: list[str] = []

    async def answer(self, _step: str, _method: str, path: str) -> object:
        self.asked.append(path)
        return SimpleNamespace(code=self.code)

    def missing(self, path: str) -> str:
        client = cast(Client, cast(Any, self))
        return asyncio.run(opened_file.missing_file(client, Opened(path, "localhost:40123")))


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/notebooks/gone.ipynb", "gone.ipynb"),
        ("/lab/tree/week%201/gone.ipynb", "week 1/gone.ipynb"),
        ("/lab/workspaces/auto-k/tree/gone.ipynb", "gone.ipynb"),
        ("/tree/week1/", "week1"),
        ("/edit/a%23b.py", "a#b.py"),
    ],
)
def test_a_file_that_is_named(path: str, file: str) -> None:
    gone, there, closed = Site(404), Site(200), Site(403)
    assert gone.missing(path) == file
    (asked,) = gone.asked
    assert asked.startswith("/api/contents/") and asked.endswith("?content=0")
    assert " " not in asked and "#" not in asked
    assert there.missing(path) == closed.missing(path) == ""


@pytest.mark.parametrize(
    "path",
    [
        *("/tree", "/lab", "/lab/tree", "/tree/", "/lab/workspaces/mine", "/"),
        *("/lab/tree/RTC:week1/a.ipynb", "/lab/tree/drive%3Aa.ipynb"),  # of an extension's drive
    ],
)
def test_a_page_that_names_none(path: str) -> None:
    site = Site(404)
    assert site.missing(path) == ""
    assert site.asked == []


def test_the_setting_that_names_it() -> None:
    """Its file is moved aside; where none names it, the learner is told."""

    def told(**settings: str) -> tuple[str, str]:
        file = ConfigFile("/home/ada/.jupyter/jupyter_server_config.json", {"LabApp": settings})
        facts: dict[fact[Any], object] = {
            config_files: (file,),
            learners_jupyter: LearnersJupyter({}, None, user_config="/home/ada/.jupyter"),
        }
        env = described(facts=facts, python=interpreter())
        (warning,) = opened_file.warnings(env, "week 1/gone.ipynb")
        assert warning.code == "jupyter-prints-dead-address"
        return warning.evidence.looked_in or "", warning.evidence.found or ""

    place, actual = told(default_url="/lab/tree/week%201/gone.ipynb")
    assert place.endswith("jupyter_server_config.json")
    assert actual == "default_url = '/lab/tree/week%201/gone.ipynb'"
    assert told(default_url="/lab") == ("the folder that Jupyter shows", "no week 1/gone.ipynb")
    assert told() == ("the folder that Jupyter shows", "no week 1/gone.ipynb")
    assert opened_file.warnings(described(), "") == []
