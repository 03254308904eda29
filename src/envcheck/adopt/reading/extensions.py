"""What a notebook has IPython load: a module as good as one that it imports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from envcheck.adopt.reading.imports import Import

LOADED = re.compile(
    r"^[ \t]*%(?:re)?load_ext[ \t]+([\w.]+)"
    r"|\brun_line_magic\(\s*[\"'](?:re)?load_ext[\"']\s*,\s*[\"']([\w.]+)[\"']"
    r"|\bmagic\([\"']%?(?:re)?load_ext ([\w.]+)[\"']"
    r"|\b(?:get_ipython\(\)|extension_manager|ip|ipython|shell)\.(?:re)?load_extension\([\"']([\w.]+)[\"']",
    re.MULTILINE,
)
DRAWN = re.compile(r"^[ \t]*%(matplotlib|pylab)\b[ \t]*(\w*)", re.MULTILINE)
OF_IPYTHON = {"autoreload", "deduperreload", "storemagic"}
# Comes along with another package that its notebooks nearly always import.
ALONG = {"tensorboard": ((Import("tensorflow", 0),),)}


def loaded(text: str) -> Iterator[Import]:
    """The modules of extensions, and those that its drawings need, in a cell."""
    for match in LOADED.finditer(text) if "load_ext" in text else ():
        name = next(filter(None, match.groups()))
        if name not in OF_IPYTHON:
            yield Import(name, _line(text, match), instead_of=ALONG.get(name, ()))
    for match in DRAWN.finditer(text) if "%matplotlib" in text or "%pylab" in text else ():
        is_in_page = match[2] in ("widget", "ipympl")
        yield Import("ipympl" if is_in_page else "matplotlib", _line(text, match))


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.end()) + 1
