"""What kubectl is told by its settings: which cluster, as whom, in which namespace. No key and no
token is ever read.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from envcheck import Diagnosis, Environment, fail, foreign_file
from envcheck.fixes.advice import tell, typed
from envcheck.path_lists import parts
from envcheck.shape import read_object
from envcheck_checks.interference.variables import unset
from envcheck_checks.tools.framework.sandbox import Bench
from envcheck_checks.tools.kubernetes.codes import (
    KUBE_CONFIG_BROKEN,
    KUBE_CONFIG_MISSING,
    KUBE_NO_CLUSTER,
    KUBE_NO_CONTEXT,
)

UTC_TIME = re.compile(rb"\x17\x0d(\d{12})Z|\x18\x0f(\d{14})Z")


@dataclass(frozen=True)
class Cluster:
    """`nameless`: no credentials of any kind are named for it. `helper` is the program that logs
    in, `authority` the certificate of who vouches for the server, `expired` the day on which the
    learner's own certificate ended.
    """

    server: str
    namespace: str = "default"
    nameless: bool = False
    helper: str = ""
    authority: str = ""
    verified: bool = True
    proxied: bool = False
    expired: str = ""


# What is read of `kubectl config view`
NAMED: Mapping[str, Mapping[str, Any]] = {
    "cluster": {"server?": str, "certificate-authority?": str},
    "context": {"cluster?": str, "user?": str, "namespace?": str},
    "user": {"exec?": {"command?": str}},
}
SETTINGS: Mapping[str, Any] = {
    "current-context?": str,
    **{f"{kind}s?": [{"name": str, f"{kind}?": shape}] for kind, shape in NAMED.items()},
}


def files(variables: Mapping[str, str], folder: Path) -> list[Path]:
    """The files that kubectl reads when it is started in this folder."""
    named = parts(variables, "KUBECONFIG")
    # kubectl asks the variables alone, never the list of users (client-go's homedir.HomeDir).
    home = variables.get("HOME") or variables.get("USERPROFILE") or "."
    return [folder / part for part in named] or [Path(home, ".kube", "config")]


def read(table: Bench, kubectl: str) -> Cluster | Diagnosis:
    """The cluster that kubectl would speak to, or why there is none."""
    places = files(table.env.variables, table.env.folder)
    done = table.do(kubectl, "config", "view", "-o", "json")
    settings = read_object(done.stdout, SETTINGS)
    if settings is None:
        return broken(places, done.stderr)
    if settings.get("clusters"):
        return _current(table, kubectl, settings)
    pod = table.env.variables.get("KUBERNETES_SERVICE_HOST")
    if pod and os.path.exists("/var/run/secrets/kubernetes.io/serviceaccount/token"):
        return Cluster(f"https://{pod}:{table.env.variables.get('KUBERNETES_SERVICE_PORT', '443')}")
    return no_cluster(table.env, places)


def _current(table: Bench, kubectl: str, settings: Mapping[str, Any]) -> Cluster | Diagnosis:
    """The cluster of the current context, or the diagnosis that there is no such context or
    cluster.
    """

    def by_name(kind: str) -> dict[str, Any]:
        return {entry["name"]: entry.get(kind) or {} for entry in settings.get(f"{kind}s") or ()}

    contexts, clusters, users = by_name("context"), by_name("cluster"), by_name("user")
    current = str(settings.get("current-context") or "")
    chosen = contexts.get(current, {})
    if chosen.get("cluster") not in clusters:
        usable = [name for name in contexts if contexts[name].get("cluster") in clusters]
        return undecided(table, current, usable)
    cluster, user = clusters[chosen["cluster"]], users.get(chosen.get("user", ""), {})
    return Cluster(
        server=str(cluster.get("server") or ""),
        namespace=str(chosen.get("namespace") or "default"),
        nameless=not user,
        helper=str((user.get("exec") or {}).get("command") or ""),
        authority=_authority(table, kubectl, cluster),
        verified=not cluster.get("insecure-skip-tls-verify"),
        proxied=bool(
            cluster.get("proxy-url") or {"HTTPS_PROXY", "https_proxy"} & set(table.env.variables)
        ),
        expired=_expired(table, kubectl, user),
    )


def _authority(table: Bench, kubectl: str, cluster: Mapping[str, Any]) -> str:
    """The certificate of who vouches for the server, as PEM text: nothing secret."""
    if named := cluster.get("certificate-authority"):
        return _content(Path(named)).decode("ascii", "replace")
    return _decoded(table, kubectl, "{.clusters[0].cluster.certificate-authority-data}").decode(
        "ascii", "replace"
    )


def _expired(table: Bench, kubectl: str, user: Mapping[str, Any]) -> str:
    """The day on which the learner's own certificate ended, when that is past."""
    named = user.get("client-certificate")
    if not named and "client-certificate-data" not in user:
        return ""
    pem = (
        _content(Path(named))
        if named
        else _decoded(table, kubectl, "{.users[0].user.client-certificate-data}")
    )
    last = ends(pem)
    return f"{last:%Y-%m-%d}" if last and last < datetime.now(timezone.utc) else ""


