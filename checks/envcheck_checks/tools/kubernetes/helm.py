"""Helm: a chart is created, checked, filled in and packed, without a network and
without a cluster.
"""

from __future__ import annotations

import re
from dataclasses import replace

from envcheck import Check, Environment, Outcome, ok
from envcheck_checks.tools.framework.banner import version_said
from envcheck_checks.tools.framework.codes import PROGRAM_TOO_OLD
from envcheck_checks.tools.framework.parts import too_old
from envcheck_checks.tools.framework.program import Program, find
from envcheck_checks.tools.framework.sandbox import bench, program_works

HELM = Program(
    "Helm",
    "helm",
    "fills in and installs charts, the packages of Kubernetes",
    63,
    {
        "brew": "helm",
        "pacman": "helm",
        "dnf": "helm",
        "winget": "Helm.Helm",
        "choco": "kubernetes-helm",
        "zypper": "helm",
    },
    "https://helm.sh/docs/intro/install/",
)
OLDEST = "3.0"
OBJECTS, SUM = 10, 385
# Ten objects of our own, beside those that Helm puts into every new chart: how many those are
# differs from version to version.
SQUARES = """\
{{- range untilStep 1 11 1 }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ $.Release.Name }}-square-{{ . }}
data:
  square: "{{ mul . . }}"
{{- end }}
"""
# The learner's own repositories and plug-ins stay out of it.
OURS = (
    *(
        "HELM_CACHE_HOME",
        "HELM_CONFIG_HOME",
        "HELM_DATA_HOME",
        "HELM_REPOSITORY_CONFIG",
        "HELM_REPOSITORY_CACHE",
        "HELM_REGISTRY_CONFIG",
    ),
    *("HELM_PLUGINS", "HELM_KUBECONTEXT", "HELM_NAMESPACE", "HELM_DEBUG", "KUBECONFIG"),
)


def examine(env: Environment) -> Outcome:
    table = bench(env, "helm", HELM.title, 40)
    table = replace(table, variables={**table.variables, **dict.fromkeys(OURS)})
    helm = find(env, "helm")
    version = version_said("helm", table.do(helm, "version", "--short").stdout)
    done = table.do(helm, "create", "course")
    if trouble := table.trouble(done):
        return too_old(env, HELM, version, OLDEST) or trouble
    table.write({"course/templates/squares.yaml": SQUARES})
    done = table.in_order(
        [(helm, "lint", "course"), (helm, "package", "course"), (helm, "template", "try", "course")]
    )
    if trouble := table.trouble(done):
        return too_old(env, HELM, version, OLDEST) or trouble
    packed = next(iter(table.folder.glob("course-*.tgz")), None)
    again = table.do(helm, "template", "try", packed.name) if packed else done
    if trouble := table.trouble(again):
        return trouble
    counts = [squares(result.stdout) for result in (done, again)]
    if packed is None or counts != [(OBJECTS, SUM)] * 2:
        return table.wrong_answer(
            f"objects and their sum: {counts}",
            f"{OBJECTS} objects whose squares add up to {SUM}, before and after packing",
        )
    every = len(re.findall(r"^kind: ", again.stdout, re.MULTILINE))
    return ok(
        f"{version}, a chart was created, checked and packed, and gives {every} objects; {OBJECTS} of them add up to {SUM}"
    )


def squares(text: str) -> tuple[int, int]:
    """How many of our objects are in the filled-in text, and the sum of their numbers."""
    numbers = [int(digits) for digits in re.findall(r'^  square: "(\d+)"', text, re.MULTILINE)]
    return len(numbers), sum(numbers)


def helm() -> Check:
    """A chart goes through create, lint, template and package, offline, and its objects are
    counted.
    """
    return program_works(
        "helm",
        HELM.title,
        (HELM,),
        examine,
        proves="a new chart is checked, filled in and packed without a network, and the objects that come out are counted and added up",
        codes={PROGRAM_TOO_OLD: "it is older than Helm 3"},
        timeout=45.0,
        seconds=1.0,
    )
