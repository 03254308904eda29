"""The files in deploy/: kustomize's own program builds the Job, the API's schemas take it, and its
container is run as it stands there, with the rights that it asks for; repo2docker's step as well.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.bootstrap.machine import KEPT, checkout
from tests.pace import wait_for
from tests.recipes import Recipe, python_of
from tests.stories.machine import SYSTEM_PATH, MakeMachine
from tests.stories.tracks.binaries import kubernetes
from tests.unit.engine.sending.strict_server import Class, serving

from envcheck.classroom.handed_in import Handed, read

DEPLOY = Path(__file__).parents[2] / "deploy"
PAGE = (Path(__file__).parents[2] / "docs" / "hubs.md").read_text(encoding="utf-8")
# A container: a root of its own with what the system has, the image's folders, and those of the pod.
CONTAINER = """
set -eu
root=$1 image=$2 python=$3 writable=$4; shift 4
mount -t tmpfs tmpfs "$root"
for name in bin sbin usr lib lib64 etc dev proc; do
    [ -e "/$name" ] || continue
    mkdir "$root/$name"
    mount --rbind "/$name" "$root/$name"
done
for name in tmp work course opt; do mkdir "$root/$name"; done
mount --bind "$image/course" "$root/course"
mount --bind "$image/opt" "$root/opt"
for name in tmp work; do mount -t tmpfs -o mode=1777 tmpfs "$root/$name"; done
for place in "${python%/bin/python}" "$(dirname "$(dirname "$(readlink -f "$python")")")"; do
    mkdir -p "$root$place"
    mount --rbind "$place" "$root$place"
done
if [ "$writable" = no ]; then
    mount -o remount,ro,bind "$root/course"
    mount -o remount,ro,bind "$root/opt"
    mount -o remount,ro "$root"
fi
exec chroot "$root" "$@"
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform != "linux" or os.geteuid() != 0, reason="only on Linux as root: namespaces"
    ),
]


