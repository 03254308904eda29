"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code, Severity

KUBE_CERTIFICATE = Code(
    "kube-certificate", "A certificate of the cluster, or yours, is not accepted", "kubectl"
)
KUBE_CONFIG_BROKEN = Code("kube-config-broken", "kubectl cannot read its settings", "kubectl")
KUBE_CONFIG_MISSING = Code(
    "kube-config-missing", "KUBECONFIG names a file that does not exist", "kubectl", automatic=True
)
KUBE_LOGIN_HELPER_MISSING = Code(
    "kube-login-helper-missing",
    "The program that logs you in to the cluster is not installed",
    "kubectl",
)
KUBE_MAY_NOT_CREATE = Code(
    "kube-may-not-create", "You may not create pods in this namespace", "kubectl"
)
KUBE_NO_CLUSTER = Code("kube-no-cluster", "No cluster is configured", "kubectl")
KUBE_NO_CONTEXT = Code("kube-no-context", "No cluster is chosen", "kubectl")
KUBE_NO_CREDENTIALS = Code(
    "kube-no-credentials", "kubectl's settings do not say who you are", "kubectl"
)
KUBE_NOT_READY = Code("kube-not-ready", "The cluster says that it is not ready", "kubectl")
KUBE_UNAUTHORIZED = Code("kube-unauthorized", "The cluster does not know you", "kubectl")
KUBE_UNREACHABLE = Code("kube-unreachable", "Nothing answers at the cluster's address", "kubectl")
KUBE_VERSION_SKEW = Code(
    "kube-version-skew",
    "kubectl and the cluster are far apart in version",
    "kubectl",
    severity=Severity.WARNING,
)
