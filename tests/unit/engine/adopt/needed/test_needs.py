"""From an import to what installs it: by what the course declares, by a verified list, or as a question."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import answers, notebook, of

from envcheck.adopt.judging.stumbling import stumbles
from envcheck.adopt.needed.distributions import BUILT_IN
from envcheck.adopt.reading.sources import place
from envcheck.module_names import table


@pytest.mark.parametrize(
    ("declared", "cell", "needed", "asked"),
    [
        ("scikit-learn\nPyYAML\npillow", "import sklearn, yaml, PIL", [], []),
        ("", "import sklearn, docx, bs4", ["beautifulsoup4", "python-docx", "scikit-learn"], []),
        ("google-cloud-storage", "from google.cloud import storage", [], []),
        ("google-cloud-vision", "from google.cloud import vision_v1, vision", [], []),
        ("opencv-python-headless", "import cv2", [], []),
        ("", "import numpy, os, sys, IPython, google.colab", ["numpy"], []),
        ("", "import db, metrics, zzqx", [], ["db", "metrics", "zzqx"]),
        ("zz_qx", "import zz_qx.inner", [], []),
        ("", "try:\n    import zzqx\nexcept ImportError:\n    zzqx = None", [], []),
        (
            "openai-agents\nlangchain\nstrands_agents\npydantic-ai-slim",
            "import agents, strands, pydantic_ai, langchain_core, mcp",
            [],
            [],
        ),
        ("", "import agents, strands, pydantic_ai", [], ["agents", "pydantic_ai", "strands"]),
        ("", "import person_pb2, distutils", [], []),
        ("", "%pip install -q 'zzqx>=1' -r more.txt\nimport zzqx", ["zzqx>=1"], []),
    ],
)
def test_the_names(
    tmp_path: Path, declared: str, cell: str, needed: list[str], asked: list[str]
) -> None:
    files = {"requirements.txt": declared + "\n", "a.ipynb": notebook(cell)}
    assert answers(of(tmp_path, files)) == (needed, asked)


@pytest.mark.parametrize(
    ("cell", "needed", "asked"),
    [
        ("from google import genai", ["google-genai"], []),
        ("from google.cloud import bigquery, storage", ["google-cloud-bigquery", "google-cloud-storage"], []),
        ("import google", [], []),
        ("try:\n    import torch\nexcept ImportError:\n    raise SystemExit('no')", ["torch"], []),
        ("try:\n    import torch\nexcept ImportError as e:\n    print(e)\n    raise", ["torch"], []),
        ("try:\n    import torch\nexcept ImportError:\n    sys.exit(1)", ["torch"], []),
        ("try:\n    import torch\nexcept:\n    if x:\n        raise\n    else:\n        exit()", ["torch"], []),
        ("try:\n    import torch\nexcept ImportError:\n    raise\nexcept Exception:\n    pass", ["torch"], []),
        ("try:\n    import torch\nexcept:\n    if x:\n        raise", [], []),
        ("try:\n    import cupy as xp\nexcept ImportError:\n    import scipy as xp", ["scipy"], []),
        ("try:\n    import numpy as xp\nexcept ImportError:\n    import scipy as xp", [], []),
        ("try:\n    import json\nexcept ImportError:\n    import scipy", [], []),
        ("try:\n    import urllib2\nexcept ImportError:\n    import requests", ["requests"], []),
        ("try:\n    import google.colab\nexcept ImportError:\n    import dotenv", ["python-dotenv"], []),
        ("try:\n    import torch\nexcept ImportError:\n    !pip install x\n    import torch", [], []),
        ("try:\n    import jax\nexcept:\n    try:\n        import torch\n    except:\n        import scipy", ["scipy"], []),
        ("try:\n    import jax\nexcept:\n    try:\n        import numpy\n    except:\n        import scipy", [], []),
        ("%load_ext line_profiler\n%load_ext autoreload", ["line-profiler"], []),
        ("x = 1\nget_ipython().run_line_magic('load_ext', 'memory_profiler')", ["memory-profiler"], []),
        ("%load_ext sql", [], ["sql"]),
        ("%load_ext tensorboard\nimport numpy", ["tensorboard"], []),
        ("%matplotlib widget", ["ipympl"], []),
        ("%pylab inline", ["matplotlib"], []),
    ],
)  # fmt: skip
def test_what_a_notebook_cannot_do_without(
    tmp_path: Path, cell: str, needed: list[str], asked: list[str]
) -> None:
    """What a handler ends with decides, not that there is one; and what IPython loads is imported."""
    files = {"requirements.txt": "numpy\n", "a.ipynb": notebook(cell)}
    assert answers(of(tmp_path, files)) == (needed, asked)


def test_an_extension_that_a_list_names(tmp_path: Path) -> None:
    cell = notebook("%load_ext sql\n%load_ext tensorboard\n%load_ext own")
    files = {"requirements.txt": "jupysql\ntensorflow\n", "a.ipynb": cell, "own.py": ""}
    assert answers(of(tmp_path, files)) == ([], [])


@pytest.mark.parametrize(
    ("module", "listed"),
    [
        ("pkg_resources", "setuptools<80"),
        ("kerastuner", "keras-tuner==1.0"),
        ("pystan", "pystan<3"),
        ("stan", "pystan"),
    ],
)
def test_a_module_that_only_older_releases_have(tmp_path: Path, module: str, listed: str) -> None:
    """Its package is taken from a list, and proposed to nobody: the newest would not have the module."""
    cell = notebook(f"import {module}")
    with_list = of(tmp_path / "listed", {"requirements.txt": listed, "a.ipynb": cell})
    assert answers(with_list) == ([], [])
    alone = of(tmp_path / "alone", {"requirements.txt": "numpy\n", "a.ipynb": cell})
    assert answers(alone) == ((["pystan"], []) if module == "stan" else ([], [module]))


@pytest.mark.parametrize("python", ["3.10", "3.11", "3.12", "3.13"])
def test_what_is_read_is_the_same_on_every_python(python: str) -> None:
    """What another Python has, or had, is no package on this one either."""
    ask = "import sys; print(*sys.stdlib_module_names)"
    found = sorted(Path.home().glob(f".pyenv/versions/{python}.*/bin/python"))
    if not found:
        pytest.skip(f"only on machines with Python {python} (pyenv)")
    names = subprocess.run([found[0], "-c", ask], capture_output=True, text=True, check=True).stdout
    others = {*names.split()} - {*sys.stdlib_module_names}
    assert {name for name in others - BUILT_IN if not name.startswith("_")} == set()
    assert {
        *["__builtin__", "urllib2", "mimetools", "binhex", "imghdr", "tomllib", "annotationlib"]
    } <= BUILT_IN


def test_versions_that_notebooks_test_for(tmp_path: Path) -> None:
    check = 'd = {"torch": "1.8.0", "numpy": "1.21.2"}\ncheck_packages(d)'
    files = {
        "requirements.txt": "numpy\n",
        "ch1/a.ipynb": notebook(check, "import torch, numpy"),
        "ch1/b.ipynb": notebook(check.replace("1.8.0", "1.10"), "import torch"),
        "ch2/c.ipynb": notebook("import numpy"),
    }
    assert answers(of(tmp_path, files)) == (["torch>=1.10"], [])


def test_a_list_of_a_chapter(tmp_path: Path) -> None:
    """It is no list of the course: what it names is known by name elsewhere, and missing there."""
    files = {
        "01-a/pyproject.toml": '[project]\nname = "a"\nversion = "1"\ndependencies = ["zzqx"]\n',
        "01-a/deep/a.ipynb": notebook("import zzqx"),
        "02-b/b.ipynb": notebook("import zzqx"),
    }
    reading = of(tmp_path, files)
    assert answers(reading) == (["zzqx"], [])
    assert [need.listed for part in reading.parts for need in part.needs] == [True, False]
    assert [stone.text for stone in stumbles(reading)] == [
        "`zzqx` is imported here, and in 1 more, and no list for all, nor for this folder, names it"
    ]


def test_the_place_is_a_line_of_the_file(tmp_path: Path) -> None:
    """Also behind letters that JSON escapes."""
    reading = of(tmp_path, {"a.ipynb": notebook("x = 1\nprint('é')", "import numpy  # «ü»")})
    (need,) = reading.needs
    line = place(reading.tree.root, need.source, need.use)
    text = (reading.tree.root / "a.ipynb").read_text(encoding="utf-8").splitlines()[line - 1]
    assert "import numpy" in text


def test_two_lists_that_disagree(tmp_path: Path) -> None:
    files = {
        "requirements.txt": "numpy==1.20\n",
        "requirements-more.txt": "numpy==1.21\n",
        "a.ipynb": notebook("import numpy"),
    }
    assert [str(stone) for stone in stumbles(of(tmp_path, files))] == [
        "requirements.txt:1  `numpy==1.20` here, and `numpy==1.21` in requirements-more.txt:1"
    ]


def test_a_list_that_cannot_be_read(tmp_path: Path) -> None:
    files = {"requirements.txt": "numpy\n<<<<<<< HEAD\n", "a.ipynb": notebook("import numpy")}
    reading = of(tmp_path, files)
    first, second = map(str, stumbles(reading))
    assert first.startswith("requirements.txt:2  pip cannot read this line: <<<<<<< HEAD")
    assert second.endswith("and no list that can be read names it")


def test_a_module_in_place_of_its_package(tmp_path: Path) -> None:
    """It is not declared by that: whoever installs the list has a stranger's package, or none. conda's program
    `git` is no package either.
    """
    files = {
        "requirements.txt": "numpy\nsklearn>=1\nbs4\n",
        "environment.yml": "dependencies:\n  - git\n  - yaml\n  - pip\n  - pip:\n    - plotly\n",
        "setup.py": "from setuptools import setup\nsetup(install_requires=['dotenv'])\n",
        "a.ipynb": notebook("%pip install docx", "import sklearn, docx, bs4, git, yaml, dotenv"),
    }
    reading = of(tmp_path, files)
    needed = ["gitpython", "python-docx", "python-dotenv", "pyyaml", "scikit-learn"]
    assert answers(reading) == (needed, [])
    assert [row.distribution for row in reading.asked] == ["python-dotenv"]
    told = [str(stone) for stone in stumbles(reading) if "is a module" in stone.text]
    assert told == ["requirements.txt:2  `sklearn` is a module; its package is scikit-learn"]


def test_the_verified_list_holds_no_wrong_name() -> None:
    """Names that exist on the index as other people's packages."""
    wrong = {
        "sklearn",
        "skimage",
        "docx",
        "bs4",
        "dotenv",
        "google",
        "ignite",
        "grpc",
        "jwt",
        "attr",
    }
    wrong |= {
        "serial",
        "slugify",
        "fitz",
        "websocket",
        "crypto",
        "umap",
        "faiss",
        "locustio",
        "yaml",
    }
    assert not wrong & set(table().values())
    assert "google" not in table()


