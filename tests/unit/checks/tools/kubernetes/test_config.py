"""What kubectl's settings say: a cluster, none chosen, none at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.checks.tools.scripted import finished, scripted

from envcheck import Diagnosis
from envcheck.testing import described
from envcheck_checks.tools.kubernetes.codes import (
    KUBE_CONFIG_BROKEN,
    KUBE_CONFIG_MISSING,
    KUBE_NO_CLUSTER,
    KUBE_NO_CONTEXT,
)
from envcheck_checks.tools.kubernetes.config import Cluster, no_cluster, read

SETTINGS: dict[str, Any] = {
    "clusters": [{"name": "course", "cluster": {"server": "https://c:6443"}}],
    "contexts": [{"name": "mine", "context": {"cluster": "course", "user": "me"}}],
    "users": [{"name": "me", "user": {"exec": {"command": "cloud-login"}}}],
    "current-context": "mine",
}


def reading(folder: Path, stdout: str, stderr: str = "") -> Cluster | Diagnosis:
    """What becomes of these words of kubectl's."""
    return read(scripted(folder, kubectl=finished(stdout=stdout, stderr=stderr)), "kubectl")


def test_the_cluster_of_the_current_context(tmp_path: Path) -> None:
    """Its address, the program that logs in, and the namespace that is usual."""
    cluster = reading(tmp_path, json.dumps(SETTINGS))
    assert isinstance(cluster, Cluster)
    assert (cluster.server, cluster.helper, cluster.namespace) == (
        "https://c:6443",
        "cloud-login",
        "default",
    )
    assert cluster.verified
    assert not cluster.nameless


@pytest.mark.parametrize(
    ("context", "summary"),
    [
        ("", "kubectl knows clusters, and none is chosen"),
        ("old", "kubectl's context `old` leads to no cluster"),
    ],
)
def test_a_context_that_leads_nowhere(tmp_path: Path, context: str, summary: str) -> None:
    """The one that would do is named in the command."""
    diagnosis = reading(tmp_path, json.dumps({**SETTINGS, "current-context": context}))
    assert isinstance(diagnosis, Diagnosis)
    assert (diagnosis.code, diagnosis.summary) == (KUBE_NO_CONTEXT, summary)
    assert "kubectl config use-context mine" in str(diagnosis.fixes[0])


def test_settings_that_cannot_be_read_are_not_quoted(tmp_path: Path) -> None:
    """Secrets stand in them: only the line's number is kept."""
    diagnosis = reading(tmp_path, "", "error parsing: yaml: line 7: token: hunter2")
    assert isinstance(diagnosis, Diagnosis)
    assert diagnosis.code == KUBE_CONFIG_BROKEN
    assert diagnosis.evidence.found == "no valid YAML, in line 7"
    assert "hunter2" not in str(diagnosis)


def test_a_variable_that_names_no_file(tmp_path: Path) -> None:
    """With the usual file in place the variable is taken away; without, another file is
    asked for.
    """
    variables = {"KUBECONFIG": "gone", "HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    env = described(folder=tmp_path, variables=variables)
    diagnosis = no_cluster(env, [tmp_path / "gone"])
    assert diagnosis.code == KUBE_CONFIG_MISSING
    assert diagnosis.evidence.wanted == "a kubeconfig file"
    (tmp_path / ".kube").mkdir()
    (tmp_path / ".kube" / "config").touch()
    again = no_cluster(env, [tmp_path / "gone"])
    assert again.evidence.wanted.endswith("which is there")
    assert again.fixes != diagnosis.fixes


def test_no_cluster_at_all(tmp_path: Path) -> None:
    """No variable and no settings: kubectl would try localhost:8080."""
    diagnosis = no_cluster(described(folder=tmp_path), [tmp_path / ".kube" / "config"])
    assert diagnosis.code == KUBE_NO_CLUSTER
    assert "localhost:8080" in diagnosis.note
