"""The track of containers and clusters: a real kubectl, and what it meets. The API is a stand-in:
no cluster is behind it.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from tests.stories.tracks import cluster as api
from tests.stories.tracks.binaries import without
from tests.stories.tracks.learner import Learner, automatic, summary

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return api.certificates(tmp_path_factory.mktemp("certificates"))


def settings(
    client: Learner, server: str, user: dict[str, Any] | None = None, /, **cluster: str
) -> Path:
    """The learner's kubeconfig; JSON is YAML."""
    text = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "course", "cluster": {"server": server, **cluster}}],
        "users": [{"name": "me", "user": {"token": "abc"} if user is None else user}],
        "contexts": [
            {"name": "here", "context": {"cluster": "course", "user": "me", "namespace": "class-a"}}
        ],
        "current-context": "here",
    }
    return client.write("home/.kube/config", text)


def test_a_cluster_that_lets_one_in(client: Learner, certificates: dict[str, Path]) -> None:
    """The API answers over TLS, is ready, and allows pods; kubectl's cache is not left in
    the home.
    """
    state = api.State(token="let-me-in")
    with api.cluster(state, certificates["good"]) as server:
        settings(
            client,
            server,
            {"token": "let-me-in"},
            **{"certificate-authority": str(certificates["ca"])},
        )
        said = client.works("platform", "kubectl")
    assert "Kubernetes 1.35.0" in said
    assert "you may create pods in the namespace class-a" in said
    assert {"/version", "/readyz", api.REVIEW} <= set(state.asked)


def test_no_cluster_is_configured(client: Learner) -> None:
    """What kubectl's 'localhost:8080 was refused' means is said."""
    one = client.fails("platform", "kubectl", "kube-no-cluster")
    assert "localhost:8080 was refused" in one["note"]


def test_no_kubectl(client: Learner) -> None:
    """Without the command: it is named, with what it takes."""
    without(client, "kubectl")
    one = client.fails("platform", "kubectl", "program-missing")
    assert "`kubectl`" in one["summary"]
    assert "60 MB" in one["fixes"][0]["title"]


def test_nobody_at_the_address(client: Learner) -> None:
    """Connection refused, on this computer: the cluster is not started."""
    settings(client, "https://127.0.0.1:9")
    one = client.fails("platform", "kubectl", "kube-unreachable")
    assert "nothing listens there" in one["evidence"]["found"]
    assert "minikube start" in json.dumps(one["fixes"])


def test_a_token_that_is_not_accepted(client: Learner) -> None:
    """HTTP 401, and the token is in no report."""
    with api.cluster(api.State(status=401)) as server:
        settings(client, server, {"token": "expired-Tok3n"})
        seen = client.track("platform", "kubectl")
    assert (seen.code, seen.errors) == (1, ["kube-unauthorized"]), seen.out
    assert "expired-Tok3n" not in seen.out + seen.err


@pytest.mark.whole
def test_pods_may_not_be_made(client: Learner) -> None:
    """The cluster knows the learner, and the namespace is another's."""
    with api.cluster(api.State(creates=False)) as server:
        settings(client, server)
        one = client.fails("platform", "kubectl", "kube-may-not-create")
    assert "class-a" in one["summary"]


@pytest.mark.whole
def test_forbidden_questions_are_no_verdict(client: Learner) -> None:
    """403 for everything: the cluster answers, and what may be done is not known."""
    with api.cluster(api.State(status=403)) as server:
        settings(client, server)
        seen = client.track("platform", "kubectl")
    assert (seen.code, seen.report["verdict"], seen.errors) == (3, "undetermined", []), seen.out


@pytest.mark.whole
def test_a_cluster_that_is_not_ready(client: Learner) -> None:
    """readyz says which part failed."""
    with api.cluster(api.State(ready=False)) as server:
        settings(client, server)
        assert "etcd" in client.fails("platform", "kubectl", "kube-not-ready")["evidence"]["found"]


@pytest.mark.whole
def test_something_else_at_the_address(client: Learner) -> None:
    """A web page where the API should be."""
    with api.cluster(api.State(page=b"<html>Welcome</html>")) as server:
        settings(client, server)
        assert "no cluster" in client.fails("platform", "kubectl", "kube-unreachable")["summary"]


@pytest.mark.whole
def test_nobody_is_asked_for_a_name(client: Learner, certificates: dict[str, Path]) -> None:
    """Settings without credentials: kubectl would wait for a user name."""
    with api.cluster(api.State(status=401), certificates["good"]) as server:
        settings(client, server, {}, **{"certificate-authority": str(certificates["ca"])})
        one = client.fails("platform", "kubectl", "kube-no-credentials")
    assert "waits for somebody to type" in one["note"]