def test_kernels_of_the_teachers_machine(tmp_path: Path) -> None:
    """Each name once, and none that the course has learners make."""

    def asking(name: str) -> str:
        return notebook("x = 1", kernelspec={"name": name, "language": "python"})

    files = {
        "README.md": "python -m ipykernel install --user --name=course\n",
        "a.ipynb": asking("conda-env-tf-py"),
        "b.ipynb": asking("conda-env-tf-py"),
        "c.ipynb": asking("course"),
        "d.ipynb": asking("python3"),
    }
    reading = of(tmp_path, files)
    (stone,) = stumbles(reading)
    assert stone.file == "a.ipynb"
    text = (reading.tree.root / "a.ipynb").read_text(encoding="utf-8").splitlines()[stone.line - 1]
    assert '"conda-env-tf-py"' in text
    assert stone.text.startswith("the kernel `conda-env-tf-py` is named here, and in 1 more")


@pytest.mark.parametrize(
    "line",
    [
        "python -m ipykernel install --user --name course",
        "ipython kernel install --name course --display-name course --sys-prefix",
        "uv run ipython3 kernel install --user --env VIRTUAL_ENV $(pwd)/.venv --name=course",
        "python -m ipykernel install --user \\\n    --name 'course'",
        "python -m ipykernel install --user --name=Course",
        "jupyter kernelspec install kernels/x --user --name=course",
    ],
)
def test_a_kernel_that_learners_make(tmp_path: Path, line: str) -> None:
    """However they are told to register it; Jupyter writes its name in small letters."""
    book = notebook("x = 1", kernelspec={"name": "course", "language": "python"})
    files = {"README.md": f"# Set-up\n\n    {line}\n", "a.ipynb": book}
    assert stumbles(of(tmp_path / "own", files)) == ()
    files["README.md"] = (
        files["README.md"].replace("course", "python3").replace("Course", "Python3")
    )
    told = [stone.text for stone in stumbles(of(tmp_path / "shadow", files))]
    assert any("which then hides" in text for text in told)


