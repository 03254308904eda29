"""What the index calls the package of a module, and which names are a module's alone."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import lru_cache
from pathlib import Path

from envcheck import foreign_file
from envcheck.versions import normal_name

# Packages of one library under several names: any of them will do.
SIBLINGS = {
    "beautifulsoup4": ("bs4",),  # both of the same people's: it installs the other one
    "scikit-surprise": ("surprise",),
    "box2d-py": ("box2d",),
    "chromadb": ("chromadb-client",),
    "dask": ("dask-core",),
    "dlib": ("dlib-bin",),
    "faiss-cpu": ("faiss-gpu", "faiss", "faiss-gpu-cu11", "faiss-gpu-cu12"),
    "graphviz": ("python-graphviz",),
    "jax": ("jax-cpu",),
    "kafka-python": ("kafka-python-ng",),
    "matplotlib": ("matplotlib-base",),
    "mlflow": ("mlflow-skinny",),
    "onnxruntime": ("onnxruntime-gpu", "onnxruntime-directml"),
    "opencv-python": (
        *("opencv-python-headless", "opencv-contrib-python", "opencv-contrib-python-headless"),
        *("opencv", "py-opencv"),
    ),
    "pillow": ("pillow-simd",),
    "pinecone": ("pinecone-client",),
    "polars": ("polars-lts-cpu", "polars-u64-idx"),
    "psycopg2-binary": ("psycopg2",),
    "pyspark": ("pyspark-client", "databricks-connect"),
    "python-magic": ("python-magic-bin",),
    "streamlit": ("streamlit-nightly",),
    "tensorboard": ("tb-nightly",),
    "tensorflow": (
        *("tensorflow-cpu", "tensorflow-macos", "tensorflow-gpu", "tensorflow-intel"),
        *("tf-nightly", "tf-nightly-cpu"),
    ),
    "torch": ("pytorch", "pytorch-cpu", "pytorch-gpu"),
    "xgboost": ("py-xgboost", "py-xgboost-cpu", "py-xgboost-gpu", "xgboost-cpu"),
}
BUILDS = {build: library for library, builds in SIBLINGS.items() for build in builds}
# They have no module, and bring the library itself.
SHELLS = {"bs4", "surprise"}
# Builds with a part of their library alone.
LESS = {"chromadb-client", "databricks-connect", "mlflow-skinny", "pyspark-client"}
# Builds that have more than others of their library: these only one of these answers.
FULL = {"opencv-contrib-python", "opencv-contrib-python-headless", "opencv", "py-opencv"}


def among(name: str, there: Container[str]) -> str:
    """The name under which a package is `there`: its own, or that of another build of its library which has
    all that it has; empty where it is not.
    """
    library = same(name)
    builds = (name, library, *SIBLINGS.get(library, ()))
    good = (build for build in builds if build == name or build not in SHELLS | LESS)
    return next((each for each in good if each in there and (name not in FULL or each in FULL)), "")


def same(name: str) -> str:
    """One name for all builds of a library."""
    return BUILDS.get(name, name)


def table() -> Mapping[str, str]:
    """The verified list: distributions by module. The rest of a row is its source, for scripts/module-names."""
    return _table()


@lru_cache(maxsize=1)
def _table() -> Mapping[str, str]:
    text = foreign_file.text(Path(__file__).with_name("module_names.txt"))
    rows = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {row[0]: normal_name(row[1]) for row in rows if row}


def package_of_module(name: str) -> str:
    """The package, where this is what another one's module is called: the index has a stranger's package of
    that name, or none. Empty where a package is called so.
    """
    package = _modules().get(name.lower(), "")
    plain = normal_name(name)
    return "" if plain in (package, *BUILDS) or plain in _packages() else package


@lru_cache(maxsize=1)
def _modules() -> Mapping[str, str]:
    return {module.lower(): package for module, package in table().items()}


@lru_cache(maxsize=1)
def _packages() -> frozenset[str]:
    return frozenset(table().values())
