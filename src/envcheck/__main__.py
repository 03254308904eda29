from envcheck.command.cli import main
from envcheck.processes.exit import without_waiting

without_waiting(main)
