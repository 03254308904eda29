"""envcheck's own environment is made: each host and each way in turn."""

import os
import sys
import tempfile

from bootstrap.cache import disk_is_full, new_part, put
from bootstrap.constants import FULL, HOSTS, TEACHER, UNREACHABLE, Failed, NoEnvironment, numbers
from bootstrap.describing import describe
from bootstrap.files import leave_no_empty, remove
from bootstrap.hosts import hosts, uv_command, why_not
from bootstrap.installing import prove, with_pip, with_uv
from bootstrap.programs import clean_variables, say


def own_environment(place, cache):
    """Make the environment. Gives its folder, and the folder to remove after this run, if any. Raises NoEnvironment."""
    try:
        part, temporary = new_part(cache), ""
    except (OSError, IOError) as error:
        if FULL.search(str(error)):
            raise disk_is_full(cache)
        say(
            "nothing can be written to %s (%s), so this run uses a temporary folder and removes it afterwards"
            % (cache, error.strerror)
        )
        cache = temporary = tempfile.mkdtemp(prefix="envcheck-")
        place, part = os.path.join(temporary, "env"), new_part(temporary)
    try:
        make(os.path.join(part, "env"), part, cache)
        put(os.path.join(part, "env"), place)
    except BaseException:
        remove(temporary)
        raise
    finally:
        remove(part)
        leave_no_empty(cache)
    return place, temporary


def make(environment, part, cache):
    """Try the ways in their order until one gives an envcheck that runs. Raises NoEnvironment."""
    folder = os.path.join(part, "tmp")
    os.mkdir(folder)
    variables, uv = clean_variables(folder), uv_command()
    said = ""
    for host, way in ways(uv, variables):
        try:
            announce(host, way, cache)
            way(host, environment, uv, variables)
            prove(environment, variables)
            return
        except Failed as failure:
            said = str(failure)
            remove(environment)
            if FULL.search(said):
                raise disk_is_full(cache)
            if said == UNREACHABLE and way is with_pip:
                break
    if said:
        step = (
            "See that this machine is online, then run the same command again."
            if said == UNREACHABLE
            else TEACHER
        )
        raise NoEnvironment("envcheck's own environment could not be made: %s" % said, step)
    raise no_host(uv)


def ways(uv, variables):
    """Two hosts at most: what fails on both fails on all. Where there is none, uv may bring one."""
    count = 0
    for host in hosts(uv, variables):
        if uv:
            yield host, with_uv
        if not why_not(host, ""):
            yield host, with_pip
        count += 1
        if count == 2:
            return
    if uv and count == 0:
        yield None, with_uv


def announce(host, way, cache):
    if host is None:
        say("there is no Python here that can run envcheck itself; uv is asked to bring one")
    elif os.path.realpath(host["executable"]) != os.path.realpath(sys.executable):
        reason = why_not(describe(), "uv") or "did not get it done"
        say(
            "this Python %s; Python %s at %s runs it instead"
            % (reason, host["version"], host["executable"])
        )
    seconds = 5 if way is with_uv else 15
    say(
        "making its own environment in %s, once: about %d s. Your Python is not changed."
        % (cache, seconds)
    )


def no_host(uv):
    own = describe()
    fact = "this Python %s, and no other Python that could run envcheck was found" % why_not(
        own, uv
    )
    if (
        "ensurepip" in own["gaps"]
        and numbers(own["version"]) >= HOSTS
        and os.path.isfile("/etc/debian_version")
    ):
        return NoEnvironment(fact, "sudo apt install python%d.%d-venv" % sys.version_info[:2])
    return NoEnvironment(
        fact, "Install Python from https://www.python.org/downloads/ or with: %s" % system_install()
    )


def system_install():
    commands = {"win32": "winget install Python.Python.3.13", "darwin": "brew install python"}
    return commands.get(sys.platform, "sudo apt install python3 python3-venv")
