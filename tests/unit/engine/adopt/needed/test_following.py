"""What the course's own files import belongs to the chapter that uses them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import answers, notebook, of

BOOK = {"requirements.txt": "numpy\n", "ch2/z.ipynb": notebook("import numpy")}


@pytest.mark.parametrize(
    ("cell", "files"),
    [
        ("from helper import f", {"ch1/helper.py": "import torch"}),
        ("import helper", {"helper.py": "import torch"}),
        ("import one", {"ch1/one.py": "import two", "ch1/two.py": "import one, torch"}),
        ("from kit import f", {"ch1/kit/__init__.py": "from .net import f", "ch1/kit/net.py": "import torch"}),
        ("import kit.net", {"ch1/kit/__init__.py": "", "ch1/kit/net.py": "import torch"}),
        ("from kit import net", {"ch1/kit/net.py": "import torch"}),
        ("from kit.inner import a", {"ch1/kit/inner/a.py": "from ..b import c", "ch1/kit/b.py": "import torch"}),
        ("from scripts.kit import f", {"ch1/scripts/kit.py": "import torch"}),
        ("import sys\nsys.path.append('../src')\nimport kit", {"src/kit.py": "import torch"}),
        ("%run ../shared/start.py -x 1", {"shared/start.py": "import torch"}),
        ("%run -i '../my shared/start'", {"my shared/start.py": "import torch"}),
        ("%run other.ipynb", {"ch1/other.ipynb": notebook("import torch")}),
        ("!python -u app/train.py --epochs 3", {"ch1/app/train.py": "import torch"}),
        ("!{sys.executable} train.py", {"ch1/train.py": "import torch"}),
        ("!cd . && streamlit run app.py", {"ch1/app.py": "import torch"}),
        ("import d2l.torch", {"ch1/d2l/__init__.py": "", "ch1/d2l/torch.py": "import torch"}),
    ],
)  # fmt: skip
def test_what_a_helper_imports(tmp_path: Path, cell: str, files: dict[str, str]) -> None:
    """Each chapter that uses it needs it, and no other."""
    reading = of(tmp_path, {**BOOK, "ch1/a.ipynb": notebook(cell), **files})
    assert answers(reading) == (["torch"], [])
    needed = {part.chapter.id: [row.distribution for row in part.needs] for part in reading.parts}
    assert needed == {"ch1": ["torch"], "ch2": []}


@pytest.mark.parametrize(
    ("cell", "files"),
    [
        ("import numpy", {"ch1/helper.py": "import torch"}),
        ("try:\n    import helper\nexcept ImportError:\n    pass", {"ch1/helper.py": "import torch"}),
        ("import helper", {"ch1/helper.py": "try:\n    import torch\nexcept ImportError:\n    torch = None"}),
        ("import numpy", {"x/numpy.py": "import torch", "y/numpy/a.py": "import torch"}),
        ("import math", {"ch1/math.py": "import torch"}),
        ("!pip install zzkit\nimport zzkit", {"zzkit/__init__.py": "import torch"}),
        ("!cat helper.py\n!git add helper.py", {"ch1/helper.py": "import torch"}),
        ("print('python helper.py')", {"ch1/helper.py": "import torch"}),
        ("%run ../../elsewhere.py", {}),
        ("import helper", {"ch1/helper.py": "from ... import far"}),
    ],
)  # fmt: skip
def test_what_nobody_meets(tmp_path: Path, cell: str, files: dict[str, str]) -> None:
    reading = of(tmp_path, {**BOOK, "ch1/a.ipynb": notebook("import numpy", cell), **files})
    assert (set(answers(reading)[0]) - {"zzkit"}, answers(reading)[1]) == (set(), [])


def test_the_list_of_the_chapter_holds_for_its_helpers(tmp_path: Path) -> None:
    files = {
        "ch1/a.ipynb": notebook("%run ../shared/start.py"),
        "ch1/requirements.txt": "torch\n",
        "ch2/b.ipynb": notebook("x = 1"),
        "shared/start.py": "import torch",
    }
    (need,) = (need for part in of(tmp_path, files).parts for need in part.needs)
    assert need.lists == ("ch1/requirements.txt",)


def test_two_helpers_of_one_name_elsewhere(tmp_path: Path) -> None:
    """Nobody can tell which is meant."""
    files = {"a/kit.py": "import torch", "b/kit.py": "import jax"}
    cell = notebook("import sys\nsys.path.append(PLACE)\nimport kit")
    assert answers(of(tmp_path, {**BOOK, "ch1/a.ipynb": cell, **files})) == ([], [])
