"""kubectl: whether it reaches the learner's cluster, as whom, and whether pods may be made there.
Nothing is made.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from envcheck import Check, Diagnosis, Environment, Outcome, ok, skip, unknown, warn
from envcheck.fixes.advice import tell
from envcheck.path_lists import joined
from envcheck.processes.process import Finished
from envcheck.shape import ANY_OBJECT, read_object
from envcheck_checks.tools.framework.program import Program, find
from envcheck_checks.tools.framework.reach import is_local
from envcheck_checks.tools.framework.sandbox import Bench, bench, program_works
from envcheck_checks.tools.kubernetes import causes
from envcheck_checks.tools.kubernetes.codes import KUBE_VERSION_SKEW
from envcheck_checks.tools.kubernetes.config import Cluster, files, read

KUBECTL = Program(
    "kubectl",
    "kubectl",
    "speaks to a Kubernetes cluster",
    60,
    {
        "brew": "kubernetes-cli",
        "pacman": "kubectl",
        "winget": "Kubernetes.kubectl",
        "choco": "kubernetes-cli",
        "zypper": "kubernetes-client",
    },
    "https://kubernetes.io/docs/tasks/tools/",
)
# Two forms of one line of its log, in which the answer's number stands: `status="401
# Unauthorized"`, `401 Unauthorized in 3 milliseconds`.
STATUS = re.compile(r'status="(\d{3})\b|\s(\d{3}) [A-Z][\w ]* in \d+ milliseconds')
SKEW = 1


def examine(env: Environment) -> Outcome:
    table = bench(env, "kubectl", KUBECTL.title, 45)
    # Names in KUBECONFIG count from the learner's folder, and we work in another one; what kubectl
    # keeps stays in ours.
    kept = {
        "KUBECONFIG": joined(files(env.variables, env.folder)),
        "KUBECACHEDIR": str(table.folder / "cache"),
    }
    table = replace(table, variables={**table.variables, **kept})
    kubectl = find(env, "kubectl")
    cluster = read(table, kubectl)
    if isinstance(cluster, Diagnosis):
        return cluster
    host = urlsplit(cluster.server).hostname or ""
    if env.options.offline and not is_local(host):
        return skip("not asked: --offline, and the cluster is on another computer")
    if cause := causes.diagnose_settings(env, cluster):
        return cause
    if cluster.helper:  # it logs in with what lies in the learner's home
        table = replace(table, variables=kept)
    version = get(table, kubectl, "/version")
    if cause := causes.diagnose_answer(cluster, status(version), version):
        return cause
    return judge(table, kubectl, cluster, version)


def judge(table: Bench, kubectl: str, cluster: Cluster, version: Finished) -> Outcome:
    """The cluster answers: its versions, whether it is ready, and what may be done there."""
    server = _number(version.stdout, ())
    if not server and status(version) == 200:
        return causes.no_cluster_there(cluster)
    ready = get(table, kubectl, "/readyz")
    if status(ready) in (500, 503):
        return causes.not_ready(cluster, ready.stdout + ready.stderr)
    may = table.do(*_asking(table, kubectl), "auth", "can-i", "create", "pods")
    answer = may.stdout.strip().splitlines()[-1:] or [""]
    if answer[0].startswith("no"):
        return causes.may_not_create(cluster)
    if answer[0] != "yes":
        return unknown(
            f"the cluster answers, and does not say whether you may create pods: {may.last_words}"
        )
    client = _number(
        table.do(kubectl, "version", "--client", "-o", "json").stdout, ("clientVersion",)
    )
    words = f"{client}, the API answers (Kubernetes {server or 'of an unknown version'}), and you may create pods in the namespace {cluster.namespace}"
    skew = apart(client, server)
    return ok(words, skew) if skew else ok(words)


def get(table: Bench, kubectl: str, path: str) -> Finished:
    """How kubectl ended, asked for a path of the cluster's API; the log (-v=6) tells the number of
    the HTTP answer.
    """
    return table.do(*_asking(table, kubectl), "-v=6", "get", "--raw", path)


def _asking(table: Bench, kubectl: str) -> tuple[str, ...]:
    """Its cache goes where ours goes."""
    return (kubectl, "--cache-dir", str(table.folder / "cache"), "--request-timeout", "8s")


def status(done: Finished) -> int:
    """The number of the last answer over HTTP; 0 when there was none."""
    if done.ok:
        return 200
    numbers = STATUS.findall(done.stderr)
    return int("".join(numbers[-1])) if numbers else 0


def _number(text: str, path: tuple[str, ...]) -> str:
    value: Any = read_object(text, ANY_OBJECT)
    for name in (*path, "gitVersion"):
        value = value.get(name) if isinstance(value, dict) else None
    return value.removeprefix("v") if isinstance(value, str) else ""


def apart(client: str, server: str) -> Diagnosis | None:
    """kubectl is made for servers one minor version older or newer. A dispatcher chooses its client
    by the server.
    """
    mine, theirs = (re.match(r"(\d+)\.(\d+)", version) for version in (client, server))
    if not mine or not theirs or "dispatcher" in client:
        return None
    if mine[1] == theirs[1] and abs(int(mine[2]) - int(theirs[2])) <= SKEW:
        return None
    return warn(
        KUBE_VERSION_SKEW,
        "kubectl and the cluster are more than one version apart: some commands will fail in odd ways",
        tell(
            "take the kubectl of the cluster's version",
            f"Install kubectl {theirs[1]}.{theirs[2]} from {KUBECTL.page}, then open a new terminal.",
        ),
        found=f"kubectl {client}, cluster {server}",
        wanted=f"kubectl {theirs[1]}.{max(int(theirs[2]) - SKEW, 0)} to {theirs[1]}.{int(theirs[2]) + SKEW}",
        looked_in="kubectl version",
    )


def kubectl() -> Check:
    """The cluster of the learner's settings answers, and says that pods may be made."""
    return program_works(
        "kubectl",
        KUBECTL.title,
        (KUBECTL,),
        examine,
        proves="the cluster that your settings name answers, says its version and that it is ready, and that you may create pods; none is created",
        codes=causes.CODES,
        timeout=50.0,
        where="It is asked with your own settings, as you would ask, and nothing of them is changed.",
        seconds=2.0,
    )