HEADER = "# ---\n# jupyter:\n#   kernelspec:\n#     language: python\n#     name: python3\n# ---\n"


def test_notebooks_in_python_beside_those_of_jupyter(tmp_path: Path) -> None:
    """They are judged as notebooks are, and need Jupyter; a copy of one that is there is none."""
    files = {
        "a.ipynb": notebook("import numpy"),
        "a.py": f"{HEADER}import scipy\n",
        "b.py": f"{HEADER}import torch\n",
        "helpers.py": "import pandas\n",
    }
    assert answers(of(tmp_path, files))[0] == ["numpy", "torch"]
    (part,) = of(tmp_path / "alone", {"b.py": f"{HEADER}import torch\n"}).parts
    assert part.chapter.is_text


def test_another_language_asks_for_nothing_of_python(tmp_path: Path) -> None:
    kotlin = notebook("import Data.List", kernelspec={"name": "kotlin", "language": "kotlin"})
    ocaml = "---\nkernelspec:\n  name: ocaml-jupyter\n---\n```{code-cell}\nimport foo\n```\n"
    reading = of(tmp_path, {"a.ipynb": kotlin, "b.ipynb": notebook("import numpy"), "c.md": ocaml})
    assert answers(reading) == (["numpy"], [])
    assert not [stone for stone in stumbles(reading) if "kernel" in stone.text]


@pytest.mark.parametrize(
    ("cell", "needed"),
    [
        ("from contextlib import suppress\nwith suppress(ImportError):\n    import torch", []),
        ("import contextlib\nwith contextlib.suppress((OSError, ImportError)):\n    import torch", []),
        ("from contextlib import suppress\nwith suppress(OSError):\n    import torch", ["torch"]),
        ("with open('x') as file:\n    import torch", ["torch"]),
        ("import sys\nif sys.version_info < (3, 8):\n    import importlib_metadata\nelse:\n    import importlib.metadata", []),
        ("import pip, notebook, jupyter, jupyterlab", []),
        ("import attrs, pywt, markdown, optax", ["attrs", "markdown", "optax", "pywavelets"]),
    ],
)  # fmt: skip
def test_what_is_forgiven_or_there_anyway(tmp_path: Path, cell: str, needed: list[str]) -> None:
    assert answers(of(tmp_path, {"a.ipynb": notebook("import numpy", cell)})) == (
        sorted(["numpy", *needed]),
        [],
    )
