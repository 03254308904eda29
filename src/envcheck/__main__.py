from envcheck.cli import main
from envcheck.leaving import without_waiting

without_waiting(main)
