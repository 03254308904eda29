"""The installed distributions that a failure names: by the files of its traceback and by the modules
that its last line speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from envcheck import places
from envcheck.target.interpreter import Interpreter
from envcheck.versions import normal_name
from envcheck_checks.installed.record_file import recorded

FILES = re.compile(r'File "([^"\n]+)"|\(([^()\n]+\.(?:py|pyc|so|pyd|dylib))\)')
MISSING = re.compile(r"ModuleNotFoundError: No module named '([\w.]+)'")
MODULES = re.compile(r"(?:No module named|[Mm]odule|from) '([\w.]+)'")
# The distributions whose modules have other names, of those that are met often: the rest is looked
# up in their lists of files.
PROVIDERS = {
    "dateutil": "python-dateutil",
    "PIL": "pillow",
    "zmq": "pyzmq",
    "IPython": "ipython",
    "mpl_toolkits": "matplotlib",
}


def provider(module: str) -> str:
    """The distribution that provides a module, where the names differ."""
    return PROVIDERS.get(module, module)


def named_in(python: Interpreter, text: str, files: Iterable[str] = ()) -> list[str]:
    """Names of distributions, installed or not, those of the innermost frame first. `files` are
    frames that are known beside the text, innermost last.
    """
    lines = [*files, *("".join(pair) for pair in FILES.findall(text))]
    modules = [module.partition(".")[0] for module in MODULES.findall(text)]
    tops = [*reversed(modules), *(top for file in reversed(lines) if (top := _top(python, file)))]
    return list(dict.fromkeys(owner(python, top) for top in dict.fromkeys(tops)))


def missing_module(text: str) -> str:
    """The top-level module that was not found; empty where only a part of one was not, or none."""
    modules = MISSING.findall(text)
    return modules[-1] if modules and "." not in modules[-1] else ""


def owner(python: Interpreter, module: str) -> str:
    """The distribution that has this top-level module; its own name where nobody has."""
    name = normal_name(provider(module))
    if name in python.installed:
        return name
    return next(_listing(python, module), name)


def _listing(python: Interpreter, module: str) -> Iterator[str]:
    starts = (f"{module}/", f"{module}.")
    for distribution in python.distributions:
        if any(file.startswith(starts) for file, _ in recorded(distribution)):
            yield distribution.name


def _top(python: Interpreter, file: str) -> str:
    """The top-level module of a file that lies in a folder of packages; empty for others."""
    for folder in dict.fromkeys(distribution.folder for distribution in python.distributions):
        if inside := places.within(file, folder):
            return inside.parts[0].partition(".")[0] if inside.parts else ""
    return ""
