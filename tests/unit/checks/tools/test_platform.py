"""Containers and clusters on described machines: what each fact means, without a client and without
a server.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from envcheck import Environment
from envcheck.processes.process import Ending, Finished
from envcheck.testing import described
from envcheck_checks.tools.docker.docker import read, works_without
from envcheck_checks.tools.docker.engine import USUAL, Chosen, cause, is_elsewhere, start
from envcheck_checks.tools.framework.reach import Reach, is_local, reach
from envcheck_checks.tools.kubernetes import causes, kubectl
from envcheck_checks.tools.kubernetes.config import Cluster, ends, files


def finished(code: int = 1, stdout: str = "", stderr: str = "") -> Finished:
    return Finished(("kubectl",), Ending.EXITED, code, stdout, stderr, 0.1)


@pytest.mark.parametrize(("stderr", "number"), [
    ('I1123 round_trippers.go:632] "Response" verb="GET" url="https://c/version" status="401 Unauthorized" milliseconds=3', 401),
    ("I0101 round_trippers.go:454] GET https://c/version?timeout=8s 403 Forbidden in 12 milliseconds", 403),
    ("I0101 round_trippers.go:553] GET https://c/readyz 500 Internal Server Error in 4 milliseconds", 500),
    ('I1123 round_trippers.go:632] "Response" verb="GET" url="https://c/version" status="" milliseconds=0', 0),
    ("The connection to the server c was refused", 0),
])  # fmt: skip
def test_the_number_of_the_answer(stderr: str, number: int) -> None:
    """kubectl's log has had two forms; a connection that never came has no number."""
    assert kubectl.status(finished(stderr=stderr)) == number


@pytest.mark.parametrize(
    ("client", "server", "far"),
    [
        ("1.35.2", "1.34.0", False),
        ("1.35.2", "1.33.1+k3s1", True),
        ("1.30.0", "1.32.1", True),
        ("1.32.4-dispatcher", "1.20.0", False),
        ("1.35.2", "", False),
    ],
)
def test_versions_apart(client: str, server: str, far: bool) -> None:
    """One minor version either way is right; a dispatcher takes the client of the server's version;
    the unknown is no warning.
    """
    assert (kubectl.apart(client, server) is not None) is far


def test_the_end_of_a_certificate() -> None:
    """What is no certificate has no end."""
    assert ends(b"") is None
    assert ends(b"-----BEGIN CERTIFICATE-----\nno base64!\n-----END CERTIFICATE-----") is None
    assert ends(b"-----BEGIN CERTIFICATE-----\nYWJj\n-----END CERTIFICATE-----") is None


def test_where_settings_are_read() -> None:
    """KUBECONFIG counts from the learner's folder; without it the home's file is read."""
    folder = Path("/course")
    assert files({"HOME": "/home/ann"}, folder) == [Path("/home/ann/.kube/config")]
    assert files({"KUBECONFIG": os.pathsep.join(["a.yaml", "/b.yaml"])}, folder) == [
        folder / "a.yaml",
        Path("/b.yaml"),
    ]


def test_nobody_is_asked_without_credentials() -> None:
    """Over plain http nobody is asked for a name; with a login helper that is found neither."""
    env = described(variables={"PATH": str(Path(sys.executable).parent)})
    assert causes.diagnose_settings(env, Cluster("http://127.0.0.1:1", nameless=True)) is None
    assert (
        causes.diagnose_settings(env, Cluster("https://c", helper=Path(sys.executable).name))
        is None
    )
    found = causes.diagnose_settings(env, Cluster("https://c", nameless=True))
    assert found is not None
    assert found.code == "kube-no-credentials"


def test_a_proxy_is_not_gone_around() -> None:
    """Behind a proxy our own connection proves nothing: kubectl's words are shown, without
    its log.
    """
    said = finished(
        stderr="I1123 10:00 loader.go:1] Config loaded\nUnable to connect to the server: proxyconnect tcp: refused"
    )
    found = causes.unreachable(Cluster("https://cluster.example.org", proxied=True), said)
    assert (
        found.evidence.found
        == f"{Reach.UNKNOWN.value}\nUnable to connect to the server: proxyconnect tcp: refused"
    )


def test_reading_docker() -> None:
    """A client without a server, and what is no answer at all, are no engine."""
    assert read(finished(stdout='{"Client": {"Version": "28"}, "Server": null}')) is None
    assert read(finished(stdout="docker: command of somebody else")) is None
    engine = read(
        finished(
            0,
            '{"Client": {"Version": "28"}, "Server": {"Version": "27", "Os": "linux", "Arch": "arm64"}}',
        )
    )
    assert engine is not None
    assert engine.system == "linux/arm64"


