"""What this file knows without asking: versions, names, options."""

import os
import re

from bootstrap.head import HERE

VERSION = "0.1.0"  # what is installed from the index when this file stands alone
DISTRIBUTION = "envcheck-course"
HOSTS = (3, 10)  # the oldest Python that envcheck itself runs on
PYTHONS = ">=3.7"  # the course's Pythons, when this file stands alone; a checkout says it itself
THIS = os.path.join(HERE, os.path.basename(__file__))
ASK = "--describe-this-python"
WINDOWS = os.name == "nt"
MARKER = "envcheck-made.json"
USAGE, UNDETERMINED, INTERRUPTED = 2, 3, 130
SET_ASIDE = (
    "LD_LIBRARY_PATH", "LD_PRELOAD", "DYLD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES", "MALLOC_ARENA_MAX", "__PYVENV_LAUNCHER__",
    "PYTHONEXECUTABLE",
)  # fmt: skip  # as in launcher/envcheck
# The learner's settings that say how to reach an index; all others (target, user, prefix ...) are about other installs.
INDEX = ("index_url", "extra_index_url", "find_links", "no_index")
NETWORK = (
    "proxy",
    "cert",
    "client_cert",
    "trusted_host",
    "timeout",
    "default_timeout",
    "keyring_provider",
)
UV_KEPT = re.compile(
    r"UV_(\w*INDEX\w*|FIND_LINKS|NATIVE_TLS|SYSTEM_CERTS|CACHE_DIR|HTTP_\w+|INSECURE_HOST|KEYRING_\w+|PYTHON_INSTALL_\w+|OFFLINE)$"
)
AWAY = re.compile(
    r"NewConnectionError|Failed to establish|name resolution|getaddrinfo|ProxyError|ConnectTimeout|ReadTimeout|timed out|"
    r"Connection (refused|reset)|dns error|error sending request|SSLError|CERTIFICATE_VERIFY",
    re.IGNORECASE,
)
FULL = re.compile(
    r"No space left|os error (28|112)\b|Errno 28|not enough space|disk quota", re.IGNORECASE
)
TEACHER = "Run the same command once more; if it says the same, show this report to your teacher."
UNREACHABLE = "the package index cannot be reached from here"


class NoEnvironment(Exception):
    """envcheck's own environment cannot be made: the fact, and the one next step."""

    def __init__(self, fact, step):
        Exception.__init__(self, fact)
        self.fact = fact
        self.step = step


class Failed(Exception):
    """One way of making the environment did not work; the next may."""


def numbers(version):
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


# Isolated from the learner's variables; -B because the standard library that it shares must stay as it is.
HOST_OPTIONS = ["-I", "-B", "-X", "utf8"]
