"""What conda's channels call PyPI's distributions, where that is another name."""

from __future__ import annotations

from collections.abc import Iterable

from envcheck.versions import normal_name

# By the names of conda-forge and of Anaconda's own channel; all others are called alike.
NAMES = {
    "apache-airflow": "airflow",
    "build": "python-build",
    "docker": "docker-py",
    "duckdb": "python-duckdb",
    "fastjsonschema": "python-fastjsonschema",
    "flatbuffers": "python-flatbuffers",
    "graphviz": "python-graphviz",
    "jupyter-client": "jupyter_client",
    "jupyter-core": "jupyter_core",
    "jupyter-events": "jupyter_events",
    "jupyter-server": "jupyter_server",
    "jupyter-server-terminals": "jupyter_server_terminals",
    "jupyterlab-pygments": "jupyterlab_pygments",
    "jupyterlab-server": "jupyterlab_server",
    "jupyterlab-widgets": "jupyterlab_widgets",
    "kaleido": "python-kaleido",
    "msgpack": "msgpack-python",
    "opencv-python": "opencv",
    "prometheus-client": "prometheus_client",
    "pure-eval": "pure_eval",
    "stack-data": "stack_data",
    "tables": "pytables",
    "torch": "pytorch",
    "typing-extensions": "typing_extensions",
    "tzdata": "python-tzdata",
    "xxhash": "python-xxhash",
}
# One distribution may be several packages: the smaller has all of its modules.
PARTS = {"matplotlib": ("matplotlib-base",), "pandera": ("pandera-core",), "dask": ("dask-core",)}


def conda_name(name: str, installed: Iterable[str] = ()) -> str:
    """What to ask conda for. `installed` are conda's own names of what is there: those count first."""
    plain = normal_name(name)
    own = set(installed)
    alike = next((candidate for candidate in sorted(own) if normal_name(candidate) == plain), "")
    usual = NAMES.get(plain, plain)
    wholly = usual if usual in own else alike
    return wholly or next(
        (candidate for candidate in PARTS.get(plain, ()) if candidate in own), usual
    )


def is_condas(name: str, installed: Iterable[str]) -> bool:
    """Whether conda has put this distribution there."""
    return conda_name(name, installed) in set(installed)
