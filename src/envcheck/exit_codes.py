"""The exit codes of the command, decided in envcheck.run.report."""

READY, NOT_READY, USAGE, UNDETERMINED, INTERRUPTED = 0, 1, 2, 3, 130
