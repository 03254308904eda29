"""A part of the server that serves a page, switched off by a file: by a trial with it on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import on, python_at

from envcheck import Diagnosis, fact
from envcheck_checks.diagnosis.failure import Failure, Retry
from envcheck_checks.interference.trials import Removed
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.notebook.launching import extension_off

OWN = "home/.jupyter/jupyter_server_config.json"
PARTS_OWN = "home/.jupyter/jupyter_server_config.d/jupyterlab.json"


def told(**parts: bool) -> dict[str, Any]:
    return {"ServerApp": {"jpserver_extensions": parts}}


def diagnosed(
    tmp_path: Path, files: Mapping[str, dict[str, Any]], works: bool | None = True
) -> tuple[Diagnosis | None, list[dict[str, Any]]]:
    """What is said, and what the trials were led to. The files are those that win last."""
    tried: list[dict[str, Any]] = []

    def again(removed: Sequence[Removed]) -> bool | None:
        first = str(removed[0].variables["JUPYTER_CONFIG_PATH"]).split(":")[0]
        tried.append(json.loads(Path(first, "jupyter_server_config.json").read_text()))
        return works

    rows = []
    for name, settings in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(json.dumps(settings))
        rows.append(ConfigFile(str(tmp_path / name), settings))
    facts: dict[fact[Any], object] = {config_files: tuple(rows)}
    python = python_at(tmp_path / "venv", {"jupyterlab": "4.4", "notebook": "7.4"})
    env = on("linux", tmp_path, python, facts=facts)
    failure = Failure("it fails", retry=Retry(again, lambda env: [], {}))
    return extension_off.find(env, failure), tried


def test_the_file_is_written_with_it_on(tmp_path: Path) -> None:
    """And with all else that it says."""
    diagnosis, tried = diagnosed(tmp_path, {OWN: told(jupyterlab=False, other=False)})
    assert diagnosis is not None
    assert tried == [told(jupyterlab=True)]
    (step,) = diagnosis.fixes[0].steps
    assert json.loads(step.text) == told(jupyterlab=True, other=False)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "files",
    [
        {},
        {OWN: told(jupyterlab=True)},
        {OWN: told(nbclassic=False)},  # which is not there
        {OWN: told(jupyter_server_terminals=False)},  # no page comes from it
        {PARTS_OWN: told(jupyterlab=False), OWN: told(jupyterlab=True)},
        {OWN: told(jupyterlab=True), PARTS_OWN: told(jupyterlab=False)},  # the server's own wins
        {OWN: {"ServerApp": {"jpserver_extensions": ["jupyterlab"]}}},
    ],
)
def test_what_is_not_off(files: Mapping[str, dict[str, Any]], tmp_path: Path) -> None:
    assert diagnosed(tmp_path, files) == (None, [])


@pytest.mark.parametrize("works", [False, None])
def test_off_and_not_the_cause(works: bool | None, tmp_path: Path) -> None:
    assert diagnosed(tmp_path, {PARTS_OWN: told(jupyterlab=False)}, works)[0] is None


def test_a_file_of_the_systems(tmp_path: Path) -> None:
    """A person who may decides."""
    diagnosis, _ = diagnosed(tmp_path, {"etc/jupyter/a.json": told(notebook=False)})
    assert diagnosis is not None
    assert [fix.automatic for fix in diagnosis.fixes] == [False]
