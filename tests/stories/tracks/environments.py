"""What the environments of the tracks' tools hold: as few of them as the tools' versions allow."""

from __future__ import annotations

from tests.recipes import Recipe

# With pip in it: the fix of an absent tool is its install command.
DATA = (
    "duckdb", "boto3", "moto[server]", "pandera[pandas]", "openlineage-python", "dvc",
    "deltalake", "pyarrow", "pyiceberg[sql-sqlite]",
)  # fmt: skip
RECIPES = {
    one.name: one
    for one in (
        Recipe("data", DATA),
        Recipe("models", ("mlflow",)),
        Recipe("pipelines", ("distributed", "apache-beam", "apache-airflow")),
    )
}
