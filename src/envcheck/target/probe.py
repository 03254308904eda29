# Runs inside the target: standard library only. It parses and runs on Python 2.7, so that an old Python can say so:
# no f-strings, annotations or pathlib. It looks and never writes. Started as `python -c SOURCE MARKER`: the answer
# stands between two markers, since site hooks print too.
# mypy: ignore-errors
# ruff: noqa
from __future__ import print_function

import os
import struct
import sys

# The parts of the standard library that Jupyter, pip or the course's packages really load.
STDLIB = (
    "_ssl", "_sqlite3", "_ctypes", "_bz2", "_lzma", "_socket", "_hashlib", "zlib", "select", "pyexpat", "math", "_json",
    "_pickle", "_struct", "_datetime", "_random", "_multiprocessing", "_queue", "_decimal", "array", "unicodedata",
)  # fmt: skip
SOURCES = (
    "venv", "ensurepip", "asyncio", "email", "http", "json", "logging", "sqlite3", "ssl", "ctypes", "xml", "zipfile",
)  # fmt: skip


def stdlib_gaps():
    gaps = {}
    for name in STDLIB:
        if name in sys.builtin_module_names or name in sys.modules:
            continue
        try:
            __import__(name)
        except Exception as error:  # a damaged extension can raise anything
            gaps[name] = "%s: %s" % (type(error).__name__, error)
    folder = os.path.dirname(os.__file__)
    for name in SOURCES:
        path = os.path.join(folder, name)
        if not os.path.exists(path) and not os.path.exists(path + ".py"):
            gaps[name] = "not in " + folder
    if "ensurepip" not in gaps and not bundled_pip(folder):
        gaps["ensurepip"] = "without its pip, in " + folder
    return gaps


def bundled_pip(folder):
    """Whether ensurepip has the pip for new environments; Linux distributions keep it elsewhere."""
    if holds_pip(os.path.join(folder, "ensurepip", "_bundled")):
        return True
    import sysconfig  # a moment's work, and hardly ever needed

    own = sysconfig.get_config_var("WHEEL_PKG_DIR")
    return bool(own and holds_pip(own)) or holds_pip("/usr/share/python-wheels")


def holds_pip(folder):
    try:
        return any(name.startswith("pip-") for name in os.listdir(folder))
    except OSError:
        return False


def headers(path):
    """Name, Version and Requires-Dist of a METADATA file; stops at the first empty line."""
    name, version, requires = None, None, []
    try:
        with open(path, "rb") as file:
            for raw in file:
                line = raw.decode("utf-8", "replace").rstrip("\r\n")
                if not line:
                    break
                key, _, value = line.partition(":")
                key, value = key.lower(), value.strip()
                if key == "name":
                    name = value
                elif key == "version":
                    version = value
                elif key == "requires-dist" and "extra ==" not in value:
                    requires.append(value)
    except (IOError, OSError) as error:
        return {"error": str(error)}
    return {"name": name, "version": version, "requires": requires}


def distributions():
    rows, seen = [], set()
    for folder in sys.path:
        try:
            names = os.listdir(folder or os.curdir)
        except (IOError, OSError):
            continue
        real = os.path.realpath(folder or os.curdir)
        if real in seen:
            continue
        seen.add(real)
        for entry in names:
            # "~": what pip was replacing when it was ended
            if entry.endswith((".dist-info", ".egg-info")) and not entry.startswith("~"):
                base = os.path.join(folder, entry)
                inner = "METADATA" if entry.endswith(".dist-info") else "PKG-INFO"
                row = headers(os.path.join(base, inner) if os.path.isdir(base) else base)
                record = os.path.exists(os.path.join(base, "RECORD"))
                row.update(folder=folder, entry=entry, record=record)
                rows.append(row)
    return rows


def paths():
    import sysconfig

    try:
        return dict(
            (key, sysconfig.get_paths()[key])
            for key in ("stdlib", "platstdlib", "purelib", "platlib", "scripts", "data")
        )
    except Exception as error:  # a damaged sysconfig is a finding, not the end of the probe
        return {"error": "%s: %s" % (type(error).__name__, error)}


