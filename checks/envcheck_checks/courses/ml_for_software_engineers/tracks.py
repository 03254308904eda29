"""What the course's list of topics names and no chapter asks for yet, one track a topic."""

from envcheck_checks.courses.ml_for_software_engineers.chapter2 import PYTHON
from envcheck_checks.tools.airflow import airflow
from envcheck_checks.tools.airflow_standalone import airflow_standalone
from envcheck_checks.tools.beam import beam
from envcheck_checks.tools.dask import dask
from envcheck_checks.tools.delta import delta
from envcheck_checks.tools.docker import docker
from envcheck_checks.tools.duckdb import duckdb
from envcheck_checks.tools.dvc import dvc
from envcheck_checks.tools.helm import helm
from envcheck_checks.tools.ice40 import ice40
from envcheck_checks.tools.iceberg import iceberg
from envcheck_checks.tools.iverilog import iverilog
from envcheck_checks.tools.kubectl import kubectl
from envcheck_checks.tools.mlflow import mlflow
from envcheck_checks.tools.mlflow_serving import mlflow_serving
from envcheck_checks.tools.openlineage import openlineage
from envcheck_checks.tools.pandera import pandera
from envcheck_checks.tools.postgresql import postgresql
from envcheck_checks.tools.s3 import s3
from envcheck_checks.tools.secret_files import secret_files
from envcheck_checks.tools.secret_history import secret_history
from envcheck_checks.tools.secret_notebooks import secret_notebooks
from envcheck_checks.tools.sqlite import sqlite
from envcheck_checks.tools.verilator import verilator

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
