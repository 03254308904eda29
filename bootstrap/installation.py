"""envcheck is installed into an environment, by uv or by pip."""

import io
import json
import os
import re
import sys

from bootstrap.asked import hidden_words
from bootstrap.cache import file_stamp
from bootstrap.compatibility import to_text
from bootstrap.constants import (
    DISK_FULL,
    DISTRIBUTION,
    HOST_OPTIONS,
    LOCK,
    MARKER,
    OLDEST_HOST,
    TRY_AGAIN,
    UNLOCKED,
)
from bootstrap.course import CHAPTER, checkout
from bootstrap.description import version_numbers
from bootstrap.errors import InstallationFailed, NoEnvironment
from bootstrap.files import read_text
from bootstrap.indexes import pip_settings, uv_options
from bootstrap.lines import learners_shell, shell_line
from bootstrap.lock import DIFFERENT, MISSING, count_of, named_in, write_requirements
from bootstrap.programs import python_in, run, say
from bootstrap.source import lock_beside, what_to_install
from bootstrap.typed import typed_words
from bootstrap.wheel import make_wheel

NETWORK_ERRORS = re.compile(
    r"NewConnectionError|Failed to establish|name resolution|getaddrinfo|ProxyError|ConnectTimeout|ReadTimeout|timed out|"
    r"Connection (refused|reset)|dns error|error sending request|SSLError|CERTIFICATE_VERIFY",
    re.IGNORECASE,
)
UNREACHABLE = "the package index cannot be reached from here"
# By the lock nothing is built and nothing is looked up: each package has its version and its hashes.
BY_LOCK = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r"]
# What nobody imports here need not be compiled: tests, the class's server, and the pip of old hosts.
NOT_COMPILED = r"[\\/](tests?|envcheck_class|pip)[\\/]"


def install_with_uv(host, environment, uv, variables, unlocked):
    """Make the environment and install by uv, which brings a Python where `host` is None."""
    folder = variables["TMPDIR"]
    python = host["executable"] if host else "%d.%d" % (OLDEST_HOST[0], OLDEST_HOST[1] + 2)
    settings = uv_options(host and host["executable"], variables)
    words = [uv, "venv", "--quiet", "--no-project"] + settings + ["--python", python, environment]
    run_or_fail(words, variables, folder)
    # Without `--reinstall-package` uv would take an older wheel of this version out of its cache.
    options = ["--quiet", "--reinstall-package", DISTRIBUTION, "--python", python_in(environment)]

    def installer(words):
        run_or_fail([uv, "pip", "install"] + settings + options + words, variables, folder)

    install(installer, environment, variables, unlocked)


def install_with_pip(host, environment, _, variables, unlocked):
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
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-cache-dir"]
    options += ["--no-compile", "--prefer-binary"]

    def installer(words):
        problems = []
        for settings in pip_settings(python, variables):
            try:
                return run_or_fail(pip + ["install"] + options + words, settings, folder)
            except InstallationFailed as failure:
                problems.append(failure)
        raise problems[0]

    install(installer, environment, variables, unlocked)


def install(installer, environment, variables, unlocked):
    """Install by `installer(words)`: what the lock names, or with `unlocked` the newest that is
    allowed. Raises InstallationFailed.
    """
    folder = variables["TMPDIR"]
    source = make_wheel(folder) if checkout() else what_to_install()
    lock = "" if unlocked else lock_beside()
    if unlocked:
        say("installing it with the newest packages that it allows, their hashes unchecked")
        installer([source])
    elif not lock:  # the release brings its own
        installer(["--no-deps", source])
        lock, source = installed_lock(environment), ""
    if lock:
        say("installing %d packages, each checked against its hash" % count_of(lock))
        installer(BY_LOCK + [write_requirements(folder, lock, source)])
    say("compiling them, so that every later run starts at once")
    compile_modules(environment, variables)


def installed_lock(environment):
    """The text of the lock that an installed envcheck brings."""
    folders = [path for path in site_folders(environment) if os.path.isdir(path)]
    return "".join(read_text(os.path.join(path, "envcheck", "vendored", LOCK)) for path in folders)


def site_folders(environment):
    """Where an environment's packages may lie, on Windows and elsewhere."""
    lib = os.path.join(environment, "lib")
    names = os.listdir(lib) if os.path.isdir(lib) else []
    places = [os.path.join(lib, name, "site-packages") for name in names]
    return places + [os.path.join(environment, "Lib", "site-packages")]


def compile_modules(environment, variables):
    """Compile what was installed, on all processors, since runs write no compiled files (`-B`)."""
    folders = [path for path in site_folders(environment) if os.path.isdir(path)]
    words = [python_in(environment), "-I", "-m", "compileall", "-q", "-j", "0", "-x", NOT_COMPILED]
    finished = run(words + folders[:1], variables, variables["TMPDIR"], 600.0)
    full = DISK_FULL.search(finished.output)
    if full:  # all else that does not compile is not imported either
        raise InstallationFailed(full.group())


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
        raise why_it_failed(finished)
    return finished


def why_it_failed(finished):
    """The error for an installation that ended so."""
    output = finished.output
    full, different, missing = (
        DISK_FULL.search(output), named_in(DIFFERENT, output), named_in(MISSING, output)
    )  # fmt: skip
    if full:
        return InstallationFailed(full.group())
    if different:
        return InstallationFailed(
            "the package index serves a file of %s whose hash is not in the lock" % different,
            "Show this to whoever looks after that index; nothing of the file was installed.",
        )
    if NETWORK_ERRORS.search(output):
        return InstallationFailed(UNREACHABLE)
    if missing:
        words = typed_words("envcheck") + [UNLOCKED] + hidden_words(sys.argv[1:])
        line = shell_line(words, learners_shell())
        return InstallationFailed(
            "the package index has no file of %s for this Python, which the lock names" % missing,
            "%s\n(this takes the newest versions that envcheck allows)" % line,
        )
    return InstallationFailed(finished.last_words)