def user_site():
    try:
        import site

        return {
            "enabled": bool(site.ENABLE_USER_SITE),
            "folder": site.getusersitepackages(),
            "base": site.getuserbase(),
        }
    except Exception:  # no site module (-S), or no home
        return {"enabled": False, "folder": None, "base": None}


def no_certificates():
    """Where this Python's ssl looks for the certificates that it trusts, when none are there: the
    file and the folder. Windows' has the system's as well.
    """
    loaded = sys.modules.get("ssl")  # by a start-up file, which may have it trust others
    if sys.platform == "win32" or (loaded and trusts_others(loaded)):
        return []
    try:
        import _ssl

        names = _ssl.get_default_verify_paths()
    except Exception:  # no ssl at all is another finding
        return []
    file, folder = os.environ.get(names[0]) or names[1], os.environ.get(names[2]) or names[3]
    if os.path.isfile(file) or any(holds_certificates(entry) for entry in folder.split(os.pathsep)):
        return []
    return [file, folder]


def trusts_others(ssl):
    """Whether its context was replaced: by truststore, or by a line of somebody's sitecustomize."""
    plain = getattr(ssl, "create_default_context", None)
    https = getattr(ssl, "_create_default_https_context", plain)
    return https is not plain or ssl.SSLContext.__module__ != "ssl"


def no_https():
    """What OpenSSL says to its own settings, where it refuses them: no secure connection is made."""
    try:
        import _ssl

        _ssl._SSLContext(_ssl.PROTOCOL_TLS_CLIENT)
    except Exception as error:  # no ssl at all, or of other parts, is another finding
        return str(error) if type(error).__name__ == "SSLError" else ""
    return ""


def holds_certificates(folder):
    """OpenSSL finds them by such names (X509_LOOKUP_hash_dir(3))."""
    import re

    try:
        return any(re.match("[0-9a-f]{8}[.][0-9]+$", name) for name in os.listdir(folder))
    except OSError:
        return False


def implementation():
    unnamed = "cpython" if "PyPy" not in sys.version else "pypy"
    return getattr(getattr(sys, "implementation", None), "name", unnamed)


def machine(platform):
    """The system and processor. Of a macOS build for several, the processor that it runs on now."""
    start, _, built_for = platform.rpartition("-")
    several = built_for in ("universal2", "universal", "intel", "fat", "fat3", "fat64")
    return "%s-%s" % (start, os.uname()[4]) if several else platform


def left_with():
    """What its start-up files have left it with: the folder, and the umask."""
    umask = os.umask(0)
    os.umask(umask)
    try:
        return {"folder": os.getcwd(), "umask": umask}
    except OSError:  # it was removed
        return {"umask": umask}


def answer():
    version = sys.version_info
    facts = {
        "executable": sys.executable,
        "version": "%d.%d.%d" % tuple(version[:3]),
        "release_level": version[3],
        "implementation": implementation(),
        "prefix": sys.prefix,
        "base_prefix": getattr(sys, "real_prefix", None) or getattr(sys, "base_prefix", sys.prefix),
        "exec_prefix": sys.exec_prefix,
        "bits": struct.calcsize("P") * 8,
        "platform": sys.platform,
        "path": [entry for entry in sys.path],
        "loaded": len(sys.modules),
        "optimize": sys.flags.optimize,
        "encoding": sys.getfilesystemencoding(),
        "stdlib_names": sorted(getattr(sys, "stdlib_module_names", ())),
        "free_threaded": bool(getattr(sys, "_is_gil_enabled", lambda: True)() is False),
    }
    if version[:2] >= (3, 6):
        facts.update(more(), **left_with())
    return facts


def more():
    """What is asked of a Python that the course may be able to use."""
    import sysconfig

    return dict(
        machine=machine(sysconfig.get_platform()),
        suffix=sysconfig.get_config_var("EXT_SUFFIX"),
        paths=paths(),
        user_site=user_site(),
        gaps=stdlib_gaps(),
        no_certificates=no_certificates(),
        no_https=no_https(),
        distributions=distributions(),
    )


def main():
    import json

    marker = sys.argv[1]
    text = json.dumps(answer())
    sys.stdout.flush()
    out = getattr(sys.stdout, "buffer", sys.stdout)
    out.write((marker + text + marker + "\n").encode("ascii"))
    out.flush()


if __name__ == "__main__":
    main()
