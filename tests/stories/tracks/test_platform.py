"""The track of containers and clusters: the real clients of Docker and Helm. Docker's engine is a
stand-in.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import Any

import pytest
from tests.stories.tracks.binaries import kubernetes, without
from tests.stories.tracks.docker_engine import engine
from tests.stories.tracks.learner import Learner, automatic

from envcheck_checks.tools.docker.engine import USUAL
from envcheck_checks.tools.framework.reach import Reach, reach

pytestmark = pytest.mark.slow

# Where the tests' own machine runs an engine, a wrong address is told to be that.
NO_ENGINE = "docker-wrong-address" if reach(USUAL) is Reach.ANSWERS else "docker-not-running"
needs_docker = pytest.mark.skipif(
    not shutil.which("docker"), reason="there is no docker client on this machine"
)


# Docker


@needs_docker
def test_an_engine_that_answers(client: Learner) -> None:
    """The client tells the engine's version; no container is run without --deep."""
    with engine(client.root / "engine") as address:
        client.variables["DOCKER_HOST"] = address
        said = client.works("platform", "docker")
    assert "engine 27.1.0 (linux/amd64) answers" in said
    assert "no container was run" in said


@needs_docker
def test_no_engine(client: Learner) -> None:
    """A client alone: its engine does not run, and the fix says how one is started or installed."""
    client.variables["DOCKER_CONFIG"] = str(
        client.write(
            "home/docker/config.json", context("here", "unix:///nowhere/engine", client)
        ).parent
    )
    one = client.fails("platform", "docker", NO_ENGINE)
    assert "unix:///nowhere/engine" in json.dumps(one)
    assert automatic(one) == []


@pytest.mark.whole
def test_no_docker_at_all(client: Learner) -> None:
    """Without the command: it is named, with what it takes."""
    without(client, "docker")
    one = client.fails("platform", "docker", "program-missing")
    assert "`docker`" in one["summary"]
    assert "MB" in one["fixes"][0]["title"]


@pytest.mark.whole
@needs_docker
def test_an_engine_that_one_may_not_use(client: Learner) -> None:
    """The socket belongs to somebody else: the group is named, and that logging in again is part of
    it.
    """
    with engine(client.root / "engine") as address:
        (client.root / "engine").chmod(0o660)
        shutil.chown(client.root / "engine", user="nobody", group="daemon")
        client.variables["DOCKER_HOST"] = address
        client.as_a_plain_user()
        one = client.fails("platform", "docker", "docker-no-permission")
    assert "group daemon" in json.dumps(one["evidence"])
    assert "sudo usermod -aG daemon" in json.dumps(one["fixes"])
    assert automatic(one) == []


def context(name: str, address: str, client: Learner) -> dict[str, Any]:
    """Docker's settings with one context of its own; the context's file lies where Docker looks for
    it.
    """
    folder = f"home/docker/contexts/meta/{hashlib.sha256(name.encode()).hexdigest()}"
    client.write(
        f"{folder}/meta.json",
        {
            "Name": name,
            "Metadata": {},
            "Endpoints": {"docker": {"Host": address, "SkipTLSVerify": False}},
        },
    )
    return {"currentContext": name}


@pytest.mark.whole
@needs_docker
def test_a_forgotten_variable(client: Learner) -> None:
    """What `minikube docker-env` has set leads nowhere while the engine of the settings answers:
    the variable is the cause, and --fix proves it.
    """
    with engine(client.root / "engine") as address:
        client.variables["DOCKER_CONFIG"] = str(
            client.write("home/docker/config.json", context("here", address, client)).parent
        )
        assert "answers" in client.works("platform", "docker")
        client.variables |= {
            "DOCKER_HOST": "tcp://127.0.0.1:9",
            "DOCKER_TLS_VERIFY": "1",
            "DOCKER_CERT_PATH": "/nowhere/minikube",
        }
        one = client.fails("platform", "docker", "docker-wrong-address")
        assert "DOCKER_HOST" in one["summary"]
        assert automatic(one) == [
            "take DOCKER_HOST and DOCKER_TLS_VERIFY and DOCKER_CERT_PATH out of your terminal's variables"
        ]
        client.mended("platform", "docker", "docker-wrong-address")


