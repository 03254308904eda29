"""What all files of a course together import and install."""

from __future__ import annotations

import json
import ntpath
import os
from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import notebook, of

from envcheck.adopt.asked.beside import beside
from envcheck.adopt.needed import altogether
from envcheck.adopt.needed.following import following

FILES = {
    "w1/a.ipynb": notebook(
        "!pip install -r ../more.txt 'B_c>=1' git+https://h/o/kit", "import cv2"
    ),
    "w2/b.ipynb": notebook("!conda install opencv\nimport os"),
    "w2/more.txt": "",
    "more.txt": "numpy\n",
}


def test_what_is_installed(tmp_path: Path) -> None:
    """By pip's name, from an address and by conda; of lists those that the course has."""
    reading = of(tmp_path, FILES)
    assert altogether.installed(reading.sources) == {"b-c"}
    assert altogether.fetched(reading.sources) == {"kit"}
    assert altogether.fitting(reading.sources) == {"kit", "opencv"}
    assert altogether.listed(reading.tree, reading.sources) == {"more.txt"}


def test_names_are_the_courses_on_windows_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is named with `/` from the course's folder, whatever the system has between its folders."""
    made = json.dumps({"postCreateCommand": "pip install -r ./w2/more.txt"})
    cells = ("!pip install -r ../w2/more.txt", "%run ../shared/start.py")
    files = {
        ".devcontainer/devcontainer.json": made,
        "w1/a.ipynb": notebook(*cells),
        "w2/more.txt": "numpy\n",
        "shared/start.py": "import torch\n",
    }
    reading = of(tmp_path, files)
    follow = following(reading.tree, frozenset(), reading.sources)
    monkeypatch.setattr(os, "path", ntpath)
    assert altogether.listed(reading.tree, reading.sources) == {"w2/more.txt"}
    assert {"shared/start.py"} < {source.name for source in follow.all_of(reading.taken)}
    assert beside(reading.tree).lists == {"w2/more.txt"}


def test_what_is_imported(tmp_path: Path) -> None:
    """By every name that a list may have for it, without Python's own."""
    imported = altogether.imported(of(tmp_path, FILES).sources)
    assert {"opencv-python", "opencv-python-headless", "cv2"} <= imported and "os" not in imported
