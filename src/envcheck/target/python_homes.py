"""Where Pythons lie on a machine besides PATH: the folders of those who install them.

Sources: pyenv's and pyenv-win's README ("PYENV_ROOT", `versions`), uv's reference (`uv python dir`),
docs.python.org "Using Python on Windows" and "on macOS", docs.brew.sh ("Homebrew and Python"), and
the Install Manager's documentation (`%LocalAppData%\\Python\\pythoncore-3.14-64`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from envcheck.foreign_file import matching
from envcheck.target.home import home_of

NAME = "python3.{minor}"


def pythons_of(
    minor: int, variables: Mapping[str, str], system: str = sys.platform
) -> Iterator[Path]:
    """What may be a Python 3.`minor`, the likeliest first. Whether it answers is to be seen."""
    name = NAME.format(minor=minor)
    if system != "win32":
        for folder in filter(None, variables.get("PATH", "").split(":")):
            if Path(folder).name != "shims":  # pyenv's answers only for the version that it has set
                yield Path(folder, name)
    for root, pattern in _patterns(minor, variables, system):
        # The newest of several releases, 3.12.10 after 3.12.9.
        yield from sorted(matching(root, pattern), key=_release, reverse=True)


def _patterns(minor: int, variables: Mapping[str, str], system: str) -> Iterator[tuple[Path, str]]:
    home, name = home_of(variables), NAME.format(minor=minor)
    if system == "win32":
        local = Path(variables.get("LOCALAPPDATA") or home / "AppData/Local")
        yield local / "Programs/Python", f"Python3{minor}/python.exe"
        yield local / "Python", f"pythoncore-3.{minor}-64/python.exe"
        yield (
            Path(variables.get("PROGRAMFILES") or "C:/Program Files"),
            f"Python3{minor}/python.exe",
        )
        yield home / ".pyenv/pyenv-win/versions", f"3.{minor}.*/python.exe"
        yield Path(variables.get("APPDATA") or home) / "uv/python", f"*-3.{minor}.*/python.exe"
        return
    yield (
        Path(variables.get("PYENV_ROOT") or home / ".pyenv") / "versions",
        f"3.{minor}.*/bin/{name}",
    )
    shared = Path(variables.get("XDG_DATA_HOME") or home / ".local/share")
    yield (
        Path(variables.get("UV_PYTHON_INSTALL_DIR") or shared / "uv/python"),
        f"*-3.{minor}.*/bin/{name}",
    )
    if system == "darwin":
        yield Path("/Library/Frameworks/Python.framework/Versions"), f"3.{minor}/bin/{name}"
        for prefix in ("/opt/homebrew", "/usr/local"):
            yield Path(prefix, "opt"), f"python@3.{minor}/bin/{name}"


def _release(path: Path) -> tuple[int, ...]:
    return tuple(
        int(part)
        for folder in path.parts
        for part in folder.replace("-", ".").split(".")
        if part.isdigit()
    )
