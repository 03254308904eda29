"""The command: envcheck in its own environment, or what can be said without it."""

import json
import os
import signal

from bootstrap.cache import cache_folder, environment_key, is_whole, mark_as_used
from bootstrap.constants import (
    DESCRIBE_OPTION,
    HELP,
    INTERRUPTED,
    PLACE_OPTION,
    UNLOCKED,
    USAGE,
    VERSION,
)
from bootstrap.description import describe_this_python
from bootstrap.environment import make_environment
from bootstrap.errors import NoEnvironment
from bootstrap.fallback import answer_without_envcheck
from bootstrap.files import remove_folder
from bootstrap.launch import start_envcheck, tell_who_hosts
from bootstrap.named_course import wrong_course
from bootstrap.programs import say


def main(words):
    """Run envcheck in its own environment, or answer without it. Returns the exit code."""
    answered = answer_at_once(words)
    if answered is not None:
        return answered
    end_as_with_ctrl_c()
    unlocked, temporary = UNLOCKED in words, ""
    words = [word for word in words if word != UNLOCKED]
    try:
        cache = cache_folder()
        place = os.path.join(cache, environment_key(unlocked))
        if cache and is_whole(place):
            mark_as_used(place)
            tell_who_hosts(place)
        elif wrong_course(words):
            say(wrong_course(words))
            return USAGE
        else:
            place, temporary = make_environment(place, cache, unlocked)
        return start_envcheck(place, words, temporary, unlocked)
    except NoEnvironment as why:
        return answer_without_envcheck(why, words)
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        remove_folder(temporary)


def answer_at_once(words):
    """What needs no environment, so none is made for it. Returns the exit code, or None."""
    if words == [DESCRIBE_OPTION]:
        print(DESCRIBE_OPTION + json.dumps(describe_this_python()) + DESCRIBE_OPTION)
        return 0
    if words == [PLACE_OPTION]:
        folder = cache_folder().replace(os.sep, "/")
        print("cache=%s\nkey=%s" % (folder, environment_key()))
        return 0
    if words == ["--version"]:
        print("envcheck, version " + VERSION)
        return 0
    if not words or words[0] in ("-h", "--help"):
        place = os.path.join(cache_folder(), environment_key())
        if not is_whole(place):  # the answer needs no environment, so none is made for it
            print(HELP)
            return 0 if words else USAGE
    return None


def end_as_with_ctrl_c():
    """On the other signals as well: all is put away first."""
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
