"""What the course's list of topics names and no chapter asks for yet, one track a topic."""

from envcheck_checks.courses.ml_for_software_engineers.chapter2 import PYTHON
from envcheck_checks.tools.airflow.airflow import airflow
from envcheck_checks.tools.airflow.standalone import airflow_standalone
from envcheck_checks.tools.circuits.ice40 import ice40
from envcheck_checks.tools.circuits.iverilog import iverilog
from envcheck_checks.tools.circuits.verilator import verilator
from envcheck_checks.tools.data.beam import beam
from envcheck_checks.tools.data.dask import dask
from envcheck_checks.tools.data.delta import delta
from envcheck_checks.tools.data.duckdb import duckdb
from envcheck_checks.tools.data.dvc import dvc
from envcheck_checks.tools.data.iceberg import iceberg
from envcheck_checks.tools.data.openlineage import openlineage
from envcheck_checks.tools.data.pandera import pandera
from envcheck_checks.tools.data.s3 import s3
from envcheck_checks.tools.data.sqlite import sqlite
from envcheck_checks.tools.docker.docker import docker
from envcheck_checks.tools.kubernetes.helm import helm
from envcheck_checks.tools.kubernetes.kubectl import kubectl
from envcheck_checks.tools.mlflow.mlflow import mlflow
from envcheck_checks.tools.mlflow.serving import mlflow_serving
from envcheck_checks.tools.postgresql.postgresql import postgresql
from envcheck_checks.tools.secrets.files import secret_files
from envcheck_checks.tools.secrets.history import secret_history
from envcheck_checks.tools.secrets.notebooks import secret_notebooks

_needs = (PYTHON,)

WAREHOUSE = [PYTHON, sqlite(_needs), duckdb(_needs), postgresql(_needs), s3(_needs)]

QUALITY = [PYTHON, pandera(_needs), openlineage(_needs), dvc(_needs)]

LAKE = [PYTHON, delta(_needs), iceberg(_needs)]

_mlflow = mlflow(_needs)
MODELS = [PYTHON, _mlflow, mlflow_serving((_mlflow,))]

_airflow = airflow(_needs)
PIPELINES = [PYTHON, dask(_needs), beam(_needs), _airflow, airflow_standalone(_airflow)]

# The circuit of the course's first chapter. Nothing here is Python's: no Python is needed.
HARDWARE = [iverilog(), verilator(), ice40()]

PLATFORM = [docker(), kubectl(), helm()]

SECURE = [PYTHON, secret_files(), secret_notebooks(_needs), secret_history(_needs)]
