"""Why kubectl and a cluster do not come together: from the settings, the number of the HTTP answer,
and a connection of our own.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from envcheck import Diagnosis, Environment, fail
from envcheck.fixes.advice import tell, typed
from envcheck.processes.process import Finished
from envcheck_checks.tools.framework.program import find
from envcheck_checks.tools.framework.reach import Reach, distrusted, is_local, reach
from envcheck_checks.tools.kubernetes.codes import (
    KUBE_CERTIFICATE,
    KUBE_CONFIG_BROKEN,
    KUBE_CONFIG_MISSING,
    KUBE_LOGIN_HELPER_MISSING,
    KUBE_MAY_NOT_CREATE,
    KUBE_NO_CLUSTER,
    KUBE_NO_CONTEXT,
    KUBE_NO_CREDENTIALS,
    KUBE_NOT_READY,
    KUBE_UNAUTHORIZED,
    KUBE_UNREACHABLE,
    KUBE_VERSION_SKEW,
)
from envcheck_checks.tools.kubernetes.config import Cluster

CODES: dict[str, str] = {
    KUBE_CONFIG_MISSING: "KUBECONFIG names a file that is not there",
    KUBE_CONFIG_BROKEN: "its settings cannot be read",
    KUBE_NO_CLUSTER: "no cluster is configured; kubectl then speaks of localhost:8080",
    KUBE_NO_CONTEXT: "clusters are configured, and none is chosen",
    KUBE_NO_CREDENTIALS: "the settings say nothing of who you are: kubectl asks for a name and waits",
    KUBE_LOGIN_HELPER_MISSING: "the program that logs you in is not installed",
    KUBE_UNREACHABLE: "nothing answers at the cluster's address",
    KUBE_CERTIFICATE: "the cluster's certificate, or yours, is not accepted or has ended",
    KUBE_UNAUTHORIZED: "the cluster does not know you",
    KUBE_NOT_READY: "the cluster answers that it is not ready",
    KUBE_MAY_NOT_CREATE: "you may not create pods in this namespace",
    KUBE_VERSION_SKEW: "a warning: kubectl and the cluster are more than one version apart",
}
NEW_FILE = tell(
    "get new settings",
    "Fetch the kubeconfig file again from where you have it: your teacher, or your cloud's `get-credentials` command.",
)
START_CLUSTER = tell(
    "start the cluster",
    typed("minikube start", "Where minikube made it:"),
    typed("docker start kind-control-plane", "Where kind made it:"),
    "In Docker Desktop, switch Kubernetes on in its settings.",
)
REACH_CLUSTER = tell(
    "reach the cluster",
    "Clusters of companies and universities often need their VPN. If it is gone for good, ask for a new kubeconfig file.",
)
# By OpenSSL's number (X509_V_ERR_...): why a certificate is not accepted.
CERTIFICATE_ERRORS = {
    9: "is not valid yet: look at this computer's clock",
    10: "has ended",
}


def diagnose_settings(env: Environment, cluster: Cluster) -> Diagnosis | None:
    """What the settings alone tell: kubectl is not asked, for it would wait for somebody
    to type.
    """
    bare = "/" not in cluster.helper and "\\" not in cluster.helper
    if cluster.helper and bare and not find(env, cluster.helper):
        return fail(
            KUBE_LOGIN_HELPER_MISSING,
            f"kubectl logs in to this cluster through the program `{cluster.helper}`, which is not installed",
            tell(
                f"install {cluster.helper}",
                f"Install `{cluster.helper}`; your cloud's page on kubectl says how. Then open a new terminal.",
            ),
            wanted=cluster.helper,
            looked_in="PATH",
        )
    if cluster.nameless and cluster.server.startswith("https:"):
        return fail(
            KUBE_NO_CREDENTIALS,
            "kubectl's settings name a cluster, and nothing by which it would know you",
            NEW_FILE,
            found="no certificate, token or login helper",
            wanted="a user with credentials",
            looked_in=cluster.server,
            note="kubectl then asks for a user name and waits for somebody to type one",
        )
    return None


def diagnose_answer(cluster: Cluster, status: int, kubectl: Finished) -> Diagnosis | None:
    """Why the first request got no answer; None when the cluster answered it, or refused that one
    request only.

    `status` is the number of the HTTP answer, 0 where there was none; `kubectl` is the command that
    asked.
    """
    if status in (200, 403):
        return None
    if status == 401:
        if cluster.expired:
            return certificate(
                "your own certificate for this cluster has ended",
                f"it ended on {cluster.expired}",
                cluster,
            )
        return fail(
            KUBE_UNAUTHORIZED,
            "the cluster answers, and does not know you: your token or certificate is not accepted",
            NEW_FILE,
            found="HTTP 401",
            wanted="credentials that it accepts",
            looked_in=cluster.server,
        )
    if status in (500, 502, 503, 504):
        return not_ready(cluster, f"HTTP {status}")
    return no_cluster_there(cluster) if status else unreachable(cluster, kubectl)


def unreachable(cluster: Cluster, kubectl: Finished) -> Diagnosis:
    """kubectl got no answer from the server: its certificate, or nothing that answers at its
    address.
    """
    state = Reach.UNKNOWN if cluster.proxied else reach(cluster.server)
    if cluster.server.startswith("https:") and state is Reach.ANSWERS and cluster.verified:
        number = distrusted(cluster.server, cluster.authority)
        if number:
            reason = CERTIFICATE_ERRORS.get(number, "is not the one that your settings trust")
            return certificate(
                f"the cluster's certificate {reason}", f"OpenSSL's error {number}", cluster
            )
    local = is_local(urlsplit(cluster.server).hostname or "")
    unclear = state in (Reach.ANSWERS, Reach.UNKNOWN)
    return fail(
        KUBE_UNREACHABLE,
        "no cluster answers at the address of your settings"
        + (", which is on this computer" if local else ""),
        START_CLUSTER if local else REACH_CLUSTER,
        found=f"{state.value}\n{_plain(kubectl)}" if unclear else state.value,
        wanted="a cluster that answers",
        looked_in=cluster.server,
    )


def _plain(kubectl: Finished) -> str:
    """kubectl's words without its log."""
    return "\n".join(
        line for line in kubectl.last_words.splitlines() if not re.match(r"[IWE]\d{4} ", line)
    )


