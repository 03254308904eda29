"""What was installed into an environment is found, compiled, and proved."""

import io
import json
import os

from bootstrap.cache import file_stamp
from bootstrap.compatibility import to_text
from bootstrap.constants import DISK_FULL, HOST_OPTIONS, LOCK, MARKER, TRY_AGAIN
from bootstrap.course import CHAPTER
from bootstrap.errors import InstallationFailed, NoEnvironment
from bootstrap.files import read_text
from bootstrap.programs import python_in, run
from bootstrap.steps import run_or_fail

# What nobody imports here need not be compiled: tests, the class's server, and the pip of old hosts.
NOT_COMPILED = r"[\\/](tests?|envcheck_class|pip)[\\/]"


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
