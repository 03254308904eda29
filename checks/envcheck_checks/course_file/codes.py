"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code

# The check of a command has the command's name in its id, so no check is named here.
COMMAND_MISSING = Code("command-missing", "A command that the course uses is not found", ())
COMMAND_DOES_NOT_RUN = Code(
    "command-does-not-run", "A command that the course uses is there, and does not run", ()
)
COMMAND_OTHER_VERSION = Code(
    "command-other-version", "A command is of a version that the course does not take", ()
)
