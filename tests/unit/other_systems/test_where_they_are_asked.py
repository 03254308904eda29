"""Each cause reaches the learner: through the check that meets it, before the words for what nobody
can explain.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.described_machines import (
    STACK,
    WHOLE,
    command_at,
    diagnosed,
    file_at,
    on,
    python_at,
    said,
)

from envcheck import Diagnosis, Environment
from envcheck.target.interpreter import Interpreter
from envcheck.testing import passes, warns
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.kernel import does_not_start as kernel_does_not_start
from envcheck_checks.kernel.answers import End, Start
from envcheck_checks.machine import selinux
from envcheck_checks.machine.check import room
from envcheck_checks.machine.selinux import Rights, is_enforcing
from envcheck_checks.notebook.folders import own_folders
from envcheck_checks.notebook.folders.network_disk import mounts
from envcheck_checks.notebook.launching import does_not_start as server_does_not_start
from envcheck_checks.notebook.server.learners_server import Server
from envcheck_checks.pip import cannot_install
from envcheck_checks.pip import check as pip_module
from envcheck_checks.pip.venv import bare_environment
from envcheck_checks.pip.version import pip_itself

JUPYTER = LearnersJupyter({}, None, user_data="/home/ada/.local/share/jupyter")
ALL = {**WHOLE, "pywin32": "306", "jupyter-client": "5.3.1"}


def windows(
    tmp_path: Path,
    packages: Mapping[str, str],
    version: str = "3.12.4",
    home: str = "C:\\Users\\ada",
) -> Environment:
    target = python_at(tmp_path / "venv", packages, version)
    return on("win32", tmp_path, target, facts={learners_jupyter: JUPYTER}, USERPROFILE=home)


def dead(env: Environment) -> Diagnosis:
    start = Start(End.DIED, 0.2, 1, "ImportError: DLL load failed")
    return diagnosed(kernel_does_not_start.diagnose(env, STACK, start, lambda _: False))


def test_a_kernel_that_died_on_windows(tmp_path: Path) -> None:
    """The cause by the facts; where there is none, the plain words."""
    assert dead(windows(tmp_path, ALL)).code == "pywin32-incomplete"
    old = {**WHOLE, "ipykernel": "5.1.0", "tornado": "6.0.4"}
    assert dead(windows(tmp_path, old, "3.8.10")).code == "tornado-too-old"
    accent = windows(tmp_path, {**WHOLE, "jupyter-client": "5.3.1"}, home="C:\\Users\\Zoë")
    assert dead(accent).code == "path-not-ascii"
    assert dead(windows(tmp_path, WHOLE)).code == "kernel-died"


def server(code: int | None) -> Server:
    running = SimpleNamespace(code=code, settled_log=lambda: "", is_at_work=lambda: False)
    return Server(cast(Any, running), Path(), Path())


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [
        ("nfs4", None, "jupyter-folder-on-network"),
        ("ext4", None, "server-hangs"),
        ("nfs4", 1, "server-does-not-start"),
    ],
)
def test_a_server_that_does_not_come_up_on_a_network_disk(
    tmp_path: Path,
    kind: str,
    code: int | None,
    expected: str,
) -> None:
    """Only one that hangs is explained by the disk."""
    env = on(
        "linux",
        tmp_path,
        facts={learners_jupyter: JUPYTER, mounts: (("/", "ext4"), ("/home", kind))},
    )
    outcome = server_does_not_start.diagnose(env, STACK, server(code), lambda _: False, "")
    assert diagnosed(outcome).code == expected


def test_room_tells_of_the_folders(tmp_path: Path) -> None:
    inside = python_at(tmp_path / "OneDrive/ml/.venv")
    warns(
        room(),
        on("win32", tmp_path, inside, OneDrive=str(tmp_path / "OneDrive")),
        "folder-in-cloud",
    )


def test_a_refusal_of_selinux_comes_before_other_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = on(
        "linux",
        tmp_path,
        facts={
            is_enforcing: True,
            learners_jupyter: LearnersJupyter({}, None, runtime=str(tmp_path)),
        },
    )
    env.preload(f"rights in {tmp_path}", Rights(True, "default_t"))
    env.preload(f"rights in {env.folder}", Rights(True, "default_t"))
    refused = PermissionError(13, "Permission denied")
    monkeypatch.setattr(own_folders, "write_error", lambda _: refused)
    found = own_folders.diagnose(env, Failure("the notebook server does not start"))
    assert found is not None
    assert found.code == "selinux-denies"
    assert selinux.denies(env, env.folder, refused) is not None


def with_pip(tmp_path: Path, python: Interpreter) -> Environment:
    facts = {pip_itself: said("pip 24.0 from /x/pip (python 3.12)"), bare_environment: said()}
    return on("linux", tmp_path, python, facts=facts)


def test_pip_tells_of_conda_when_something_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole environment is told nothing about a list that it no longer needs."""
    file_at(tmp_path / "work/environment.yml", "dependencies:\n  - wincertstore=0.2\n")
    file_at(tmp_path / "conda/conda-meta/conda-4.12.0-py39_0.json")
    monkeypatch.setattr(cannot_install, "diagnose", lambda *_: None)
    bare = python_at(tmp_path / "conda/envs/ml", {"pip": "24.0"}, kind="conda-env")
    outcome = pip_module.pip(STACK).examine(with_pip(tmp_path, bare))
    assert {one.code for one in getattr(outcome, "warnings", ())} == {
        "environment-file-other-system",
        "conda-solver-slow",
    }
    passes(
        pip_module.pip(STACK),
        with_pip(
            tmp_path,
            python_at(tmp_path / "conda/envs/ml", {**WHOLE, "pip": "24"}, kind="conda-env"),
        ),
    )


def test_what_cannot_be_installed_on_a_long_path(tmp_path: Path) -> None:
    """Before a pip of another Python is blamed: `pip` that is typed would meet the same limit."""
    target = python_at(tmp_path.joinpath("x" * 120, "venv"), {"pip": "24.0"})
    command_at(tmp_path / "bin/pip")
    found = cannot_install.diagnose(on("win32", tmp_path, target), STACK)
    assert found is not None
    assert found.code == "windows-paths-too-long"
