"""envcheck is installed into an environment, by uv or by pip."""

import os

from bootstrap.constants import DISTRIBUTION, OLDEST_HOST
from bootstrap.course import checkout
from bootstrap.description import version_numbers
from bootstrap.errors import InstallationFailed
from bootstrap.indexes import pip_settings, uv_options
from bootstrap.lock import count_of, write_release, write_requirements
from bootstrap.made import compile_modules, installed_lock
from bootstrap.programs import python_in, say
from bootstrap.source import lock_beside, what_to_install, wheel_beside, wheels_beside
from bootstrap.steps import run_or_fail
from bootstrap.wheel import make_wheel

# By the lock nothing is built and nothing is looked up: each package has its version and its hashes.
BY_LOCK = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r"]


def install_with_uv(host, environment, uv, variables, unlocked):
    """Make the environment and install by uv, which brings a Python where `host` is None."""
    folder = variables["TMPDIR"]
    python = host["executable"] if host else "%d.%d" % (OLDEST_HOST[0], OLDEST_HOST[1] + 2)
    settings = uv_options(host and host["executable"], variables)
    words = [uv, "venv", "--quiet", "--no-project"] + settings + ["--python", python, environment]
    run_or_fail(words, variables, folder)
    options = ["--quiet", "--python", python_in(environment)]
    if checkout() or wheel_beside():  # else uv would take an older wheel of it out of its cache
        options += ["--reinstall-package", DISTRIBUTION]

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
    lock = lock_beside()
    if not os.path.isfile(source):
        installer(BY_LOCK + [write_release(folder)])
    elif not lock:
        installer(["--no-deps", source])
    if unlocked:
        say("installing it with the newest packages that it allows, their hashes unchecked")
        installer([source])
    else:
        wheel, lock = source if lock else "", lock or installed_lock(environment)
        say("installing %d packages, each checked against its hash" % count_of(lock))
        install_locked(installer, BY_LOCK + [write_requirements(folder, lock, wheel)])
    say("compiling them, so that every later run starts at once")
    compile_modules(environment, variables)


def install_locked(installer, words):
    """From the wheels beside this file where they are all there, and no index is asked; else from the
    learner's index. Raises InstallationFailed.
    """
    wheels = wheels_beside()
    if wheels:
        try:
            return installer(["--no-index", "--find-links", wheels] + words)
        except InstallationFailed as failure:
            say("the wheels beside this file do not suffice (%s); an index is asked" % failure)
    return installer(words)