def certificate(what: str, reason: str, cluster: Cluster) -> Diagnosis:
    """A certificate is not accepted: `what` says whose, `reason` why."""
    return fail(
        KUBE_CERTIFICATE,
        what,
        NEW_FILE,
        found=reason,
        wanted="a certificate that is accepted",
        looked_in=cluster.server,
    )


def no_cluster_there(cluster: Cluster) -> Diagnosis:
    """Something answers at the address, with what Kubernetes does not say."""
    return fail(
        KUBE_UNREACHABLE,
        "something answers at the address of your settings, and it is no cluster",
        NEW_FILE,
        found="an answer that Kubernetes does not give",
        wanted="a cluster that answers",
        looked_in=cluster.server,
    )


def not_ready(cluster: Cluster, answer: str) -> Diagnosis:
    """The cluster answers that it is not ready, with the parts that its answer names as failed."""
    parts = dict.fromkeys(re.findall(r"\[-\](\S+) failed", answer))
    return fail(
        KUBE_NOT_READY,
        "the cluster answers, and says that it is not ready",
        tell(
            "wait, then look again",
            "A cluster needs some minutes after its start. If it stays so, tell whoever runs it.",
        ),
        found=", ".join(parts) or answer.strip()[-300:],
        wanted="ready",
        looked_in=f"{cluster.server}/readyz",
    )


def may_not_create(cluster: Cluster) -> Diagnosis:
    """The cluster knows the learner, who may not create pods in this namespace."""
    return fail(
        KUBE_MAY_NOT_CREATE,
        f"the cluster knows you, and you may not create pods in the namespace {cluster.namespace}",
        tell(
            "use your own namespace",
            typed(
                "kubectl config set-context --current --namespace NAME",
                "Ask which namespace is yours, then type this with its name:",
            ),
        ),
        found=f"no, in the namespace {cluster.namespace}",
        wanted="yes",
        looked_in="kubectl auth can-i create pods",
    )
