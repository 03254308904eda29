"""envcheck's own environment is made: each host and each way in turn."""

import os
import sys

from bootstrap.cache import disk_full_error, make_part, move_to_place
from bootstrap.compatibility import which
from bootstrap.constants import DISK_FULL, OLDEST_HOST, TRY_AGAIN
from bootstrap.description import describe_this_python, version_numbers
from bootstrap.errors import InstallationFailed, NoEnvironment
from bootstrap.files import make_folder, remove_folder, remove_if_empty
from bootstrap.hosts import find_hosts, find_uv, why_it_cannot_host
from bootstrap.installation import install_with_pip, install_with_uv
from bootstrap.made import prove_environment
from bootstrap.programs import clean_variables, say
from bootstrap.source import is_to_be_had
from bootstrap.steps import UNREACHABLE, WITH_ALL_BESIDE

INSTALL_PYTHON = (
    ("apt", "sudo apt install python3 python3-venv"),
    ("dnf", "sudo dnf install python3"),
    ("zypper", "sudo zypper install python3"),
    ("pacman", "sudo pacman -S python"),
    ("apk", "sudo apk add python3"),
    ("winget", "winget install Python.Python.3.13"),
    ("brew", "brew install python"),
)


def make_environment(place, cache, unlocked):
    """Make the environment. Returns its folder, and what to remove later. Raises NoEnvironment."""
    if not is_to_be_had():
        raise NoEnvironment(
            "this file stands alone, and envcheck is on no package index yet",
            WITH_ALL_BESIDE,
        )
    try:
        part, temporary = make_part(cache), ""
    except (OSError, IOError) as error:
        if DISK_FULL.search(str(error)):
            raise disk_full_error(cache)
        say(
            "nothing can be written to %s (%s), so this run uses a temporary folder and removes it afterwards"
            % (cache or "a cache folder", error.strerror)
        )
        cache = temporary = make_folder("envcheck-")
        place, part = os.path.join(temporary, "env"), make_part(temporary)
    # Runners of CI let everybody write to all that is made (umask 0); such a folder is not used again.
    mask = os.umask(0o022)
    os.umask(mask | 0o022)
    try:
        try_ways(os.path.join(part, "env"), part, cache, unlocked)
        move_to_place(os.path.join(part, "env"), place)
    except BaseException:
        remove_folder(temporary)
        raise
    finally:
        os.umask(mask)
        remove_folder(part)
        remove_if_empty(cache)
    return place, temporary


def try_ways(environment, part, cache, unlocked):
    """Try the ways in their order until one gives an envcheck that runs. Raises NoEnvironment."""
    folder = os.path.join(part, "tmp")
    os.mkdir(folder)
    variables, uv = clean_variables(folder), find_uv()
    failed_with = own_step = ""
    for host, way in find_ways(uv, variables):
        try:
            announce(host, way, cache)
            way(host, environment, uv, variables, unlocked)
            prove_environment(environment, variables)
            return
        except InstallationFailed as failure:
            failed_with, own_step = str(failure), failure.step
            remove_folder(environment)
            if DISK_FULL.search(failed_with):
                raise disk_full_error(cache)
            if way is install_with_uv:
                say("uv did not get it done: %s" % failed_with)
            elif failure.sure:
                break
    if failed_with:
        step = own_step or (
            "See that this machine is online, then run the same command again."
            if failed_with == UNREACHABLE
            else TRY_AGAIN
        )
        raise NoEnvironment("envcheck's own environment could not be made: %s" % failed_with, step)
    raise no_host_error(uv)


def find_ways(uv, variables):
    """Yield a host and how to install, for two hosts at most; None when uv is to bring one."""
    count = 0
    for host in find_hosts(uv, variables):
        if uv:
            yield host, install_with_uv
        if not why_it_cannot_host(host, ""):
            yield host, install_with_pip
        count += 1
        if count == 2:  # what fails on two fails on all
            return
    if uv and count == 0:
        yield None, install_with_uv


def announce(host, way, cache):
    """Say which other Python is used, where the environment is made, and how long it takes."""
    if host is None:
        say("there is no Python here that can run envcheck itself; uv is asked to bring one")
    elif os.path.realpath(host["executable"]) != os.path.realpath(sys.executable):
        reason = why_it_cannot_host(describe_this_python(), "uv") or "did not get it done"
        say(
            "this Python %s; Python %s at %s runs it instead"
            % (reason, host["version"], host["executable"])
        )
    seconds = 4 if way is install_with_uv else 8
    say(
        "making its own environment in %s, once: about %d s. Your Python is not changed."
        % (cache, seconds)
    )


def no_host_error(uv):
    """The error where no Python can run envcheck, with the step for this system."""
    own = describe_this_python()
    fact = (
        "this Python %s, and no other Python that could run envcheck was found"
        % why_it_cannot_host(own, uv)
    )
    if (
        "ensurepip" in own["gaps"]
        and version_numbers(own["version"]) >= OLDEST_HOST
        and os.path.isfile("/etc/debian_version")
    ):
        return NoEnvironment(fact, "sudo apt install python%d.%d-venv" % sys.version_info[:2])
    return NoEnvironment(fact, how_to_install_python())


def how_to_install_python():
    """Where a Python comes from; the line of a package manager only where that is on this machine."""
    lines = [line for manager, line in INSTALL_PYTHON if which(manager)]
    line = " or with: %s" % lines[0] if lines else ""
    return (
        "Install Python from https://www.python.org/downloads/%s, then open a new terminal." % line
    )
