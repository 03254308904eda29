"""What all files of a course together import and install."""

from __future__ import annotations

from pathlib import Path

from tests.unit.engine.adopt.small_courses import notebook, of

from envcheck.adopt.needed import altogether

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


def test_what_is_imported(tmp_path: Path) -> None:
    """By every name that a list may have for it, without Python's own."""
    imported = altogether.imported(of(tmp_path, FILES).sources)
    assert {"opencv-python", "opencv-python-headless", "cv2"} <= imported and "os" not in imported
