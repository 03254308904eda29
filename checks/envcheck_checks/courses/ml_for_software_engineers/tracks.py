"""What the course's list of topics names and no chapter asks for yet, one track a topic."""

from envcheck import Chapter
from envcheck_checks.courses.ml_for_software_engineers.chapter2 import PYTHON
from envcheck_checks.tools.duckdb import duckdb

_needs = (PYTHON,)

WAREHOUSE = Chapter("warehouse", "Data in databases and files", [PYTHON, duckdb(_needs)])

TRACKS = [WAREHOUSE]