def built(folder: Path) -> list[dict[str, Any]]:
    """What kustomize makes of a folder, each document held to the API's schemas."""
    kubectl = str(kubernetes() / "kubectl")
    text = subprocess.run(
        [kubectl, "kustomize", str(DEPLOY / "kubernetes" / "course")],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    file = folder / "built.yaml"
    file.write_text(text, encoding="utf-8")
    validate = python_of(
        Recipe("kubernetes-validate", ("kubernetes-validate==1.37.0",), maker="uv")
    )
    done = subprocess.run(
        [validate.with_name("kubernetes-validate"), "--strict", file],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [*yaml.safe_load_all(text)]


def expanded(text: str, variables: Mapping[str, str]) -> str:
    """`$(NAME)` as a kubelet fills it in; KeyError for one that there is not."""
    return re.sub(r"\$\((\w+)\)", lambda hit: variables[hit[1]], text)


def variables_of(
    container: Mapping[str, Any], values: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    made = {}
    for row in container["env"]:
        source = row.get("valueFrom", {})
        of = source.get("configMapKeyRef") or source.get("secretKeyRef")
        made[row["name"]] = values[of["name"]][of["key"]] if of else row["value"]
    return made


def in_container(
    image: Path, python: Path, words: Sequence[str], *, writable: bool = False
) -> subprocess.CompletedProcess[str]:
    root = image.parent / "root"
    root.mkdir(exist_ok=True)
    before = ["unshare", "--mount", "sh", "-c", CONTAINER, "sh"]
    return subprocess.run(
        [*before, root, image, python, "yes" if writable else "no", *words],
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


def as_the_pod(pod: Mapping[str, Any], container: Mapping[str, Any]) -> list[str]:
    """The words that give a program the rights of the pod's security contexts, and no others."""
    own, whole = container["securityContext"], pod["securityContext"]
    assert own["readOnlyRootFilesystem"] and not own["allowPrivilegeEscalation"]
    assert own["capabilities"] == {"drop": ["ALL"]} and whole["runAsNonRoot"]
    assert pod["automountServiceAccountToken"] is False
    user, group = str(whole["runAsUser"]), str(whole["runAsGroup"])
    return [
        "setpriv",
        "--reuid",
        user,
        "--regid",
        group,
        "--clear-groups",
        "--no-new-privs",
        "--bounding-set=-all",
    ]


def test_the_job(healthy: Path, tmp_path: Path) -> None:
    """Its report arrives in the class, from a root that cannot be written to, by a user who is nobody;
    without pandas in the image it ends with 1.
    """
    values, job = built(tmp_path)
    pod = job["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    image = tmp_path / "image"
    (image / "opt").mkdir(parents=True)
    checkout(image / "course")
    (line,) = re.findall(r"(?m)^RUN (.*)$", PAGE)
    path = f"{healthy.parent}:{SYSTEM_PATH}"
    kept = [f"{name}={os.environ[name]}" for name in KEPT if name in os.environ]
    (cache,) = re.findall(r"(?m)^ENV (ENVCHECK_CACHE=.*)$", PAGE)
    env = ["env", "-i", "-C", "/course", f"PATH={path}", "LANG=C.UTF-8", "HOME=/tmp", *kept, cache]
    done = in_container(image, healthy, [*env, "sh", "-c", line], writable=True)
    assert done.returncode == 0, done.stdout + done.stderr
    with serving(Class()) as of:
        secret = {"link": of.link}
        known = {values["metadata"]["name"]: values["data"], "envcheck-class": secret}
        own = variables_of(container, known)
        env = ["env", "-i", "-C", container["workingDir"], f"PATH={path}", "LANG=C.UTF-8"]
        env += [f"{name}={value}" for name, value in own.items()]
        words = [expanded(word, own) for word in (*container["command"], *container["args"])]
        done = in_container(image, healthy, [*as_the_pod(pod, container), *env, *words])
    assert done.returncode == 0, done.stdout + done.stderr
    (body,) = [body for _, body in of.reports]
    report = read("it", body)
    assert isinstance(report, Handed) and report.alias == values["data"]["alias"]
    assert report.document["verdict"] == "ready" and report.document["selection"]["complete"]
    codes = [one["code"] for one in report.document["diagnoses"]]
    assert "matplotlib-folder-unwritable" not in codes, "the image's own settings are in the way"
    assert of.link.rpartition("/")[2] not in done.stdout + done.stderr
    shutil.rmtree(image)


@pytest.mark.whole
def test_repo2docker(make_machine: MakeMachine) -> None:
    """The build goes on where the chapter can be done, and ends with the cause where it cannot."""
    machine = make_machine()
    course = checkout(machine.root / "course").parent
    shutil.copy(DEPLOY / "repo2docker" / "postBuild", course / "postBuild")
    temporary = machine.root / "temporary"
    temporary.mkdir()

    def build() -> subprocess.CompletedProcess[str]:
        """As repo2docker does: the file is made executable and started in the repository."""
        return subprocess.run(
            ["./postBuild"],
            cwd=course,
            env={**machine.environ, "TMPDIR": str(temporary)},
            capture_output=True,
            text=True,
            timeout=400,
            check=False,
        )

    script = (DEPLOY / "repo2docker" / "postBuild").read_text(encoding="utf-8")
    (line,) = re.findall(r"(?m)^ENVCHECK_CACHE=\$.*$", PAGE)
    assert line.replace("$(mktemp -d)", "$kept") in script
    done = build()
    assert done.returncode == 0, done.stdout + done.stderr
    machine.remove("@site/seaborn")
    machine.remove("@site/pandas")
    done = build()
    assert done.returncode == 1
    assert "pandas" in done.stdout and "Not ready for chapter 2" in done.stdout
    wait_for("its folders go", 20, lambda: not [*temporary.iterdir()])
