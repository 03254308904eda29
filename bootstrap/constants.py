"""What several modules share: versions, names and options."""

import os
import re

VERSION = "0.1.0"  # what is installed from the index when this file stands alone
DISTRIBUTION = "envcheck-course"
# The hash of the release's wheel, which scripts/release writes into the file that it puts beside it.
# While there is none, nothing of that name is taken from an index: whoever registers it first would
# run on learners' machines.
RELEASE_SHA256 = ""
OLDEST_HOST = (3, 10)  # the oldest Python that envcheck itself runs on
PYTHONS = ">=3.7"  # the course's Pythons, when this file stands alone; a checkout says it itself
LOCK = "envcheck.lock"  # what envcheck installs for itself, by hashes
UNLOCKED = "--unlocked"  # an option of this file alone: the newest that is allowed instead
DESCRIBE_OPTION = "--describe-this-python"
PLACE_OPTION = "--place-of-its-environment"  # for action.yml, which keeps it from job to job
WINDOWS = os.name == "nt"
# The mode of a folder; on Windows as in src/envcheck/private_file.py.
OWNERS_ALONE = 0o777 if WINDOWS else 0o700
MARKER = "envcheck-made.json"
USAGE, UNDETERMINED, INTERRUPTED = 2, 3, 130  # exit codes, as the engine has them
SET_ASIDE = (
    "LD_LIBRARY_PATH", "LD_PRELOAD", "DYLD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES", "MALLOC_ARENA_MAX", "__PYVENV_LAUNCHER__",
    "PYTHONEXECUTABLE",
)  # fmt: skip  # as in launcher/envcheck
# Windows' `py` and `python` download a Python where none is installed, if they are asked for one.
NO_DOWNLOAD = {"PYTHON_MANAGER_AUTOMATIC_INSTALL": "false"}
DISK_FULL = re.compile(
    r"No space left|os error (28|112)\b|Errno 28|not enough space|disk quota", re.IGNORECASE
)
HELP = """Usage: %s COMMAND [OPTIONS]

Can this machine do the chapter? envcheck finds out by doing it, and names the one thing to do next.

  chapter2        the usual command: examines the Python that you start this file with
  chapter2 --fix  shows the steps of the fix, asks, and carries them out
  list            courses, chapters and checks
  explain CODE    the long page of a diagnosis
  --unlocked      first word: envcheck's own packages as new as allowed, not by its lock

The first of these makes an environment of envcheck's own in your cache folder, once; after that
--help shows every option. Your Python is not changed.""" % os.path.basename(
    globals().get("__file__", "run-envcheck.py")
)
TRY_AGAIN = "Run the same command once more; if it says the same, show this report to your teacher."
# Isolated from the learner's variables; -B because the standard library that it shares must stay as
# it is.
HOST_OPTIONS = ["-I", "-B", "-X", "utf8"]
