"""Every code that the checks of this course may give, gathered from the rooms that declare them."""

from __future__ import annotations

from envcheck import Code
from envcheck_checks.browser import codes as browser
from envcheck_checks.cells import codes as cells
from envcheck_checks.commands import codes as commands
from envcheck_checks.course_file import codes as course_file
from envcheck_checks.index import codes as index
from envcheck_checks.installed import codes as installed
from envcheck_checks.interference import codes as interference
from envcheck_checks.jupyter import codes as jupyter
from envcheck_checks.kernel import codes as kernel
from envcheck_checks.machine import codes as machine
from envcheck_checks.network import codes as network
from envcheck_checks.notebook import codes as notebook
from envcheck_checks.packages import codes as packages
from envcheck_checks.pip import codes as pip
from envcheck_checks.python import codes as python
from envcheck_checks.reading import codes as reading
from envcheck_checks.tools.airflow import codes as airflow
from envcheck_checks.tools.data import codes as data
from envcheck_checks.tools.docker import codes as docker
from envcheck_checks.tools.framework import codes as framework
from envcheck_checks.tools.kubernetes import codes as kubernetes
from envcheck_checks.tools.mlflow import codes as mlflow
from envcheck_checks.tools.secrets import codes as secrets

OF_CHAPTERS = (
    *(machine, commands, interference, installed, python, pip, packages, jupyter),
    *(kernel, cells, notebook, browser, index, network, reading, course_file),
)
OF_TRACKS = (framework, airflow, data, docker, kubernetes, mlflow, secrets)

CODES = tuple(
    code
    for module in (*OF_CHAPTERS, *OF_TRACKS)
    for code in vars(module).values()
    if isinstance(code, Code)
)