def _decoded(table: Bench, kubectl: str, path: str) -> bytes:
    """One public field of the settings as they are; `path` never names a key."""
    done = table.do(kubectl, "config", "view", "--raw", "--minify", "-o", f"jsonpath={path}")
    try:
        return base64.b64decode(done.stdout, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _content(path: Path) -> bytes:
    try:
        return foreign_file.content(path)
    except OSError:
        return b""


def ends(pem: bytes) -> datetime | None:
    """The end of a certificate's validity: the second of the first two times in it."""
    body = re.search(rb"-----BEGIN CERTIFICATE-----(.+?)-----END", pem, re.DOTALL)
    try:
        times = UTC_TIME.findall(base64.b64decode(body.group(1))) if body else []
    except (binascii.Error, ValueError):
        return None
    if len(times) < 2:
        return None
    short, long = (digits.decode() for digits in times[1])
    full = long or ("20" if short < "50" else "19") + short
    return datetime.strptime(full, "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)


def broken(places: Sequence[Path], output: str) -> Diagnosis:
    """kubectl's output may cite the file, which holds secrets: of it only the line number
    is kept.
    """
    line = re.search(r"line (\d+)", output)
    return fail(
        KUBE_CONFIG_BROKEN,
        "kubectl cannot read its settings",
        tell(
            "correct the file",
            "Fetch the file again from where you have it, or give it another name and let your teacher see it.",
        ),
        found=f"no valid YAML{f', in line {line.group(1)}' if line else ''}",
        wanted="a kubeconfig file",
        looked_in=", ".join(map(str, places)),
    )


def no_cluster(env: Environment, places: Sequence[Path]) -> Diagnosis:
    """No cluster is configured: kubectl then tries localhost:8080, where nothing ever listens."""
    if env.variables.get("KUBECONFIG") and not any(os.path.exists(place) for place in places):
        return config_missing(env, places)
    return fail(
        KUBE_NO_CLUSTER,
        "kubectl is installed, and no cluster is configured",
        tell(
            "get a cluster",
            "Ask your teacher for the kubeconfig file of the course's cluster.",
            typed("minikube start", "Or make a cluster of your own:"),
        ),
        found="no cluster",
        wanted="a kubeconfig file that names one",
        looked_in=", ".join(map(str, places)),
        note="kubectl says 'the connection to the server localhost:8080 was refused': that is where it looks when it knows no cluster",
    )


def config_missing(env: Environment, places: Sequence[Path]) -> Diagnosis:
    """KUBECONFIG names only files that do not exist; without it kubectl would read the
    usual one.
    """
    others = {name: value for name, value in env.variables.items() if name != "KUBECONFIG"}
    usual = files(others, env.folder)[0]
    there = os.path.exists(usual)
    name_another = tell(
        "name a file that exists",
        "Ask for your cluster's kubeconfig file, and name it in KUBECONFIG.",
    )
    return fail(
        KUBE_CONFIG_MISSING,
        "the variable KUBECONFIG names a file that does not exist, so kubectl knows no cluster",
        unset("KUBECONFIG") if there else name_another,
        found=f"KUBECONFIG={env.variables['KUBECONFIG']}",
        wanted=f"{usual}, which is there" if there else "a kubeconfig file",
        looked_in=", ".join(map(str, places)),
        note="kubectl then says that the connection to localhost:8080 was refused",
    )


def undecided(table: Bench, current: str, names: Sequence[str]) -> Diagnosis:
    """Clusters are configured, and the one in use is none of them."""
    which = ", ".join(names[:5])
    line = (
        typed(shlex.join(("kubectl", "config", "use-context", names[0])))
        if len(names) == 1
        else typed(
            "kubectl config use-context NAME", "Type this with the name of one:", f"Names: {which}"
        )
    )
    return fail(
        KUBE_NO_CONTEXT,
        f"kubectl's context `{current}` leads to no cluster"
        if current
        else "kubectl knows clusters, and none is chosen",
        tell(
            "choose a cluster",
            line if names else "Fetch the kubeconfig file again from where you have it.",
        ),
        found=f"current-context: {current or 'none'}",
        wanted=which or "a context with a cluster",
        looked_in=", ".join(map(str, files(table.env.variables, table.env.folder))),
    )
