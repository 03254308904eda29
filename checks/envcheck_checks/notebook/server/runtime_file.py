"""The file in which a Jupyter server says its address."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from envcheck import foreign_file
from envcheck.processes.seen import is_below
from envcheck.shape import read_file

SHAPE = {
    **{"port": int, "token?": str, "base_url?": str, "hostname?": str, "secure?": bool},
    **{"root_dir?": str, "notebook_dir?": str, "pid?": int},
}
NAMES = ("jpserver-*.json", "nbserver-*.json")  # Notebook 7 and JupyterLab; Notebook 6


def read(folder: Path) -> Mapping[str, Any] | None:
    """What the server says whose runtime folder this is; None as long as it says nothing."""
    return next(iter(_answers(folder)), None)


def read_of(folder: str, pid: int) -> Mapping[str, Any] | None:
    """The same in a folder where servers of the learner's own may run: of the one that this process
    is, or has started.
    """
    answers = _answers(Path(folder)) if folder else []
    return next((answer for answer in answers if is_below(answer.get("pid"), pid)), None)


def _answers(folder: Path) -> list[Mapping[str, Any]]:
    files = [file for name in NAMES for file in foreign_file.matching(folder, name)]
    answers = [read_file(file, SHAPE) for file in files]
    return [row for row in answers if row is not None and 0 < row["port"] < 65_536]  # else not yet
