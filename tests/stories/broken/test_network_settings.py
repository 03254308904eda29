"""Settings of this learner's that keep packages from coming in, on a network that is really so."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.machine import Machine, MakeMachine
from tests.stories.network_servers import (
    Index,
    Pages,
    Proxy,
    Way,
    make_authority,
    serve,
    shown_by,
)

pytestmark = pytest.mark.slow


def authority_of(machine: Machine) -> Path:
    folder = machine.root / "ca"
    folder.mkdir()
    make_authority(folder)
    return folder


def certificates_of_another_campus(machine: Machine) -> None:
    """What requests takes from a variable goes before what pip was told."""
    own = authority_of(machine)
    port = serve(machine.closing, Index, Pages(), shown_by(own))
    machine.variables.update(
        PIP_INDEX_URL=f"https://localhost:{port}/simple",
        PIP_CERT=str(own / "ca.pem"),
        CURL_CA_BUNDLE=str(own / "cert.pem"),
        REQUESTS_CA_BUNDLE="(unset)",
    )


def a_proxy_that_refuses_the_index(machine: Machine) -> None:
    """Once in lower case and once in upper, as scripts set it."""
    place = f"http://127.0.0.1:{serve(machine.closing, Proxy, Way(refuses=403))}"
    machine.asks_the_public_index()
    machine.variables.update(HTTPS_PROXY=place, https_proxy=place)


def a_proxy_that_is_asked_for_localhost(machine: Machine) -> None:
    place = f"http://127.0.0.1:{serve(machine.closing, Proxy, Way())}"
    machine.variables.update(http_proxy=place, PIP_INDEX_URL=machine.root.as_uri())


def a_proxy_of_plain_http(machine: Machine) -> None:
    own = authority_of(machine)
    way = Way(leads_to=serve(machine.closing, Index, Pages(), shown_by(own)))
    machine.asks_the_public_index()
    machine.variables.update(
        HTTPS_PROXY=f"https://127.0.0.1:{serve(machine.closing, Proxy, way)}",
        PIP_CERT=str(own / "ca.pem"),
        REQUESTS_CA_BUNDLE="(unset)",
    )


def warned_of(setting: str, code: str) -> Story:
    """Only the network has a part in it; Python's own check makes it a run that proves something."""
    only = ("python", "network")
    return Story(WAYS[setting], code, (setting,), warns=True, fixed=True, kind="kept", only=only)


WAYS = {
    "CURL_CA_BUNDLE": certificates_of_another_campus,
    "HTTPS_PROXY": a_proxy_that_refuses_the_index,
    "http_proxy": a_proxy_that_is_asked_for_localhost,
    "https://": a_proxy_of_plain_http,
}
STORIES = {
    "a file of certificates of another campus": warned_of(
        "CURL_CA_BUNDLE", "certificate-file-wrong"
    ),
    "a proxy that refuses the index": warned_of("HTTPS_PROXY", "proxy-refuses"),
    "a proxy that is asked for localhost": warned_of("http_proxy", "proxy-captures-localhost"),
    "a proxy of plain http": warned_of("https://", "proxy-wrong-scheme"),
}


@told(STORIES)
def test_the_way_to_the_index(story: Story, make_machine: MakeMachine, wheels: Path) -> None:
    """The setting is named, and without it, or as it is printed, a new terminal has a way."""
    play(story, make_machine, wheels)
