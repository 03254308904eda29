"""envcheck is started in its own environment."""

import json
import os
import signal
import subprocess
import sys

from bootstrap.constants import HOST_OPTIONS, MARKER, OLDEST_HOST, SET_ASIDE, UNLOCKED, WINDOWS
from bootstrap.description import version_numbers
from bootstrap.errors import NoEnvironment
from bootstrap.files import read_json, where_it_is
from bootstrap.programs import python_in, say
from bootstrap.typed import typed_words


def start_envcheck(environment, words, temporary, unlocked=False):
    """Run envcheck with this Python as its target, in our place if possible. Returns its
    exit code.
    """
    python = python_in(where_it_is(environment))
    typed = typed_words(os.path.join(os.path.dirname(python), "envcheck"))
    typed += [UNLOCKED] if unlocked else []
    variables = dict(os.environ, ENVCHECK_LAUNCHED_BY=sys.executable or "")
    variables["ENVCHECK_COMMAND"] = json.dumps(typed)
    for name in SET_ASIDE:
        if variables.get(name):
            variables["ENVCHECK_KEEP_" + name] = variables.pop(name)
    if not WINDOWS:
        variables["MALLOC_ARENA_MAX"] = "1"
    try:
        return start_python(python, words, variables, temporary)
    except OSError as error:
        raise NoEnvironment(
            "its own environment cannot be started (%s)" % error,
            "Remove the folder %s and run the same command again." % environment,
        )


def start_python(python, words, variables, temporary):
    """Run it in our place if possible. Returns its exit code. Raises OSError."""
    command = [python] + HOST_OPTIONS + ["-m", "envcheck"] + words
    sys.stdout.flush()
    if not WINDOWS and not temporary:
        os.execve(command[0], command, variables)
    child = subprocess.Popen(command, env=variables)

    def pass_on(number, _):  # keys reach the child too: it cleans up and exits with 130
        if number not in (signal.SIGINT, getattr(signal, "SIGBREAK", None)):
            child.terminate()

    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), pass_on)
    return child.wait()


def tell_who_hosts(environment):
    """Tell the user of a Python that is too old for envcheck which one runs it."""
    own = "%d.%d.%d" % sys.version_info[:3]
    if version_numbers(own) < OLDEST_HOST:
        host = read_json(os.path.join(environment, MARKER)).get("version", "")
        say(
            "this Python is version %s and too old to run envcheck itself, so Python %s runs it; yours is the one examined"
            % (own, host)
        )