@pytest.mark.whole
@pytest.mark.parametrize(
    ("version", "codes"), [("v1.34.9", []), ("v1.36.0", []), ("v1.28.3", ["kube-version-skew"])]
)
def test_versions_that_are_far_apart(client: Learner, version: str, codes: list[str]) -> None:
    """More than one minor version is a warning, and the machine is ready all the same."""
    with api.cluster(api.State(version=version)) as server:
        settings(client, server)
        seen = client.track("platform", "kubectl")
    assert (seen.code, seen.warnings, seen.errors) == (0, codes, [])


@pytest.mark.whole
def test_the_clusters_certificate_has_ended(client: Learner, certificates: dict[str, Path]) -> None:
    """Named as that, with the clock as the other way to come to it left out."""
    with api.cluster(api.State(), certificates["ended"]) as server:
        authority = base64.b64encode(certificates["ca"].read_bytes()).decode()
        settings(client, server, **{"certificate-authority-data": authority})
        assert "has ended" in client.fails("platform", "kubectl", "kube-certificate")["summary"]


@pytest.mark.whole
def test_a_certificate_that_the_settings_do_not_trust(
    client: Learner, certificates: dict[str, Path]
) -> None:
    """The cluster was made anew: another authority vouches for it."""
    with api.cluster(api.State(), certificates["good"]) as server:
        settings(client, server)
        assert (
            "not the one that your settings trust"
            in client.fails("platform", "kubectl", "kube-certificate")["summary"]
        )


@pytest.mark.whole
def test_the_learners_own_certificate_has_ended(
    client: Learner, certificates: dict[str, Path]
) -> None:
    """HTTP 401 with a certificate of one's own that has ended: that is why, and the day is said."""
    data = {
        name: base64.b64encode(path.read_bytes()).decode() for name, path in certificates.items()
    }
    key = base64.b64encode((certificates["ca"].parent / "key.pem").read_bytes()).decode()
    with api.cluster(api.State(status=401), certificates["good"]) as server:
        settings(
            client,
            server,
            {"client-certificate-data": data["ended"], "client-key-data": key},
            **{"certificate-authority-data": data["ca"]},
        )
        one = client.fails("platform", "kubectl", "kube-certificate")
    assert "your own certificate" in one["summary"]
    assert key[:40] not in json.dumps(one)


@pytest.mark.whole
def test_a_variable_that_names_no_file(client: Learner) -> None:
    """KUBECONFIG names a missing file while the usual one is there: --fix without the variable
    makes it green.
    """
    with api.cluster(api.State()) as server:
        settings(client, server)
        client.variables["KUBECONFIG"] = "gone.yaml"
        one = client.fails("platform", "kubectl", "kube-config-missing")
        assert automatic(one)
        client.mended("platform", "kubectl", "kube-config-missing")


@pytest.mark.whole
def test_settings_relative_to_the_folder(client: Learner) -> None:
    """A KUBECONFIG without a folder is looked for where the learner is."""
    with api.cluster(api.State()) as server:
        settings(client, server).rename(client.work / "course.yaml")
        client.variables["KUBECONFIG"] = "course.yaml"
        assert "you may create pods" in client.works("platform", "kubectl")


def test_settings_that_cannot_be_read(client: Learner) -> None:
    """The file is named, and nothing of what stands in it is shown."""
    client.write("home/.kube/config", "clusters:\n  - name: [se-cret\nusers: }\n")
    one = client.fails("platform", "kubectl", "kube-config-broken")
    assert "se-cret" not in json.dumps(one)


@pytest.mark.whole
def test_no_context_is_chosen(client: Learner) -> None:
    """Clusters are there and none is in use: the line that chooses one is given."""
    settings(client, "https://127.0.0.1:9")
    file = client.home / ".kube" / "config"
    file.write_text(json.dumps({**json.loads(file.read_text()), "current-context": ""}))
    assert "kubectl config use-context here" in json.dumps(
        client.fails("platform", "kubectl", "kube-no-context")
    )


@pytest.mark.whole
def test_a_login_helper_that_is_not_installed(client: Learner) -> None:
    """The cloud's own program logs in, and it is not there."""
    helper = {
        "exec": {
            "apiVersion": "client.authentication.k8s.io/v1",
            "command": "log-in-to-the-course",
            "interactiveMode": "Never",
        }
    }
    settings(client, "https://127.0.0.1:9", helper)
    assert (
        "log-in-to-the-course"
        in client.fails("platform", "kubectl", "kube-login-helper-missing")["summary"]
    )


def test_offline_no_other_computer_is_asked(client: Learner) -> None:
    """--offline: a cluster elsewhere is a skip that says so."""
    settings(client, "https://cluster.example.org")
    seen = client.track("platform", "kubectl", "--offline")
    assert seen.errors == []
    assert "--offline" in seen.out


@pytest.mark.whole
def test_the_summaries_claim_no_cluster(client: Learner) -> None:
    """What is proved is that an API answers: no word says that a cluster was tested."""
    with api.cluster(api.State()) as server:
        settings(client, server)
        assert "tested" not in summary(client.track("platform", "kubectl"), "kubectl")