@pytest.mark.whole
@needs_docker
def test_a_context_that_does_not_exist(client: Learner) -> None:
    """DOCKER_CONTEXT names a context that is gone."""
    client.variables["DOCKER_CONTEXT"] = "gone"
    one = client.fails("platform", "docker", NO_ENGINE)
    assert "DOCKER_CONTEXT" in json.dumps(one)


@pytest.mark.whole
@needs_docker
def test_offline_no_other_engine_is_asked(client: Learner) -> None:
    """--offline: an engine elsewhere is a skip that says so."""
    client.variables["DOCKER_HOST"] = "ssh://lab.example.org"
    assert "not asked: --offline" in client.track("platform", "docker", "--offline").out


def docker_that(client: Learner, run: str) -> None:
    """A client of our own whose engine answers; `run` is what it does with a container."""
    version = json.dumps(
        {
            "Client": {"Version": "28.0"},
            "Server": {"Version": "28.0", "Os": "linux", "Arch": "amd64"},
        }
    )
    client.write(
        "bin/docker",
        f"#!/bin/sh\necho \"$@\" >> {client.root}/asked\ncase $1 in version) echo '{version}';; run) {run};; image) test $2 = rm;; esac\n",
        mode=0o755,
    )


def test_a_container_runs_when_it_is_asked_for(client: Learner) -> None:
    """With --deep the greeting is what counts, and the image that was not there before is taken
    away.
    """
    docker_that(client, 'echo "Hello from Docker!"')
    assert "said 'Hello from Docker!'" in client.works("platform", "docker", "--deep")
    assert (client.root / "asked").read_text().splitlines()[-1] == "image rm hello-world"


@pytest.mark.whole
def test_a_container_that_does_not_run(client: Learner) -> None:
    """The engine answers and the container does not greet: not green, and its remains
    are removed.
    """
    docker_that(client, "echo no route to registry >&2; exit 125")
    seen = client.track("platform", "docker", "--deep")
    assert (seen.code, seen.errors) == (1, ["docker-run-fails"])
    assert "no route to registry" in seen.out
    assert "rm --force envcheck-" in (client.root / "asked").read_text()


@pytest.mark.whole
def test_offline_no_image_is_fetched(client: Learner) -> None:
    """--deep --offline runs only what is there."""
    docker_that(client, "echo never >&2; exit 1")
    assert "no container was run: the image hello-world is not here" in client.works(
        "platform", "docker", "--deep", "--offline"
    )


# Helm


def test_a_chart_goes_all_the_way(client: Learner) -> None:
    """Created, checked, filled in and packed: ten objects add up to 385, and the home
    stays empty.
    """
    client.variables["KUBECONFIG"] = str(client.root / "nothing")
    assert "10 of them add up to 385" in client.works("platform", "helm", "--offline")


@pytest.mark.whole
def test_no_helm(client: Learner) -> None:
    """Without the command: it is named, with what it takes."""
    without(client, "helm")
    one = client.fails("platform", "helm", "program-missing")
    assert "63 MB" in one["fixes"][0]["title"]


@pytest.mark.whole
def test_a_helm_that_is_too_old(client: Learner) -> None:
    """Helm 2 makes other charts and wants a server: its version is named."""
    client.write(
        "bin/helm",
        '#!/bin/sh\ncase "$1" in version) echo "Client: v2.17.0+ga690bad";; *) echo "Error: could not find tiller" >&2; exit 1;; esac\n',
        mode=0o755,
    )
    one = client.fails("platform", "helm", "program-too-old")
    assert one["evidence"]["found"] == "2.17.0"


@pytest.mark.whole
def test_a_helm_that_loses_objects(client: Learner) -> None:
    """Another number than the one that was put in is not green."""
    client.write(
        "bin/helm",
        f'#!/bin/sh\ntest "$1" = template && exec {kubernetes()}/helm "$@" --show-only templates/service.yaml\nexec {kubernetes()}/helm "$@"\n',
        mode=0o755,
    )
    client.fails("platform", "helm", "tool-answers-wrong")
