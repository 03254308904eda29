"""What several modules share: versions, names and options."""

import os
import re

VERSION = "0.1.0"  # what is installed from the index when this file stands alone
DISTRIBUTION = "envcheck-course"
OLDEST_HOST = (3, 10)  # the oldest Python that envcheck itself runs on
PYTHONS = ">=3.7"  # the course's Pythons, when this file stands alone; a checkout says it itself
DESCRIBE_OPTION = "--describe-this-python"
WINDOWS = os.name == "nt"
MARKER = "envcheck-made.json"
UNDETERMINED, INTERRUPTED = 3, 130  # exit codes, as the engine has them
SET_ASIDE = (
    "LD_LIBRARY_PATH", "LD_PRELOAD", "DYLD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES", "MALLOC_ARENA_MAX", "__PYVENV_LAUNCHER__",
    "PYTHONEXECUTABLE",
)  # fmt: skip  # as in launcher/envcheck
DISK_FULL = re.compile(
    r"No space left|os error (28|112)\b|Errno 28|not enough space|disk quota", re.IGNORECASE
)
TRY_AGAIN = "Run the same command once more; if it says the same, show this report to your teacher."
# Isolated from the learner's variables; -B because the standard library that it shares must stay as
# it is.
HOST_OPTIONS = ["-I", "-B", "-X", "utf8"]
