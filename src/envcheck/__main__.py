"""`python -m envcheck`: the command."""

from envcheck.command.main import main
from envcheck.processes.exit import without_waiting

without_waiting(main)
