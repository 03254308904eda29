"""JupyterLab's settings open a notebook as the text that it is made of: by the settings that the
server gives to the page, and which file has set them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from envcheck import Confidence, Diagnosis, Environment, Fix, Severity, fail, foreign_file, places
from envcheck.fixes.advice import tell
from envcheck.fixes.backup import move_aside
from envcheck.foreign_file import matching
from envcheck.shape import read_object
from envcheck.target.home import home_of
from envcheck.target.interpreter import interpreter
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.notebook.codes import NOTEBOOKS_OPEN_AS_TEXT
from envcheck_checks.notebook.server.learners_server import ServerTrouble

PLUGIN = "@jupyterlab/docmanager-extension:plugin"
OPTION = "defaultViewers"
TEXT = ("Editor", "JSON")  # JupyterLab's names of what shows no cells
SETTINGS = {"settings": [{"id": str}]}
OWN = {"settings?": {object}, "schema?": {object}}


class OpensText(ServerTrouble):
    """JupyterLab opens a notebook with a viewer of text."""

    def __init__(self, viewer: str) -> None:
        super().__init__("open a notebook as a notebook", f"{OPTION} opens notebooks with {viewer}")
        self.viewer = viewer


def viewer_of(answer: str | bytes) -> str:
    """The viewer of text that notebooks are opened with, by what the server answers of its settings;
    empty where it is another, or none is named.
    """
    told = read_object(answer, SETTINGS) or {"settings": []}
    row: dict[str, Any] = next((row for row in told["settings"] if row["id"] == PLUGIN), {})
    usual = _inside(row, "schema", "properties", OPTION, "default")
    viewers = _inside(row, "settings", OPTION) or usual
    viewer = viewers.get("notebook") if isinstance(viewers, dict) else None
    return viewer if isinstance(viewer, str) and viewer in TEXT else ""


def _inside(value: Any, *names: str) -> Any:  # any JSON value
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def diagnose(env: Environment, trouble: ServerTrouble) -> Diagnosis | None:
    """None of another trouble."""
    if not isinstance(trouble, OpensText):
        return None
    return _to_diagnosis(env, trouble.viewer, "JupyterLab opens notebooks as text")


def warnings(env: Environment, viewer: str) -> list[Diagnosis]:
    """JupyterLab is not the page that opens. `viewer` is empty where it opens notebooks as such."""
    if not viewer:
        return []
    what = "JupyterLab, which is not the page that opens, opens notebooks as text"
    return [replace(_to_diagnosis(env, viewer, what), severity=Severity.WARNING)]


def _to_diagnosis(env: Environment, viewer: str, what: str) -> Diagnosis:
    file = next((file for file in _files(env) if _sets(file)), None)
    return fail(
        NOTEBOOKS_OPEN_AS_TEXT,
        f"{what}, which shows no cells: its settings want it so",
        _aside(env, file)
        if file
        else tell(
            "open them as notebooks",
            f"In JupyterLab's Settings Editor, take `notebook` out of {OPTION} (Document Manager).",
        ),
        found=f"{OPTION}: notebook is opened with {viewer}",
        wanted="notebooks that are opened as notebooks",
        looked_in=str(file or "the settings that JupyterLab was given"),
    )


def _aside(env: Environment, file: Path) -> Fix:
    python = interpreter(env)
    own = [str(home_of(env.variables)), *([python.prefix] if python.is_environment else [])]
    mine = any(places.lies_in(file, place) for place in own)
    return Fix(
        "move that settings file aside; JupyterLab works without it",
        (move_aside(file),),
        Confidence.SURE if mine else Confidence.ASK,
    )


def _files(env: Environment) -> Iterator[Path]:
    """Where JupyterLab reads it from, those that win first: https://jupyterlab.readthedocs.io/en/stable/user/directories.html"""
    asked = learners_jupyter(env)
    own = env.variables.get("JUPYTERLAB_SETTINGS_DIR") or Path(
        asked.user_config, "lab", "user-settings"
    )
    yield Path(own, "@jupyterlab", "docmanager-extension", "plugin.jupyterlab-settings")
    for config in asked.config:
        yield from _within(Path(config, "labconfig"), "default_setting_overrides")
    named = env.variables.get("JUPYTERLAB_DIR")
    for lab in [Path(named)] if named else [Path(data, "lab") for data in asked.data]:
        yield from _within(lab / "settings", "overrides")


def _within(folder: Path, name: str) -> Sequence[Path]:
    try:
        parts = matching(folder / f"{name}.d", "*.json*")[::-1]
    except OSError:
        parts = []
    return [folder / f"{name}.json5", folder / f"{name}.json", *parts]


def _sets(file: Path) -> bool:
    """By its text: these files may have comments."""
    text = foreign_file.text_or_nothing(file)
    return os.path.isfile(file) and OPTION in text and any(f'"{name}"' in text for name in TEXT)
