"""Files of the learner's that have the name of a module: Python takes them instead of the
real one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, Rename, Severity, fail, places
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.interference.codes import FILE_HIDES_MODULE
from envcheck_checks.interference.importable import module_named

# Names that hide a module which nothing in a notebook loads.
HARMLESS = {
    "test",
    "this",
    "antigravity",
    "turtledemo",
    "idlelib",
    "lib2to3",
    "turtle",
    "tkinter",
    "sre_compile",
}
CHAPTERS = ("numpy", "pandas", "matplotlib", "seaborn", "dateutil", "PIL", "scipy")
JUPYTERS = (
    "ipykernel",
    "IPython",
    "jupyter",
    "jupyter_client",
    "jupyter_core",
    "jupyter_server",
    "notebook",
    "jupyterlab",
    "traitlets",
    "zmq",
    "tornado",
)


def hides_a_module(
    env: Environment, hiding: Sequence[tuple[str, str]], files: Sequence[str]
) -> Diagnosis | None:
    """The file of the learner's folder that an import met. `hiding` are (module, file); `files` the
    frames of a failure.
    """
    in_folder = [
        file for file in files if "site-packages" not in file and places.lies_in(file, env.folder)
    ]
    imported = [*(file for _, file in hiding), *in_folder]
    return hides(env, own_path(env, imported[0])) if imported else None


def hides(
    env: Environment, path: Path, note: str = "Python looks in the folder of the notebook first"
) -> Diagnosis:
    """The diagnosis that a file or folder of the learner's hides a module of the same name; `note`
    says when.
    """
    name = module_named(path) or path.name
    kind = "folder" if os.path.isdir(path) else "file"
    library = (
        "of Python's standard library"
        if name in interpreter(env).stdlib_names
        else "of an installed package"
    )
    return fail(
        FILE_HIDES_MODULE,
        f"your {kind} `{path.name}` has the name of the module `{name}` {library} and hides (shadows) it",
        rename(path),
        found=str(path),
        wanted=f"the real `{name}`",
        looked_in=str(env.folder),
        note=note,
    )


def candidates(env: Environment) -> list[tuple[str, str]]:
    """Files and packages of the work folder with the name of a module that notebooks load, as
    (module, path).
    """
    names = {*interpreter(env).stdlib_names, *CHAPTERS, *JUPYTERS} - HARMLESS
    return [
        (name, str(path))
        for name, path in _modules(env)
        if name in names and not name.startswith("_")
    ]


def _modules(env: Environment) -> list[tuple[str, Path]]:
    """What this Python would import from the work folder, as (module, path)."""
    suffix = interpreter(env).suffix
    try:
        entries = sorted(env.folder.iterdir())
    except OSError:
        return []
    return [(name, path) for path in entries if (name := module_named(path, suffix))]


def hiding(env: Environment) -> list[Path]:
    """Everything in the work folder with the name of a module that this Python has elsewhere,
    installed packages included.
    """
    python = interpreter(env)
    return [
        path
        for name, path in _modules(env)
        if name in python.stdlib_names or _is_installed(python, name)
    ]


def _is_installed(python: Interpreter, name: str) -> bool:
    places = [
        Path(entry)
        for entry in python.path
        if Path(entry).name in ("site-packages", "dist-packages")
    ]
    return any(
        os.path.isdir(place / name) or os.path.isfile(place / f"{name}.py") for place in places
    )


def alone(env: Environment, path: Path) -> Path:
    """A folder of ours in which nothing is but this entry, to try what it does by itself."""
    folder = env.new_folder(f"alone-{path.stem}")
    with contextlib.suppress(OSError):
        (folder / path.name).symlink_to(path, target_is_directory=os.path.isdir(path))
    if not os.path.lexists(folder / path.name):  # Windows lets not everybody make links
        with contextlib.suppress(OSError):
            shutil.copytree(path, folder / path.name) if os.path.isdir(path) else shutil.copy(
                path, folder
            )
    return folder


def harmless_so_far(env: Environment) -> list[Diagnosis]:
    """Such names while everything still works: each a warning with the same words."""
    return [
        replace(hides(env, own_path(env, file)), severity=Severity.WARNING)
        for _, file in candidates(env)[:3]
    ]


def only_outside_notebooks(diagnosis: Diagnosis) -> Diagnosis:
    """The diagnosis as a warning: notebooks are not disturbed by the file."""
    note = "notebooks work all the same; `python` and `python -m notebook`, typed in this folder, take your file"
    return replace(diagnosis, severity=Severity.WARNING, note=note)


def rename(path: Path) -> Fix:
    """The fix that gives a file the first free name of `my_NAME.py`, `my_NAME2.py` ..."""
    stem, dot, ending = path.name.partition(".")
    suffix = f"{dot}{ending}"
    free = next(
        name
        for number in range(1, 1000)
        if not os.path.exists(
            path.parent / (name := f"my_{stem}{'' if number == 1 else number}{suffix}")
        )
    )
    return Fix(
        f"rename it to `{free}`, then restart the kernel",
        (Rename(str(path), str(path.parent / free)),),
    )


def own_path(env: Environment, file: str) -> Path:
    """The entry of the learner's folder that a file belongs to: itself, or the folder it
    lies in.
    """
    path = Path(file)
    inside = places.within(path, env.folder)
    return env.folder / inside.parts[0] if inside and inside.parts else path
