"""A step of an installation is run, or it is said why it failed."""

import re
import sys

from bootstrap.asked import hidden_words
from bootstrap.constants import DISK_FULL, DISTRIBUTION, UNLOCKED
from bootstrap.errors import InstallationFailed
from bootstrap.lines import learners_shell, shell_line
from bootstrap.lock import DIFFERENT, MISSING, named_in
from bootstrap.programs import run, say
from bootstrap.typed import WITHOUT_A_FILE, typed_words

NETWORK_ERRORS = re.compile(
    r"NewConnectionError|Failed to establish|name resolution|getaddrinfo|ProxyError|ConnectTimeout|ReadTimeout|timed out|"
    r"Connection (refused|reset)|dns error|error sending request|SSLError|CERTIFICATE_VERIFY",
    re.IGNORECASE,
)
WITH_ALL_BESIDE = "Start the run-envcheck.py of a course that carries envcheck, or of a clone of its repository: what it needs lies beside it there."
UNREACHABLE = "the package index cannot be reached from here"


def run_or_fail(words, variables, folder):
    """Run a command and return how it finished. Raises InstallationFailed with its last words."""
    next_news = [15]

    def news(seconds):
        if seconds > next_news[0]:
            say("still at it after %d s: the network or the disk is slow" % seconds)
            next_news[0] += 15

    finished = run(words, variables, folder, 600.0, news)
    if finished.code != 0:
        raise why_it_failed(finished, by_lock="--require-hashes" in words)
    return finished


def line_unlocked():
    """What to type for the newest packages. Of a file that came through a pipe nobody knows whence."""
    if sys.argv[0] in WITHOUT_A_FILE:
        return "Type the same line again, with %s right behind the `-`." % UNLOCKED
    words = typed_words("") + [UNLOCKED] + hidden_words(sys.argv[1:])
    return shell_line(words, learners_shell())


def why_it_failed(finished, by_lock):
    """The error for an installation that ended so; `by_lock`: of what the lock names."""
    output = finished.output
    full, different, missing = (
        DISK_FULL.search(output), named_in(DIFFERENT, output), named_in(MISSING, output)
    )  # fmt: skip
    if full:
        return InstallationFailed(full.group())
    if different:
        return InstallationFailed(
            "the file of %s has another hash than the lock says" % different,
            "Show this to whoever looks after your package index or this course; nothing of the file was installed.",
            sure=True,
        )
    if NETWORK_ERRORS.search(output):
        return InstallationFailed(UNREACHABLE, sure=True)
    if missing.split()[:1] == [DISTRIBUTION]:
        return InstallationFailed(
            "the package index has no file of %s" % missing,
            WITH_ALL_BESIDE,
            sure=True,
        )
    if missing and not by_lock:
        fact = "the package index has no file of %s for this Python, which envcheck needs"
        return InstallationFailed(fact % missing, "Show this to whoever looks after your index.")
    if missing:
        return InstallationFailed(
            "the package index has no file of %s for this Python, which the lock names" % missing,
            "%s\n(this takes the newest versions that envcheck allows)" % line_unlocked(),
        )
    return InstallationFailed(finished.last_words)
