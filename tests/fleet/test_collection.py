"""The collection in `ansible/`: its own tools have nothing to say about it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from tests.fleet.conftest import VERSION
from tests.fleet.controller import ROOT, TOOLS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="only on POSIX: Ansible's controller"),
]
# Those of `ansible-test sanity` that fetch nothing. docs/adr/0022 says when the others were run.
OFFLINE = (
    "action-plugin-docs",
    "empty-init",
    "ignores",
    "line-endings",
    "no-assert",
    "no-get-exception",
    "no-illegal-filenames",
    "no-smart-quotes",
    "replace-urlopen",
    "shebang",
    "symlinks",
    "use-argspec-type-path",
    "use-compat-six",
)


@pytest.fixture(scope="module")
def installed(tarball: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which Ansible finds collections, with this one from its tarball."""
    folder = tmp_path_factory.mktemp("collections")
    run("ansible-galaxy", "collection", "install", "-p", folder, tarball, cwd=folder)
    return folder


def run(
    program: str, *words: str | Path, cwd: Path, variables: Mapping[str, str] | None = None
) -> str:
    """What a program of Ansible's prints; it must end well."""
    own = {"HOME": str(cwd), "PATH": f"{TOOLS}:/usr/bin:/bin", "LANG": "C.UTF-8", "NO_COLOR": "1"}
    kept = {"ANSIBLE_COLLECTIONS_PATH": str(cwd)}
    done = subprocess.run(
        [TOOLS / program, *map(str, words)],
        cwd=cwd,
        env={**own, **kept, **(variables or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("module", ["report", "lost"])
def test_the_documentation_can_be_read(installed: Path, module: str) -> None:
    """`ansible-doc` shows every option, of which the module's own list has no other."""
    shown = run("ansible-doc", f"envcheck.course.{module}", cwd=installed)
    assert "OPTIONS" in shown and "EXAMPLES" in shown


def test_ansible_lint_has_nothing_to_say(installed: Path) -> None:
    """By the profile for production."""
    variables = {"HOME": str(installed), "ANSIBLE_COLLECTIONS_PATH": str(installed)}
    done = subprocess.run(
        [TOOLS / "ansible-lint", "--offline", "--strict", "."],
        cwd=ROOT / "ansible",
        env={"PATH": f"{TOOLS}:/usr/bin:/bin", "LANG": "C.UTF-8", "NO_COLOR": "1", **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_ansibles_own_checks(tmp_path: Path) -> None:
    """Those that need no network."""
    place = tmp_path / "ansible_collections" / "envcheck" / "course"
    shutil.copytree(ROOT / "ansible", place)
    subprocess.run(["git", "init", "-q", "."], cwd=place, check=True)
    subprocess.run(["git", "add", "-A"], cwd=place, check=True)
    tests = [word for name in OFFLINE for word in ("--test", name)]
    run("ansible-test", "sanity", *tests, "--python", "default", cwd=place)


def test_one_version_everywhere(installed: Path) -> None:
    """The collection is of the envcheck that it comes with."""
    galaxy = yaml.safe_load((ROOT / "ansible" / "galaxy.yml").read_text(encoding="utf-8"))
    assert (galaxy["namespace"], galaxy["name"], galaxy["version"]) == (
        "envcheck",
        "course",
        VERSION,
    )
    files = installed / "ansible_collections" / "envcheck" / "course"
    assert (files / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
