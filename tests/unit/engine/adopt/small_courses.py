"""Small courses with the traps that real ones hold, written into a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from envcheck.adopt.needed.course import Reading, read


def notebook(*cells: str, **metadata: Any) -> str:
    """A notebook of format 4 with these cells of code."""
    made = [{"cell_type": "code", "source": cell.splitlines(keepends=True)} for cell in cells]
    return json.dumps({"nbformat": 4, "metadata": metadata, "cells": made}, indent=1)


def old_notebook(*cells: str) -> str:
    """One of format 3."""
    made = [{"cell_type": "code", "language": "python", "input": cell} for cell in cells]
    return json.dumps({"nbformat": 3, "worksheets": [{"cells": made}]}, indent=1)


def course(root: Path, files: dict[str, str]) -> Path:
    """These files, below this folder."""
    for name, text in files.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return root


def of(root: Path, files: dict[str, str]) -> Reading:
    return read(course(root / "course", files))


def answers(reading: Reading) -> tuple[list[str], list[str]]:
    needed = [need.requirement for need in reading.needs]
    return needed, [question.module for question in reading.questions]


# Chapters by their folders. Own modules beside, elsewhere and written by a cell; a folder that has an
# import's name; a name that nobody can tell; broken cells, and notebooks that are none.
BOOK = {
    "README.md": "# Set-up\n\n    python3 -m ipykernel install --user --name=python3\n",
    "requirements.txt": "numpy==1.21.2\nscikit-learn\npython-dotenv\n",
    "ch1/first.ipynb": notebook(
        "import numpy as np\nfrom sklearn.svm import SVC\nimport dotenv",
        "import helpers, tidy",
        "print 'old'\nimport pandas",
        "%%bash\nimport -window root x.png",
        "%%writefile tidy.py\nimport os",
    ),
    "ch1/helpers.py": "import json\n",
    "ch2/old.ipynb": old_notebook(
        "import torch, pandas", "from rag.judge import best\nimport zzqx"
    ),
    "ch2/broken.ipynb": '{"cells": [\n<<<<<<< HEAD\n',
    "ch2/page.ipynb": "<!DOCTYPE html>",
    "ch3/more.ipynb": notebook(
        "try:\n    import google.colab\nexcept ImportError:\n    pass",
        "if True:\n    !pip install zzpy\nimport zzpy",
        "import prefect\nfrom google.colab import drive",
        "from google.cloud import storage",
    ),
    "tools/rag/__init__.py": "",
    "tools/rag/judge.py": "",
    "lib/prefect/__init__.py": "",
}

BOOK_FILE = """\
course = "book"  # the folder's name
requires = ["requirements.txt"]  # read again at every run
# pandas: imported as in ch1/first.ipynb, in most chapters
packages = ["pandas"]
# ? prefect: imported in ch3/more.ipynb:25; which package is it?
# ? zzqx: imported in ch2/old.ipynb:14; which package is it?

[chapters]
from = "ch[0-9]*/"  # each such folder with notebooks

[chapter.ch2]
folder = "ch2"
packages = ["torch"]  # imported as in ch2/old.ipynb

[chapter.ch3]
folder = "ch3"
packages = ["google-cloud-storage", "zzpy"]  # imported as in ch3/more.ipynb
"""

# Chapters by the numbers in the names of their files; the notebooks are text.
LESSONS = {
    "content/01-tables.md": "---\nkernelspec:\n  name: python3\n---\n```{code-cell}\nimport pandas\n```\n",
    "content/02-maps.md": "```{code-cell} ipython3\nimport geopandas\n```\n",
}
LESSONS_FILE = """\
course = "lessons"  # the folder's name

[chapter.ch01]
title = "Tables"  # content/01-tables.md
folder = "content"
jupyter = true  # its notebooks are text, as content/01-tables.md
packages = ["pandas"]  # imported as in content/01-tables.md

[chapter.ch02]
title = "Maps"  # content/02-maps.md
folder = "content"
jupyter = true  # its notebooks are text, as content/02-maps.md
packages = ["geopandas"]  # imported as in content/02-maps.md
"""
