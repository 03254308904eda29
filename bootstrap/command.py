"""The command: envcheck in its own environment, or what can be said without it."""

import json
import os
import signal

from bootstrap.cache import cache_folder, is_whole, keep_young, key
from bootstrap.constants import ASK, INTERRUPTED, NoEnvironment
from bootstrap.describing import describe
from bootstrap.fallback import fallback
from bootstrap.files import remove
from bootstrap.making import own_environment
from bootstrap.starting import start, tell_who_hosts


def main(words):
    if words == [ASK]:
        print(ASK + json.dumps(describe()) + ASK)
        return 0
    for name in ("SIGTERM", "SIGHUP"):  # end as with Ctrl-C: everything is put away first
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    temporary = ""
    try:
        cache = cache_folder()
        place = os.path.join(cache, key())
        if is_whole(place):
            keep_young(place)
            tell_who_hosts(place)
        else:
            place, temporary = own_environment(place, cache)
        return start(place, words, temporary)
    except NoEnvironment as why:
        return fallback(why, words)
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        remove(temporary)
