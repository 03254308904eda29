"""The cache folder with envcheck's own environments: whole, in the making, and old."""

import errno
import hashlib
import os
import platform
import re
import stat
import sys
import time

from bootstrap.compatibility import to_bytes
from bootstrap.constants import (
    MARKER,
    OLDEST_HOST,
    OWNERS_ALONE,
    RELEASE_SHA256,
    UNLOCKED,
    VERSION,
    WINDOWS,
)
from bootstrap.errors import NoEnvironment
from bootstrap.files import home_folder, make_folder, read_json, read_text, remove_folder
from bootstrap.head import HERE
from bootstrap.programs import python_in
from bootstrap.source import source_files

CACHE = "ENVCHECK_CACHE"  # XDG_CACHE_HOME would move what the learner's own programs keep, too
KEY = re.compile(r"[0-9a-f]{16}$")  # the name of an environment


def cache_folder():
    """The folder for all of envcheck's environments: the one that is named for them, else by this
    system's convention; empty without a home.
    """
    if os.path.isabs(os.environ.get(CACHE, "")):
        return os.environ[CACHE]
    home, base = home_folder(), ""
    if WINDOWS:
        base = os.environ.get("LOCALAPPDATA") or (home and os.path.join(home, "AppData", "Local"))
    elif sys.platform == "darwin":
        base = home and os.path.join(home, "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or (home and os.path.join(home, ".cache"))
    return os.path.join(base, "envcheck") if os.path.isabs(base) else ""


def environment_key(unlocked=False):
    """The name of the environment's folder: another one for another Python or another envcheck,
    wherever that lies. Pythons that are too old to host share the one of the host that they find.
    """
    digest = hashlib.sha256()
    hosts = sys.version_info >= OLDEST_HOST and platform.python_implementation() == "CPython"
    words = [os.path.realpath(sys.executable), sys.version] if hosts else ["another Python"]
    words += [platform.machine(), VERSION, RELEASE_SHA256]
    words += [UNLOCKED] if unlocked else []
    digest.update(to_bytes("\0".join(words), "surrogateescape"))
    for path in source_files():
        with open(path, "rb") as file:
            digest.update(to_bytes(os.path.relpath(path, HERE).replace(os.sep, "/"), "replace"))
            digest.update(hashlib.sha256(file.read()).digest())
    return digest.hexdigest()[:16]


def is_whole(environment):
    """Whether an environment was made to its end, from a Python that is still the same file."""
    if not (is_ours(environment) and is_ours(os.path.dirname(environment))):
        return False
    made = read_json(os.path.join(environment, MARKER))
    return bool(made) and made.get("stamp") == file_stamp(environment)


def is_ours(folder):
    """Whether a folder is this person's, or the administrator's, and nobody else may write to it:
    what another user made first is not used.
    """
    if WINDOWS:
        return os.path.isdir(folder)
    try:
        facts = os.lstat(folder)
    except OSError:
        return False
    owned = stat.S_ISDIR(facts.st_mode) and facts.st_uid in (0, user_id())
    return owned and not (facts.st_mode & stat.S_IWOTH)


def file_stamp(environment):
    """Size and time of an environment's Python, or None when there is none. On Windows that is a
    small program which starts another one: of both.
    """
    stamp = []
    try:
        for file in [python_in(environment)] + base_python(environment):
            facts = os.stat(file)
            stamp += [facts.st_size, int(facts.st_mtime)]
    except OSError:
        return None
    return stamp


def base_python(environment):
    """The Python that an environment of Windows was made from; elsewhere a link leads to it."""
    text = read_text(os.path.join(environment, "pyvenv.cfg")) if WINDOWS else ""
    home = re.search(r"(?m)^home *= *(.+?)\r?$", text)
    return [os.path.join(home.group(1), "python.exe")] if home else []


def make_part(cache):
    """A new folder to build in, so that what is at the final place is whole. Raises OSError."""
    if not cache:
        raise OSError(errno.ENOENT, "no home folder")
    if not os.path.isdir(cache):
        if is_of_who_typed_sudo(os.path.dirname(cache)):
            raise OSError(errno.EACCES, "by sudo it would be root's, in your own home", cache)
        os.makedirs(cache, OWNERS_ALONE)
    if not is_ours(cache):
        raise OSError(errno.EACCES, "it belongs to somebody else, or others may write to it", cache)
    remove_abandoned(cache)
    part = make_folder("part-%s-%d-" % (host_digest(), os.getpid()), cache)
    try:
        with open(os.path.join(part, "room"), "wb") as file:
            file.write(b"\0" * 1000000)
    except (OSError, IOError):
        remove_folder(part)
        raise
    return part


def is_of_who_typed_sudo(folder):
    """Whether a folder, or the nearest above it that is there, belongs to the person behind sudo, who
    could not write to what root makes in it. macOS' sudo leaves HOME as it is.
    """
    while not os.path.isdir(folder) and folder != os.path.dirname(folder):
        folder = os.path.dirname(folder)
    behind = os.environ.get("SUDO_UID", "")
    return user_id() == 0 and behind not in ("", "0") and str(os.stat(folder).st_uid) == behind


def move_to_place(environment, place):
    """Move an environment to its place in one step; one that another run put there will do."""
    for wait in (0, 0.5, 1, 2):  # a virus scanner on Windows may hold a file for a moment
        time.sleep(wait)
        if is_whole(place):
            return
        remove_folder(place)
        try:
            os.rename(environment, place)
            return
        except OSError as error:
            problem = error
    if not is_whole(place):
        raise NoEnvironment(
            "its own environment could not be moved to its place (%s)" % problem,
            "Run the same command again.",
        )


def mark_as_used(environment):
    """Renew its age: what was not used for a month is removed when a new one is made."""
    try:
        os.utime(os.path.join(environment, MARKER), None)
    except OSError:  # a cache that may be read and not written serves as well
        pass


def remove_abandoned(cache):
    """Remove from the cache what nobody will use any more."""
    for name in os.listdir(cache):
        path = os.path.join(cache, name)
        if is_abandoned(path, name):
            remove_folder(path)


def is_abandoned(path, name):
    """Whether it is a part whose maker was killed, or an environment not used for a month: only
    what carries our mark, and belongs to this person.
    """
    mark = os.path.join(path, MARKER)
    named = re.match(r"part-[0-9a-f]{6}-\d+-", name)
    if os.path.islink(path) or not (named or (KEY.match(name) and os.path.isfile(mark))):
        return False
    if not WINDOWS and os.lstat(path).st_uid != user_id():
        return False
    try:
        age = time.time() - os.stat(mark if os.path.exists(mark) else path).st_mtime
    except OSError:  # somebody else is tidying too
        return False
    maker = re.match(r"part-%s-(\d+)-" % host_digest(), name)
    if maker and not WINDOWS:
        try:
            os.kill(int(maker.group(1)), 0)
        except OSError:
            return True
    return age > (3600 if name.startswith("part-") else 30 * 86400)


def user_id():
    """The number of the person at work; 0 on Windows, which has none."""
    if sys.platform == "win32":
        return 0
    return os.geteuid()


def host_digest():
    """Six characters that stand for this host, since a cache may be shared over a network."""
    return hashlib.sha256(platform.node().encode("utf-8")).hexdigest()[:6]


def disk_full_error(cache):
    """The error for a full disk."""
    return NoEnvironment(
        "the disk is full: envcheck's own environment needs about 100 MB in %s" % cache,
        "Free some space and run the same command again.",
    )
