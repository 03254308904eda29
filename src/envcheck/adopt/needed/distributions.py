"""From the name that is imported to the name that is installed. A wrong one would bring a stranger's
package onto a learner's machine: what is not certain is no name.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from envcheck.adopt.needed import namespaces
from envcheck.adopt.reading.imports import Import
from envcheck.module_names import SIBLINGS, package_of_module, table
from envcheck.versions import normal_name

# They come with Jupyter, whose own check asks for them, or with the place where a notebook runs.
WITH_JUPYTER = {
    "IPython",
    "ipykernel",
    "jupyter_client",
    "jupyter_core",
    "matplotlib_inline",
    "traitlets",
    "jupyter",
    "jupyterlab",
    "notebook",
    "pip",  # with every environment
}
ELSEWHERE = {"js", "kaggle_secrets", "micropip", "piplite", "pyodide", "pyodide_js", "dbutils"}
BUILT_IN = {*sys.stdlib_module_names, *WITH_JUPYTER, *ELSEWHERE, "__future__", "__main__"}
# Of other Pythons than envcheck's own, so that what is read is the same on all: gone since Python 3.11
# to 3.14 and new in them, and those of Python 2 whose names say so.
GONE = """aifc asynchat asyncore audioop binhex cgi cgitb chunk crypt distutils formatter imghdr imp lib2to3
macpath mailcap msilib nis nntplib ossaudiodev pipes smtpd sndhdr spwd sunau telnetlib uu xdrlib"""
NEW = "annotationlib compression tomllib"
PYTHON_2 = """BaseHTTPServer CGIHTTPServer ConfigParser Cookie DocXMLRPCServer HTMLParser MimeWriter Queue
SimpleHTTPServer SimpleXMLRPCServer SocketServer StringIO Tkinter UserDict UserList UserString __builtin__ _winreg
anydbm cPickle cStringIO cookielib copy_reg dumbdbm dummy_thread exceptions future_builtins htmlentitydefs htmllib
httplib mimetools popen2 rfc822 robotparser sgmllib tkFileDialog tkMessageBox urllib2 urlparse whichdb xmlrpclib"""
BUILT_IN |= {*GONE.split(), *NEW.split(), *PYTHON_2.split()}
NOT_HERE = {*ELSEWHERE, *PYTHON_2.split()}  # nobody's package, and on no learner's machine


@dataclass(frozen=True)
class Names:
    """What the course itself calls what it installs, by normalised name."""

    declared: frozenset[str]

    def distribution(self, imported: Import) -> str:
        """The distribution of this import, normalised; empty where it cannot be told."""
        below = namespaces.open_child(imported.module, imported.names)
        for name in _dotted(imported):
            if below and not name.startswith(below):
                return ""  # the namespace's own package does not bring it
            candidates = _candidates(name)
            for candidate in candidates.all:
                if candidate in self.declared and not package_of_module(candidate):
                    return candidate
            if candidates.verified:
                return candidates.verified
        return ""


def apart(imported: Import) -> tuple[Import, ...]:
    """One for each name that is taken from it, where several packages share the module, and for each module that
    comes with it from another package.
    """
    besides = (
        replace(imported, module=each, names=(), outer=imported.module)
        for each in namespaces.besides(imported)
    )
    return (*_apart(imported), *besides)


def _apart(imported: Import) -> tuple[Import, ...]:
    if len(imported.names) < 2 or imported.module in table():
        return (imported,)
    return tuple(replace(imported, names=(name,)) for name in imported.names)


def possible(imported: Import) -> Iterator[str]:
    """Every name under which a list may have what this import needs."""
    for name in _dotted(imported):
        yield from _candidates(name).all


@dataclass(frozen=True)
class _Candidates:
    """The names that a module may have in a list; `verified` is the one of our table, if any."""

    all: tuple[str, ...]
    verified: str = ""


@lru_cache(maxsize=4096)
def _candidates(name: str) -> _Candidates:
    plain = normal_name(name.replace(".", "-"))
    verified = table().get(name, "") or namespaces.distribution(name)
    # The names under which a course itself may declare a module, and nobody else is asked.
    usual: tuple[str, ...] = (
        f"python-{plain}",
        f"py{plain}",
        f"{plain}-python",
        f"py-{plain}",
        f"{plain}-py",
    )
    if inner := namespaces.called(name):
        usual += (normal_name(inner),)
    usual += DECLARED_AS.get(name, ())
    first = (verified, *SIBLINGS.get(verified, ())) if verified else ()
    return _Candidates((*first, plain, *usual), verified)


CUPYS = "cuda11x cuda12x cuda13x rocm-4-3 rocm-5-0 rocm-7-0"  # pypi.org/project/cupy, 2026-11-30
# Modules of which many have one of that name, or one for each machine: they are of these packages only where a course lists one.
DECLARED_AS = {
    # The index has its wheels by the CUDA that they are for, and `cupy` as source code alone.
    "cupy": tuple(f"cupy-{build}" for build in CUPYS.split()),
    "sql": ("jupysql", "ipython-sql"),
    "agent_framework": ("agent-framework-core",),
    "agents": ("openai-agents",),
    # The newest of these have them no longer: a list may hold an older one.
    "kerastuner": ("keras-tuner",),
    "pkg_resources": ("setuptools",),
    "pydantic_ai": ("pydantic-ai-slim",),
    "strands": ("strands-agents",),
}

# Modules that a release took out of their package: its name, and the first version without.
GONE_SINCE = {"pkg_resources": ("setuptools", "82"), "pystan": ("pystan", "3")}


def _dotted(imported: Import) -> Iterator[str]:
    """The names that may stand for it, the longest first: `google.cloud.storage`, ..., `google`."""
    parts = imported.module.split(".")
    for name in imported.names if len(parts) < 3 else ():
        if name != "*":
            yield ".".join((*parts, name))
    for length in range(len(parts), 0, -1):
        yield ".".join(parts[:length])
