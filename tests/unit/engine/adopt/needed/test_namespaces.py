"""Inner modules that the package of the outer one does not bring."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import answers, notebook, of

from envcheck.adopt.judging.stumbling import stumbles
from envcheck.adopt.needed.namespaces import besides, open_child
from envcheck.adopt.reading.imports import Import

LIST = "matplotlib dask llama-index langgraph apache-airflow torch pyspark".replace(" ", "\n")


@pytest.mark.parametrize(
    ("cell", "needed", "asked"),
    [
        ("from mpl_toolkits.basemap import Basemap", ["basemap"], []),
        ("from mpl_toolkits import mplot3d\nfrom mpl_toolkits.axes_grid1 import x", [], []),
        ("from mpl_toolkits.natgrid import x", [], ["mpl_toolkits.natgrid"]),
        ("from dask.distributed import Client", ["distributed"], []),
        ("import dask.delayed\nfrom dask import delayed", [], []),
        ("from llama_index.llms.ollama import Ollama", ["llama-index-llms-ollama"], []),
        ("from llama_index.llms.groq import Groq", [], ["llama_index.llms.groq"]),
        ("from llama_index.core import x\nfrom llama_index.llms.openai import y", [], []),
        ("from llama_index import VectorStoreIndex, ServiceContext", [], []),
        ("from langgraph.checkpoint.sqlite import SqliteSaver", ["langgraph-checkpoint-sqlite"], []),
        ("from langgraph.checkpoint.memory import x\nfrom langgraph.graph import y", [], []),
        ("from langgraph.checkpoint import mongodb", [], ["langgraph.checkpoint.mongodb"]),
        ("from airflow.providers.google.cloud import x", [], ["airflow.providers.google"]),
        ("from airflow.providers.standard.operators.python import x", [], []),
        ("from torch.utils.tensorboard import SummaryWriter", ["tensorboard"], []),
        ("from torch.utils.data import DataLoader", [], []),
        ("from pyspark.ml.feature import x\nimport pyspark.pandas", ["pandas", "pyarrow"], []),
        ("import dask.array, dask.dataframe", ["pandas"], []),
        ("from dask import array, dataframe as dd, delayed", ["pandas"], []),
        ("from pyspark import pandas as ps, sql", ["pandas", "pyarrow"], []),
        ("from pyspark import sql", [], []),
        ("try:\n    import airflow.providers.ssh\nexcept ImportError:\n    pass", [], []),
    ],
)  # fmt: skip
def test_a_list_of_the_outer_package(
    tmp_path: Path, cell: str, needed: list[str], asked: list[str]
) -> None:
    """What nobody knows is a question, and none that the outer package answers."""
    reading = of(tmp_path, {"requirements.txt": LIST, "a.ipynb": notebook("x = 1", cell)})
    assert answers(reading) == (needed, asked)
    told = [each for each in stumbles(reading) if " here, and " in each.text]
    assert len(told) == len(needed)


@pytest.mark.parametrize(
    ("declared", "cell"),
    [
        ("apache-airflow\napache-airflow-providers-google", "import airflow.providers.google.cloud"),
        ("apache-airflow-providers-common-sql", "from airflow.providers.common.sql import x"),
        ("llama-index-core\nllama-index-llms-groq", "import llama_index.core, llama_index.llms.groq"),
        ("langgraph\nlanggraph-checkpoint-postgres", "import langgraph.checkpoint.postgres"),
        ("torch\ntensorboard", "import torch.utils.tensorboard"),
        ("distributed", "import dask.distributed, dask"),
    ],
)  # fmt: skip
def test_a_list_of_the_inner_one(tmp_path: Path, declared: str, cell: str) -> None:
    files = {"requirements.txt": f"{declared}\n", "a.ipynb": notebook(cell)}
    assert answers(of(tmp_path, files)) == ([], [])


DASK = "import dask.dataframe, dask.distributed"
CONDAS = "dependencies: [{}]\n"
BLOCK = "# /// script\n# dependencies = ['dask[complete]']\n# ///\n"


@pytest.mark.parametrize(
    ("files", "cell", "needed"),
    [
        ({"requirements.txt": "dask[dataframe]\n"}, DASK, []),
        ({"requirements.txt": "dask [complete] >= 2024\n"}, DASK, []),
        ({"requirements.txt": "dask\n"}, DASK, ["distributed", "pandas"]),
        ({"requirements.txt": "dask[complete]\n"}, "from dask import distributed, dataframe as dd", []),
        ({"requirements.txt": "dask[dataframe]\n"}, f"{DASK}\nimport pandas", ["pandas"]),
        ({"requirements.txt": "dask[dataframe]\n"}, f"import pandas\n{DASK}", ["pandas"]),
        ({"requirements.txt": "apache-airflow[google]\n"}, "import airflow.providers.google", []),
        ({"requirements.txt": "torch[opt-einsum]\n"}, "import torch.utils.tensorboard", ["tensorboard"]),
        ({"environment.yml": CONDAS.format("dask")}, DASK, []),
        ({"environment.yml": CONDAS.format("dask-core")}, DASK, ["distributed", "pandas"]),
        ({"environment.yml": CONDAS.format("pyspark")}, "import pyspark.ml, pyspark.pandas", []),
        ({"environment.yml": CONDAS.format("pytorch")}, "import torch.utils.tensorboard", ["tensorboard"]),
        ({"environment.yml": CONDAS.format("matplotlib")}, "import mpl_toolkits.basemap", ["basemap"]),
        ({"environment.yml": "dependencies: [pip, {pip: [dask]}]\n"}, DASK, ["distributed", "pandas"]),
        ({"pixi.toml": "[dependencies]\ndask = '*'\n"}, DASK, []),
        ({}, f"%pip install 'dask[complete]'\n{DASK}", ["dask[complete]"]),
        ({}, f"{BLOCK}{DASK}", []),
        ({"requirements.txt": "dask\n", "requirements-gpu.txt": "dask[dataframe]\n"}, "import dask.dataframe", ["pandas"]),
    ],
)  # fmt: skip
def test_an_outer_package_that_brings_more(
    tmp_path: Path, files: dict[str, str], cell: str, needed: list[str]
) -> None:
    """By an extra or of conda's it may bring what its namespace lacks; what is imported itself is needed."""
    reading = of(tmp_path, {**files, "a.ipynb": notebook("x = 1", cell)})
    assert answers(reading) == (needed, [])
    told = [each for each in stumbles(reading) if " here, and " in each.text]
    assert len(told) == len(needed)


def test_more_of_one_chapter(tmp_path: Path) -> None:
    """Its own list says so for it alone."""
    files = {
        "ch1/a.ipynb": notebook("import dask.dataframe"),
        "ch2/b.ipynb": notebook("import dask.dataframe"),
        "requirements.txt": "dask\n",
        "ch1/requirements.txt": "dask[dataframe]\n",
    }
    first, then = of(tmp_path, files).parts
    assert first.needs == ()
    assert [need.distribution for need in then.needs] == ["pandas"]


def test_the_deepest_namespace_decides() -> None:
    assert open_child("llama_index.llms.openai.base") == ""
    assert open_child("llama_index.readers.web.x") == "llama_index.readers.web"
    assert open_child("llama_index.tools.x") == "llama_index.tools"
    assert open_child("llama_index", ("llms",)) == "llama_index.llms"
    assert besides(Import("torch.utils.tensorboard.writer", 1)) == ("tensorboard",)
