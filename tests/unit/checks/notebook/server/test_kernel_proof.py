"""A kernel that the learner's server starts: how long it is waited for, and its picture."""

from __future__ import annotations

import asyncio
import base64
import math
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.described_machines import on

from envcheck.target.allowance import Allowance
from envcheck_checks.jupyter.config_files import ConfigFile
from envcheck_checks.kernel.answers import Answer, End, Start
from envcheck_checks.kernel.shared import SharedKernel, shared_kernel
from envcheck_checks.notebook.server import kernel_proof, websocket
from envcheck_checks.notebook.server.learners_server import ServerTrouble

LISTED = {"ServerApp": {"jpserver_extensions": {"jupyterlab": True}}}
PACKAGES = "jupyter_server_config.d/jupyterlab.json"
OWN = ConfigFile("jupyter_server_config.py")
OF_PACKAGES = (ConfigFile(PACKAGES, LISTED), ConfigFile(f"{PACKAGES}.json"))
MORE = {"ServerApp": {**LISTED["ServerApp"], "kernel_manager_class": "theirs.Manager"}}
DRAWN = {"image/png": base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(2000)).decode()}


def trouble(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    shown: dict[str, str],
    alone: bool | None = True,
    files: Sequence[ConfigFile] = (OWN,),
    allowed: Allowance = Allowance(),  # noqa: B008  # a frozen value
    fails: ServerTrouble | None = None,
) -> str:
    """What is wrong; empty where nothing is. `alone`: a kernel without the server draws."""

    async def answer_of(*_: object) -> Answer:
        if fails is not None:
            raise fails
        answer = Answer("1", lambda text: None)
        answer.bundles.append(shown)
        return answer

    async def ask_kernel(*_: object) -> tuple[str, str]:
        return "/ml", "/ml/bin/python"

    monkeypatch.setattr(websocket, "answer_of", answer_of)
    monkeypatch.setattr(websocket, "ask_kernel", ask_kernel)
    monkeypatch.setattr(kernel_proof, "answers_within", lambda _: 1.0)
    monkeypatch.setattr(kernel_proof, "config_files", lambda _: files)
    monkeypatch.setattr(kernel_proof, "is_of_a_package", lambda _, file: PACKAGES in file.path)
    monkeypatch.setattr(
        kernel_proof, "interpreter", lambda _: SimpleNamespace(installed={"matplotlib": None})
    )
    monkeypatch.setattr(kernel_proof, "allowance", lambda _: allowed)
    monkeypatch.setattr(kernel_proof, "works_in_fresh_kernel", lambda *_: alone)
    try:
        asyncio.run(kernel_proof.prove_kernel(on("linux", tmp_path), cast(Any, None), "1", 1.0))
    except ServerTrouble as caught:
        return caught.actual
    return ""


def test_a_picture_that_only_the_servers_kernels_do_not_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "showed nothing" in trouble(tmp_path, monkeypatch, shown={"text/plain": "<Figure>"})
    assert trouble(tmp_path, monkeypatch, shown=DRAWN) == ""


@pytest.mark.parametrize("alone", [False, None])
def test_what_no_kernel_shows_is_not_the_servers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, alone: bool | None
) -> None:
    assert trouble(tmp_path, monkeypatch, shown={}, alone=alone) == ""


@pytest.mark.parametrize("files", [(), OF_PACKAGES])
def test_nothing_is_asked_where_nobody_has_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: Sequence[ConfigFile]
) -> None:
    """Every Jupyter has the list of its extensions; one file more, and a picture is drawn."""
    assert trouble(tmp_path, monkeypatch, shown={}, files=files) == ""
    assert trouble(tmp_path, monkeypatch, shown={}, files=[*files, OWN])


@pytest.mark.parametrize(
    "file",
    [
        ConfigFile(PACKAGES, MORE),
        ConfigFile(PACKAGES, error="JSONDecodeError"),
        ConfigFile("home/.jupyter/jupyter_server_config.json", LISTED),
    ],
)
def test_a_packages_file_that_says_more_is_a_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: ConfigFile
) -> None:
    """And so is an extension that the learner has switched on: it is a program."""
    assert trouble(tmp_path, monkeypatch, shown={}, files=[*OF_PACKAGES, file])


def test_nothing_is_drawn_where_envcheck_itself_takes_the_memory_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The learner's own server and kernel fit there."""
    assert trouble(tmp_path, monkeypatch, shown={}, allowed=Allowance(memory_mb=180)) == ""
    assert trouble(tmp_path, monkeypatch, shown={}, allowed=Allowance(memory_mb=500))


def test_a_picture_that_is_late_is_none_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = ServerTrouble("run a cell", "no answer", late=True)
    assert trouble(tmp_path, monkeypatch, shown={}, fails=late) == ""
    closed = ServerTrouble("run a cell", "it was closed")
    assert trouble(tmp_path, monkeypatch, shown={}, fails=closed) == "it was closed"


A_KERNEL = cast(Any, object())


@pytest.mark.parametrize(
    ("shared", "seconds"),
    [
        (None, math.inf),
        (SharedKernel(None, Start(End.SILENT, 45.0)), math.inf),
        (SharedKernel(A_KERNEL, Start(End.REPLIED, 0.5)), kernel_proof.ANSWER_SECONDS),
        (SharedKernel(A_KERNEL, Start(End.REPLIED, 5.0)), 30.0),
    ],
)
def test_a_kernel_is_waited_for_as_long_as_such_a_kernel_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared: SharedKernel | None, seconds: float
) -> None:
    monkeypatch.setattr(type(shared_kernel), "already", lambda *_: shared)
    assert kernel_proof.answers_within(on("linux", tmp_path)) == seconds