@dataclass(frozen=True)
class Asked:
    """A client whose engine answers `lives(variables, words)`; what is asked of it is a version."""

    env: Environment
    lives: Callable[[Mapping[str, str | None], tuple[str, ...]], bool]
    variables: Mapping[str, str | None] = field(default_factory=dict)

    def do(self, _client: str, *words: str) -> Finished:
        server = '{"Version": "27", "Os": "linux", "Arch": "arm64"}'
        lives = self.lives(self.variables, words)
        return finished(
            0, f'{{"Client": {{"Version": "28"}}, "Server": {server if lives else "null"}}}'
        )


def test_what_docker_works_without() -> None:
    """Only where it fails with it once more: an engine that has just come up proves nothing."""
    env = described(variables={"DOCKER_HOST": "tcp://gone"})

    def helped(lives: Callable[[Mapping[str, str | None], tuple[str, ...]], bool]) -> str:
        return works_without(cast(Any, Asked(env, lives)), "docker")

    assert helped(lambda variables, words: "DOCKER_HOST" in variables) == "variables"
    assert helped(lambda variables, words: "--context" in words) == "context"
    assert helped(lambda variables, words: True) == ""
    assert helped(lambda variables, words: False) == ""


@pytest.mark.parametrize(
    ("reached", "code"),
    [
        (Reach.ABSENT, "docker-not-running"),
        (Reach.REFUSED, "docker-not-running"),
        (Reach.SILENT, "docker-not-running"),
    ],
)
def test_no_engine_is_not_running(reached: Reach, code: str) -> None:
    """However it does not answer."""
    found = cause(described(), Chosen(USUAL, "", reached), "")
    assert found is not None
    assert found.code == code


def test_what_only_the_client_can_try_is_left_to_its_words() -> None:
    """An engine over ssh, and one that answers with an error."""
    for way in (
        Chosen("ssh://lab", "the variable DOCKER_HOST", Reach.UNKNOWN),
        Chosen(USUAL, "", Reach.ANSWERS),
    ):
        assert cause(described(), way, "") is None


def test_a_firewall_is_no_question_of_groups() -> None:
    """That a connection over the network is not permitted says nothing of the docker group."""
    found = cause(
        described(), Chosen("tcp://127.0.0.1:2375", "the variable DOCKER_HOST", Reach.FORBIDDEN), ""
    )
    assert found is None or found.code == "docker-not-running"


def test_how_an_engine_is_started() -> None:
    """Under WSL it is Docker Desktop's; somebody else's address is somebody else's matter."""
    assert "WSL integration" in str(
        start(described(variables={"WSL_DISTRO_NAME": "Ubuntu"}), Chosen(USUAL, "", Reach.ABSENT))
    )
    assert "Ask its owner" in str(
        start(described(), Chosen("tcp://lab:2375", "the variable DOCKER_HOST", Reach.REFUSED))
    )


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("unix:///Users/ada/.colima/default/docker.sock", "colima start"),
        ("unix:///Users/ada/.orbstack/run/docker.sock", "OrbStack"),
        ("unix:///Users/ada/.rd/docker.sock", "Rancher Desktop"),
        ("unix:///var/folders/x/T/podman/podman-machine-default-api.sock", "podman machine start"),
        ("unix:///Users/ada/.docker/run/docker.sock", "Docker Desktop"),
        ("unix:///var/run/docker.sock", "Docker Desktop"),
    ],
)
def test_what_starts_an_engine_on_a_mac(
    address: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has Colima has no Docker Desktop that could be started."""
    monkeypatch.setattr(sys, "platform", "darwin")
    found = cause(described(), Chosen(address, "Docker's context `x`", Reach.ABSENT), "")
    assert found is not None
    assert words in str(found.fixes)


def test_a_socket_of_another_account_of_a_mac(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no `usermod` there, and no group that would help."""
    way = Chosen(USUAL, "", Reach.FORBIDDEN)
    for system, words in (("darwin", "Another account of this Mac"), ("linux", "usermod")):
        monkeypatch.setattr(sys, "platform", system)
        found = cause(described(), way, "")
        assert found is not None
        assert found.code == "docker-no-permission"
        assert words in str(found.fixes)
        assert ("usermod" in str(found.fixes)) is (system == "linux")


def test_which_addresses_stay_on_this_computer() -> None:
    """Loopback in all its names; sockets have no host."""
    assert [
        is_local(host)
        for host in ("localhost", "127.0.1.1", "::1", "kubernetes.docker.internal", "10.0.0.1")
    ] == [True] * 4 + [False]
    assert [
        is_elsewhere(address)
        for address in ("unix:///run/docker.sock", USUAL, "ssh://lab", "tcp://127.0.0.1:2375")
    ] == [
        False,
        False,
        True,
        False,
    ]


def test_what_a_connection_meets(tmp_path: Path) -> None:
    """A file that is not there, and an address that cannot be tried."""
    assert reach("ssh://lab") is Reach.UNKNOWN
    if sys.platform != "win32":
        assert reach(f"unix://{tmp_path}/none") is Reach.ABSENT
