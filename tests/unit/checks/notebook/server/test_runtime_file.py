"""Where a server says its address: its own folder, or one where others' servers run too."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from envcheck_checks.notebook.server import runtime_file


def written(folder: Path, name: str, **values: object) -> None:
    (folder / name).write_text(json.dumps(values))


@pytest.mark.parametrize("name", ["jpserver-7.json", "nbserver-7.json"])
def test_once_it_is_written_whole(tmp_path: Path, name: str) -> None:
    assert runtime_file.read(tmp_path / "gone") is None
    (tmp_path / name).write_text('{"port": 88')
    assert runtime_file.read(tmp_path) is None
    written(tmp_path, name, port=0)
    assert runtime_file.read(tmp_path) is None
    written(tmp_path, name, port=8888)
    assert runtime_file.read(tmp_path) == {"port": 8888}


def test_among_servers_of_the_learners_own(tmp_path: Path) -> None:
    """Ours is the process that we started, or one below it."""
    own = os.getpid()
    written(tmp_path, "jpserver-1.json", port=8888, pid=1)
    written(tmp_path, "jpserver-2.json", port=8889)
    assert runtime_file.read_of(str(tmp_path), own) is None
    written(tmp_path, f"jpserver-{own}.json", port=8890, pid=own)
    for pid in (own, os.getppid()):
        answer = runtime_file.read_of(str(tmp_path), pid)
        assert answer is not None and answer["port"] == 8890
    assert runtime_file.read_of("", own) is None
