"""A page that looks for its kernels at another address than its own."""

from __future__ import annotations

import asyncio
import socket

import pytest

from envcheck_checks.notebook.page import kernels_elsewhere, shown
from envcheck_checks.notebook.page.shown import Page
from envcheck_checks.notebook.server.learners_server import ServerTrouble
from envcheck_checks.notebook.settings import address

OWN = "http://localhost:8888/"


def trouble(sockets: str, own: str = OWN, base: str = "/") -> str:
    """What is wrong with that address; empty where nothing is."""
    try:
        asyncio.run(kernels_elsewhere.reach(Page(1, (), {"baseUrl": base}, sockets), own))
    except ServerTrouble as caught:
        return caught.actual
    return ""


@pytest.mark.parametrize("sockets", ["", "ws://localhost:8888", "ws://127.0.0.1:8890/"])
def test_this_machine(sockets: str) -> None:
    """The port is the learner's own, on which nobody listens yet."""
    assert trouble(sockets) == ""


def test_this_machine_at_a_port_where_nobody_is() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        place = f"ws://127.0.0.1:{other.getsockname()[1]}"
        assert trouble(place) == f"{place}: nobody answers there"
        other.listen(1)
        assert trouble(place) == ""


def test_their_own_port_by_what_their_server_does_not_speak() -> None:
    place = "wss://localhost:8888"
    assert trouble(place) == f"{place}: your Jupyter is at http://localhost:8888"
    assert trouble(place, "https://localhost:8888/") == ""
    assert trouble("ws://localhost", "http://localhost:80/") == ""


def test_their_own_port_below_another_address() -> None:
    place = "ws://localhost:8888/user/ada/"
    assert trouble(place) == f"{place}: the addresses of your Jupyter begin with /"
    assert trouble(place, base="/user/ada/") == ""


@pytest.mark.parametrize("sockets", ["ws://old-hub.invalid:8888", "wss://old-hub.invalid"])
def test_a_name_that_nobody_has(sockets: str) -> None:
    assert trouble(sockets) == f"{sockets}: no such name"


@pytest.mark.parametrize("sockets", ["old-hub:8888", "ws://:8888", "ws://a:port"])
def test_what_is_no_address(sockets: str) -> None:
    assert trouble(sockets) == f"{sockets} is no address"


def test_somebody_else_who_is_there_and_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who answers may lead on to this server."""
    monkeypatch.setattr(address, "leads_elsewhere", lambda _: True)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
        assert trouble(f"ws://127.0.0.1:{port}").endswith("nobody answers there")
        other.listen(1)
        assert trouble(f"ws://127.0.0.1:{port}") == ""


def test_where_a_page_names_it() -> None:
    """JupyterLab's and Notebook 7's by their settings, Notebook 6's on the page itself."""
    script = '<script src="/a.js"></script>'
    told = '<script id="jupyter-config-data">{"wsUrl": "ws://hub"}</script>'
    assert shown.read(told + script).sockets == "ws://hub"
    classic = '<body data-base-url="/" data-ws-url="ws://hub%3A8"></body>'
    assert shown.read(classic + script).sockets == "ws://hub%3A8"
    assert shown.read('<body data-base-url="/" data-ws-url=""></body>' + script).sockets == ""
