"""envcheck is installed into an environment, by uv or by pip."""

import ast
import io
import json
import os
import re

from bootstrap.cache import file_stamp, what_to_install
from bootstrap.compatibility import to_text
from bootstrap.constants import (
    DISK_FULL,
    DISTRIBUTION,
    HOST_OPTIONS,
    MARKER,
    OLDEST_HOST,
    TRY_AGAIN,
)
from bootstrap.course import CHAPTER
from bootstrap.description import version_numbers
from bootstrap.errors import InstallationFailed, NoEnvironment
from bootstrap.programs import python_in, run, say

# The learner's settings that say how to reach an index; all others (target, user, prefix ...) are
# about other installs.
INDEX_SETTINGS = ("index_url", "extra_index_url", "find_links", "no_index")
NETWORK_SETTINGS = (
    "proxy",
    "cert",
    "client_cert",
    "trusted_host",
    "timeout",
    "default_timeout",
    "keyring_provider",
)
NETWORK_ERRORS = re.compile(
    r"NewConnectionError|Failed to establish|name resolution|getaddrinfo|ProxyError|ConnectTimeout|ReadTimeout|timed out|"
    r"Connection (refused|reset)|dns error|error sending request|SSLError|CERTIFICATE_VERIFY",
    re.IGNORECASE,
)
UNREACHABLE = "the package index cannot be reached from here"


def install_with_uv(host, environment, uv, variables):
    """Make the environment and install by uv, which brings a Python where `host` is None."""
    folder = variables["TMPDIR"]
    python = host["executable"] if host else "%d.%d" % (OLDEST_HOST[0], OLDEST_HOST[1] + 2)
    run_or_fail(
        [uv, "venv", "--quiet", "--no-project", "--python", python, environment], variables, folder
    )
    # Without `--reinstall-package` uv would take an older build of the same checkout out of its
    # cache.
    options = [
        "--quiet",
        "--compile-bytecode",
        "--reinstall-package",
        DISTRIBUTION,
        "--python",
        python_in(environment),
    ]
    run_or_fail([uv, "pip", "install"] + options + [what_to_install()], variables, folder)


def install_with_pip(host, environment, _, variables):
    """Make the environment by venv and install by the host's pip, or its own if that is too old."""
    folder, python = variables["TMPDIR"], host["executable"]
    run_or_fail([python, "-I", "-B", "-m", "venv", "--without-pip", environment], variables, folder)
    pip = [python, "-m", "pip", "--python", python_in(environment)]
    if version_numbers(host["pip"] or "0") < (22, 3):
        run_or_fail(
            [python_in(environment), "-B", "-m", "ensurepip", "--default-pip"], variables, folder
        )
        python = python_in(environment)
        pip = [python, "-m", "pip"]
    options = [
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
        "--no-cache-dir",
        "--prefer-binary",
    ]
    problems = []
    for settings in pip_settings(python, variables):
        try:
            run_or_fail(pip + ["install"] + options + [what_to_install()], settings, folder)
            return
        except InstallationFailed as failure:
            problems.append(failure)
    raise problems[0]


def pip_settings(python, variables):
    """Yield variables for pip: the learner's index, the public one, that without their proxy."""
    learners = read_learners_pip_settings(python, variables)
    base = dict(variables, PIP_CONFIG_FILE=os.devnull, PIP_RETRIES="1")
    tries = [
        INDEX_SETTINGS + NETWORK_SETTINGS,
        NETWORK_SETTINGS,
        tuple(name for name in NETWORK_SETTINGS if name != "proxy"),
    ]
    seen = []
    for names in tries:
        settings = dict(base)
        for name in names:
            if name in learners:
                settings["PIP_" + name.upper()] = str(learners[name]).replace("\n", " ")
        if names is tries[-1]:
            for name in [name for name in settings if name.lower().endswith("_proxy")]:
                del settings[name]
        if settings not in seen:
            seen.append(settings)
            yield settings


def read_learners_pip_settings(python, variables):
    """What `pip config list` prints in the learner's variables, by name."""
    learners = dict(variables)
    for name, value in os.environ.items():
        if name.upper().startswith("PIP_"):
            learners[name] = value
    listing = run([python, "-m", "pip", "config", "list"], learners, variables["TMPDIR"])
    lines = re.findall(r"^(?:global|install|:env:)\.([\w-]+)=(.+)$", listing.output, re.MULTILINE)
    return dict((name.replace("-", "_").lower(), ast.literal_eval(value)) for name, value in lines)


def prove_environment(environment, variables):
    """Mark it as whole if envcheck starts there. Raises InstallationFailed, NoEnvironment."""
    listing = run_or_fail(
        [python_in(environment)] + HOST_OPTIONS + ["-m", "envcheck", "list"],
        variables,
        variables["TMPDIR"],
    )
    if CHAPTER not in listing.output:
        raise NoEnvironment(
            "this copy of envcheck does not know %s: %s" % (CHAPTER, listing.last_words),
            TRY_AGAIN,
        )
    asked = run(
        [
            python_in(environment),
            "-I",
            "-c",
            "import sys; print('%d.%d.%d' % sys.version_info[:3])",
        ],
        variables,
    )
    text = json.dumps({"stamp": file_stamp(environment), "version": asked.output.strip()})
    with io.open(os.path.join(environment, MARKER), "w", encoding="utf-8") as file:
        file.write(to_text(text))


def run_or_fail(words, variables, folder):
    """Run a command and return how it finished. Raises InstallationFailed with its last words."""
    next_news = [15]

    def news(seconds):
        if seconds > next_news[0]:
            say("still at it after %d s: the network or the disk is slow" % seconds)
            next_news[0] += 15

    finished = run(words, variables, folder, 600.0, news)
    if finished.code != 0:
        full, away = DISK_FULL.search(finished.output), NETWORK_ERRORS.search(finished.output)
        raise InstallationFailed(
            full.group() if full else UNREACHABLE if away else finished.last_words
        )
    return finished
