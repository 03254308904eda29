"""Inner modules that the package of the outer one does not bring."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import answers, notebook, of

from envcheck.adopt.judging.stumbling import stumbles
from envcheck.adopt.needed.namespaces import besides, open_child

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
        ("try:\n    import airflow.providers.ssh\nexcept ImportError:\n    pass", [], []),
    ],
)  # fmt: skip
def test_a_list_of_the_outer_package(
    tmp_path: Path, cell: str, needed: list[str], asked: list[str]
) -> None:
    """What nobody knows is a question, and none that the outer package answers."""
    reading = of(tmp_path, {"requirements.txt": LIST, "a.ipynb": notebook("x = 1", cell)})
    assert answers(reading) == (needed, asked)
    told = [each for each in stumbles(reading) if "imported here" in each.text]
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


def test_the_deepest_namespace_decides() -> None:
    assert open_child("llama_index.llms.openai.base") == ""
    assert open_child("llama_index.readers.web.x") == "llama_index.readers.web"
    assert open_child("llama_index.tools.x") == "llama_index.tools"
    assert open_child("llama_index", ("llms",)) == "llama_index.llms"
    assert besides("torch.utils.tensorboard.writer") == ("tensorboard",)
